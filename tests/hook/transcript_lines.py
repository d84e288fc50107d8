"""Lines as Claude Code 2.1 writes them, cut down to what matters."""

import json
from pathlib import Path

SESSION = "5e55-1000"
AT = "2026-02-01T14:59:02.592Z"


def asked(text, *, uuid="prompt-1", **more):
    return {
        "type": "user",
        "uuid": uuid,
        "sessionId": SESSION,
        "timestamp": AT,
        "isSidechain": False,
        "message": {"role": "user", "content": text},
        **more,
    }


def slash(name, arguments=""):
    return (
        f"<command-message>{name}</command-message>\n<command-name>/{name}</command-name>\n"
        f"<command-args>{arguments}</command-args>"
    )


def replied(*blocks, message="msg-1", usage=(3, 40), **more):
    return {
        "type": "assistant",
        "uuid": f"line-of-{message}",
        "sessionId": SESSION,
        "isSidechain": False,
        "message": {
            "id": message,
            "role": "assistant",
            "model": "claude-opus-4-8",
            "content": list(blocks),
            "usage": {"input_tokens": usage[0], "output_tokens": usage[1], "cache_read_input_tokens": 21000},
        },
        **more,
    }


def said(text):
    return {"type": "text", "text": text}


def called(name="Bash", *, id="call-1", **given):
    return {"type": "tool_use", "id": id, "name": name, "input": given}


def result(*, id="call-1", text="done", is_error=False):
    block = {"type": "tool_result", "tool_use_id": id, "content": text, "is_error": is_error}
    return asked([block], uuid=f"result-of-{id}", toolUseResult={"stdout": text})


def skill_turn(skill="meeting-minutes", *, prompt="Write the minutes", answer="Here they are", uuid="prompt-1"):
    """Return the lines of a turn in which Claude called a skill."""
    return [
        asked(prompt, uuid=uuid),
        replied(called("Skill", id=f"skill-{uuid}", skill=skill), message=f"{uuid}-a"),
        result(id=f"skill-{uuid}", text=f"Launching skill: {skill}"),
        asked([said("Base directory for this skill: /skills")], uuid=f"{uuid}-meta", isMeta=True),
        replied(said(answer), message=f"{uuid}-b"),
    ]


def write(path: Path, lines) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path
