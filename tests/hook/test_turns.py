"""Which turn is told, of whom, and with which words. A dry run prints exactly that."""

import hashlib
import json

import pytest

from goldset_hook.transcripts import read_last_turn
from goldset_hook.turns import Dropped, make_turn
from tests.hook.transcript_lines import AT, SESSION, asked, called, replied, result, said, skill_turn, slash, write


def turn_of(lines, tmp_path, **words):
    return make_turn(read_last_turn(write(tmp_path / "transcript.jsonl", lines)), **words)


def reason_for(lines, tmp_path, **words):
    with pytest.raises(Dropped) as dropped:
        turn_of(lines, tmp_path, **words)
    return str(dropped.value)


SKILL_LINES = {
    "the tool": called("Skill", skill="meeting-minutes"),
    "the tool of older versions": called("Skill", command="meeting-minutes"),
    "a plugin's": called("Skill", skill="office:meeting-minutes"),
    "with a slash": called("Skill", skill="/meeting-minutes"),
}


@pytest.mark.parametrize("call", SKILL_LINES.values(), ids=SKILL_LINES)
def test_a_called_skill_is_active(call, tmp_path):
    turn = turn_of([asked("Minutes, please"), replied(call), result(), replied(said("Here"), message="b")], tmp_path)

    assert (turn.skill, turn.prompt, turn.answer) == ("meeting-minutes", "Minutes, please", "Here")


@pytest.mark.parametrize("name", ["meeting-minutes", "office:meeting-minutes"])
def test_a_slash_command_is_its_skill(name, tmp_path):
    body = asked([said("Base directory for this skill: /x")], uuid="meta", isMeta=True)

    turn = turn_of([asked(slash(name, "of Monday")), body, replied(said("Here"))], tmp_path)

    assert (turn.skill, turn.prompt, turn.uuid) == ("meeting-minutes", f"/{name} of Monday", "prompt-1")


NOT_ACTIVE = {
    "nothing": [replied(said("I am a skill"))],
    "another tool": [replied(called("Bash", skill="meeting-minutes")), result(), replied(said("Here"), message="b")],
    "failed": [
        *(replied(called("Skill", skill="nope")), result(is_error=True, text="Unknown skill: nope")),
        replied(said("Here"), message="b"),
    ],
    "a sub-agent's": [
        replied(called("Skill", skill="meeting-minutes"), isSidechain=True),
        replied(said("Here"), message="b"),
    ],
    "no name": [replied(called("Skill", skill="../../etc")), result(), replied(said("Here"), message="b")],
}


@pytest.mark.parametrize("lines", NOT_ACTIVE.values(), ids=NOT_ACTIVE)
def test_what_the_transcript_does_not_show_active_is_dropped(lines, tmp_path):
    assert reason_for([asked("Use the meeting-minutes skill"), *lines], tmp_path) == "no skill was active in the turn"


def test_a_command_that_somebody_only_writes_about_is_none(tmp_path):
    lines = [asked(f"Why does it say {slash('meeting-minutes')}?"), replied(said("Because"))]

    assert "no skill" in reason_for(lines, tmp_path)


def test_the_skill_of_an_earlier_turn_is_over(tmp_path):
    lines = [*skill_turn(), asked("Thanks", uuid="prompt-2"), replied(said("Welcome"), message="c")]

    assert "no skill" in reason_for(lines, tmp_path)


def test_the_prompt_and_the_last_answer_are_paired_over_tool_calls(tmp_path):
    lines = [
        *skill_turn("earlier", uuid="prompt-0"),
        asked("Minutes, please"),
        replied({"type": "thinking", "thinking": "hm"}, message="a", usage=(2, 1)),
        replied(said("I will look."), message="a", usage=(2, 1)),
        replied(called("Skill", skill="meeting-minutes"), message="a", usage=(2, 30)),
        result(),
        asked([said("Base directory for this skill: /x")], uuid="meta", isMeta=True),
        asked("A sub-agent's prompt", uuid="side", isSidechain=True),
        replied(said("A sub-agent's answer"), message="side", isSidechain=True),
        replied(called("Bash", id="call-2"), message="b", usage=(5, 20)),
        result(id="call-2"),
        replied(said("Here they are."), message="c", usage=(1, 7)),
        replied(said("Anything else?"), message="c", usage=(1, 9)),
        {"type": "system", "subtype": "turn_duration", "uuid": "system"},
    ]

    turn = turn_of(lines, tmp_path)

    assert (turn.skill, turn.prompt) == ("meeting-minutes", "Minutes, please")
    assert turn.answer == "Here they are.\nAnything else?"
    assert (turn.model, turn.input_tokens, turn.output_tokens) == ("claude-opus-4-8", 2 + 5 + 1, 30 + 20 + 9)


NO_PROMPTS = {
    "meta": asked("Stop hook feedback: go on", isMeta=True),
    "unmarked feedback": asked("Stop hook feedback:\ngo on"),
    "summary": asked("This session is being continued from a previous conversation", isCompactSummary=True),
    "local output": asked("<local-command-stdout>ok</local-command-stdout>"),
    "interrupted": asked([said("[Request interrupted by user]")]),
    "a loaded skill": asked("<command-message>x</command-message>\n<command-name>x</command-name>"),
    "shell": asked("<bash-input>ls</bash-input>"),
}


@pytest.mark.parametrize("line", NO_PROMPTS.values(), ids=NO_PROMPTS)
def test_what_is_no_prompt_goes_on_with_the_turn(line, tmp_path):
    lines = [*skill_turn(), {**line, "uuid": "no-prompt"}, replied(said("And now?"), message="z")]

    turn = turn_of(lines, tmp_path)

    assert (turn.prompt, turn.answer) == ("Write the minutes", "And now?")


@pytest.mark.parametrize(
    "line",
    [asked("<task-notification>x</task-notification>"), asked("Look again", origin={"kind": "peer"}, isMeta=True)],
)
def test_a_turn_that_no_person_began_is_dropped(line, tmp_path):
    lines = [*skill_turn(), line, replied(called("Skill", skill="x"), message="y"), replied(said("Y"), message="z")]

    assert reason_for(lines, tmp_path) == "no person began the turn"


def test_what_was_typed_meanwhile_is_a_part_of_the_prompt(tmp_path):
    lines = skill_turn()
    queued = {"type": "queued_command", "prompt": "In German", "commandMode": "prompt", "origin": {"kind": "human"}}
    noise = {"type": "queued_command", "prompt": "<task-notification>", "commandMode": "task-notification"}
    lines[4:4] = [{"type": "attachment", "attachment": queued}, {"type": "attachment", "attachment": noise}]

    assert turn_of(lines, tmp_path).prompt == "Write the minutes\n\nIn German"


def test_what_the_editor_put_into_the_prompt_is_not_told(tmp_path):
    lines = skill_turn()
    lines[0] = asked([said("<ide_selection>secret</ide_selection>"), said("Go<system-reminder>x</system-reminder>")])

    assert turn_of(lines, tmp_path).prompt == "Go"


def test_an_answer_that_is_not_in_the_file_yet_is_the_one_the_hook_was_given(tmp_path):
    unfinished = skill_turn()[:-1]

    turn = turn_of(unfinished, tmp_path, answer="From the hook")

    assert (turn.answer, turn.input_tokens, turn.output_tokens) == ("From the hook", None, None)
    assert reason_for(unfinished, tmp_path) == "the turn has no answer"


def test_an_error_of_the_api_is_no_answer(tmp_path):
    failed = replied(said("API Error: 529"), message="z", isApiErrorMessage=True)

    assert reason_for([*skill_turn(), failed], tmp_path) == "the turn has no answer"


def test_half_a_line_at_the_end_and_lines_of_any_form_are_passed_over(tmp_path):
    path = write(tmp_path / "transcript.jsonl", [[], None, {"type": "user"}, {"type": 3}, *skill_turn()])
    with path.open("a") as file:
        file.write('{"type": "user", "mess')

    assert make_turn(read_last_turn(path)).answer == "Here they are"


def test_the_last_turn_of_a_long_session_is_found(tmp_path):
    padding = [asked("x" * 10_000, uuid=f"old-{number}") for number in range(150)]
    long_result = result(id="call-9", text="y" * 3_000_000)
    lines = skill_turn()

    turn = turn_of([*padding, *lines[:-1], long_result, lines[-1]], tmp_path)

    assert turn.prompt == "Write the minutes"


def test_an_empty_transcript_has_no_prompt(tmp_path):
    assert reason_for([], tmp_path) == "no prompt in the transcript"


def test_a_dry_run_prints_the_event_and_stores_nothing(machine, goldset):
    before = {path: path.read_bytes() for path in machine.files()}

    event = machine.dry_run(skill_turn())

    assert event == {
        "skill": "meeting-minutes",
        "tool_name": "claude-code",
        "ts": AT.replace("Z", "000+00:00"),
        "model_name": "claude-opus-4-8",
        "input_tokens": 6,
        "output_tokens": 80,
        "session_id": SESSION,
        "event_id": hashlib.sha256(f"{SESSION}prompt-1".encode()).hexdigest(),
    }
    assert {path: path.read_bytes() for path in machine.files()} == before
    assert goldset.posts == []


def test_a_dry_run_needs_no_set_up_and_reads_a_file(bare):
    path = write(bare.folder / "transcript.jsonl", skill_turn())

    done = bare.call("run", "--dry-run", "--transcript", str(path))

    assert json.loads(done.stdout)["events"][0]["session_id"] == SESSION
    assert not bare.home.exists()


def test_a_dry_run_says_why_nothing_would_be_sent(machine):
    assert machine.dry_run([asked("Hi"), replied(said("Hi"))]) == (
        "Nothing would be sent: no skill was active in the turn.\n"
    )
    assert machine.log() == ""
