"""Texts that come in pieces which readers put together: the parts of a message, several system prompts, Alpaca's
instruction and its input.

Two pieces may be harmless each and a secret together. So what is cleaned is cleaned as it will be read: where the whole
says more than its pieces, it is put into the first of them, which every reader reads as the same.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from app.domain.example_details import SYSTEM
from app.domain.redaction import Redactor

PROMPTERS = (SYSTEM, "developer")
"""Who says what becomes the system prompt: OpenAI's newer models call it the developer."""
BETWEEN_PARTS, BETWEEN_PROMPTS = "", "\n\n"


class Piece(NamedTuple):
    """One text of several: what stands before it in the whole, and where it is kept."""

    before: str
    holder: Any
    key: Any

    @property
    def text(self) -> str:
        return str(self.holder[self.key])


def put_together(value: Any, new_redactor: Callable[[], Redactor]) -> None:
    """Change a value of a file so that no secret is told in pieces: each text of it can be cleaned by itself then."""
    for pieces in _find_pieces(value):
        pieces = [piece for piece in pieces if piece.text]
        if len(pieces) > 1 and _says_more(pieces, new_redactor()):
            first, *others = pieces
            first.holder[first.key] = _whole(pieces, [piece.text for piece in pieces])
            for piece in others:
                piece.holder[piece.key] = ""


def _says_more(pieces: list[Piece], redactor: Redactor) -> bool:
    clean = redactor.sanitize(_whole(pieces, [piece.text for piece in pieces]))
    if not clean.findings:
        return False
    return clean.sanitized != _whole(pieces, [redactor.sanitize(piece.text).sanitized for piece in pieces])


def _whole(pieces: list[Piece], texts: list[str]) -> str:
    return texts[0] + "".join(piece.before + text for piece, text in zip(pieces[1:], texts[1:], strict=True))


def _find_pieces(value: Any) -> Iterator[list[Piece]]:
    """Yield the texts that are read as one, wherever they stand in a value; the smaller wholes before the larger."""
    if isinstance(value, list):
        for item in value:
            yield from _find_pieces(item)
        yield _parts_in(value)
        yield _prompts_in(value)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _find_pieces(item)
        if isinstance(value.get("messages"), list):  # Anthropic has its system prompt beside them
            yield [*_texts_of(value, "system"), *_prompts_in(value["messages"])]
        if "instruction" in value:
            yield [*_texts_of(value, "instruction"), *_texts_of(value, "input")]


def _parts_in(items: list[Any]) -> list[Piece]:
    return [piece for item in items if isinstance(item, dict) for piece in _texts_of(item, "text", BETWEEN_PARTS)]


def _prompts_in(messages: list[Any]) -> list[Piece]:
    said = (message for message in messages if isinstance(message, dict) and message.get("role") in PROMPTERS)
    return [piece for message in said for piece in _texts_of(message, "content")]


def _texts_of(holder: dict[Any, Any], key: str, before: str = BETWEEN_PROMPTS) -> list[Piece]:
    """Return the text under a key as its pieces: the parts of it, where it is a list of them."""
    match holder.get(key):
        case str():
            return [Piece(before, holder, key)]
        case list() as items:
            parts = _parts_in(items)
            return [Piece(before, *parts[0][1:]), *parts[1:]] if parts else []
    return []
