"""Opinions to import: lines that say of an answer whether it is good, as TRL has them for unpaired preference.

Two of them that ask the same, one of a good answer and one of another, are one row: a corrected answer and the rejected
one. They are put together where they follow each other.
"""

from collections.abc import Iterable, Iterator

from app.domain.import_entries import Entry


def paired(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the entries, each pair of opinions as one; the others as they are."""
    waiting: Entry | None = None
    for entry in entries:
        if waiting is not None and (pair := _pair_of(waiting, entry)):
            yield pair
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = entry
    if waiting is not None:
        yield waiting


def _pair_of(first: Entry, second: Entry) -> Entry | None:
    if first.value is None or second.value is None or first.value.get("prompt") != second.value.get("prompt"):
        return None
    by_label = {entry.value.get("label"): entry.value for entry in (first, second) if entry.value is not None}
    if by_label.keys() != {True, False}:
        return None
    return Entry(first.line, {**by_label[True], "rejected": by_label[False].get("completion")})
