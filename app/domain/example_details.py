"""What an example may have beside its texts: the turns before its input, tags to find it by, and metadata.

Turns are what a conversation said before: a system prompt, if there is one, and then a user and an assistant in turns.
The example's input is the user's next turn, and its output the assistant's answer. That is what chat formats agree on
(OpenAI, Anthropic, TRL), so every conversation here can be written in each of them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.text import problem_with_characters, problem_with_json, problem_with_text

TAGS_AT_MOST, TAG_MAX_CHARACTERS = 20, 40
METADATA_MAX_CHARACTERS = 10_000
TURNS_AT_MOST = 100
SYSTEM, USER, ASSISTANT = ROLES = ("system", "user", "assistant")

_NO_OBJECT = 'Write the metadata as an object of JSON, such as {"lang": "de"}.'
_ORDER = "Begin with the system prompt, if there is one; then user and assistant speak in turns, the assistant last."


class Turn(NamedTuple):
    """One message: who speaks (`ROLES`), and what is said."""

    role: str
    content: str

    def to_json(self) -> dict[str, str]:
        return self._asdict()


class Details(NamedTuple):
    """Tags in their own order, metadata as JSON knows objects, and the turns before the input."""

    tags: tuple[str, ...] = ()
    metadata: Mapping[str, Any] | None = None
    turns: tuple[Turn, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return what there is, as JSON has it; nothing for what there is not."""
        turns = [turn.to_json() for turn in self.turns]
        has = {"tags": list(self.tags), "metadata": self.metadata, "turns": turns}
        return {name: part for name, part in has.items() if part}

    def to_columns(self) -> dict[str, Any]:
        """Return what is stored."""
        has = self.to_json()
        return {"tags": has.get("tags"), "example_metadata": has.get("metadata"), "turns": has.get("turns")}

    def to_texts(self) -> dict[str, str]:
        """Return what tables and forms have: texts, empty for what there is not."""
        has = self.to_json()
        as_json = {name: json.dumps(has[name], ensure_ascii=False) if name in has else "" for name in self._fields}
        return as_json | {"tags": ", ".join(self.tags)}


NO_DETAILS = Details()


def details_of(tags: Any, metadata: Any, turns: Any) -> Details:
    """Return the details that values say, as JSON or as texts have them; raise `ValueError` for what says none."""
    if isinstance(metadata, str):
        metadata = parse_metadata(metadata)
    if isinstance(turns, str):
        turns = _parse_turns(turns)
    if metadata is not None and not isinstance(metadata, Mapping):
        raise ValueError(_NO_OBJECT)
    return Details(clean_tags(tags or ()), metadata or None, turns_of(turns or ()))


def clean_tags(tags: str | Iterable[str]) -> tuple[str, ...]:
    """Return tags, each once and in order; in a text a comma or a line end stands between two."""
    words = tags.replace("\n", ",").split(",") if isinstance(tags, str) else list(tags)
    if not all(isinstance(word, str) for word in words):
        raise ValueError("Tags are words.")
    return tuple(sorted({tag for word in words if (tag := " ".join(word.split()))}))


def turns_of(values: Any) -> tuple[Turn, ...]:
    """Return turns of objects with a role and a content; raise `ValueError` for anything else."""
    turns = []
    for value in values if isinstance(values, Sequence) and not isinstance(values, str) else [None]:
        role, content = (value.get("role"), value.get("content")) if isinstance(value, Mapping) else (None, None)
        if not isinstance(role, str) or not isinstance(content, str):
            raise ValueError("A turn has a role and a content, and both are texts.")
        turns.append(Turn(role, content))
    return tuple(turns)


def parse_metadata(text: str) -> dict[str, Any] | None:
    """Return the object that a text says in JSON, None where it is empty; raise `ValueError` with a sentence."""
    if not text.strip():
        return None
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("Write the metadata less deep.") from error
    except ValueError as error:
        raise ValueError(f"Write the metadata as JSON: {error}.") from error
    if not isinstance(value, dict):
        raise ValueError(_NO_OBJECT)
    return value or None


def _parse_turns(text: str) -> Any:
    try:
        return json.loads(text) if text.strip() else ()
    except (ValueError, RecursionError) as error:
        raise ValueError(f"Write the earlier turns as JSON: {error}.") from error


def problems_with_details(details: Details, *, max_characters: int) -> dict[str, str]:
    """Return one sentence per faulty detail, keyed by its name; empty when all is well."""
    found = {
        "tags": problem_with_tags(details.tags),
        "metadata": problem_with_metadata(details.metadata),
        "turns": problem_with_turns(details.turns, max_characters=max_characters),
    }
    return {name: problem for name, problem in found.items() if problem}


def problem_with_tags(tags: Sequence[str]) -> str | None:
    """Return why these cannot be an example's tags, or None."""
    if len(tags) > TAGS_AT_MOST:
        return f"Give up to {TAGS_AT_MOST} tags: these are {len(tags)}."
    if any(len(tag) > TAG_MAX_CHARACTERS for tag in tags):
        return f"Shorten the tags: up to {TAG_MAX_CHARACTERS} characters each. A comma stands between two."
    if any("," in tag for tag in tags):
        return "Take the comma out of the tag: it stands between two."
    return problem_with_characters("".join(tags), what="tags")


def problem_with_metadata(metadata: Mapping[str, Any] | None) -> str | None:
    """Return why this cannot be an example's metadata, or None."""
    if metadata is None:
        return None
    if problem := problem_with_json(metadata):
        return f"The metadata has what JSON does not know, or what cannot be kept. {problem}"
    if len(json.dumps(metadata, ensure_ascii=False)) > METADATA_MAX_CHARACTERS:
        return f"Shorten the metadata: up to {METADATA_MAX_CHARACTERS:,} characters fit."
    return None


def problem_with_turns(turns: Sequence[Turn], *, max_characters: int) -> str | None:
    """Return why these cannot stand before an input, or None."""
    if len(turns) > TURNS_AT_MOST:
        return f"Give up to {TURNS_AT_MOST} earlier turns: these are {len(turns)}."
    if sum(len(turn.content) for turn in turns) > max_characters:
        return f"Shorten the earlier turns: up to {max_characters:,} characters fit."
    for turn in turns:
        if turn.role not in ROLES:
            return f"An earlier turn is by {turn.role[:40]!r}; it can be by {', '.join(ROLES)}."
        if problem := problem_with_text(turn.content, what=f"{turn.role}'s turn", max_characters=max_characters):
            return problem
    return problem_with_order(turns)


def problem_with_order(turns: Sequence[Turn]) -> str | None:
    """Return why nobody could have spoken in this order before a user's turn, or None."""
    spoken = [turn.role for turn in turns[turns[0].role == SYSTEM :]] if turns else []
    return None if spoken == [USER, ASSISTANT] * (len(spoken) // 2) else _ORDER


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no value of JSON")
