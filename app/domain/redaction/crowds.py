"""Texts that are nothing but secrets: dumps of passwords, and what is made to keep us busy.

In such a text no words between the secrets are worth keeping, so it is not read with the care, nor in the time, that
each secret of another text is.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from app.domain.redaction.spans import Span

Match = re.Match[str]


class Crowd(NamedTuple):
    """When a text is nothing but secrets: it has more of them than `most`, which stand no further apart than `gap`."""

    most: int
    gap: int


AT_FIRST = Crowd(most=10_000, gap=100)
AGAIN = Crowd(most=500, gap=1_000)
"""Of a look at a text whose secrets are out already: what texts of people and programs then still have is a handful."""


def in_stretches(spans: list[Span], crowd: Crowd) -> list[Span]:
    """Join what stands close together, where there are so many spans that the text is nothing but secrets.

    Naming each one alone, and looking at all the names again and again, takes seconds.
    """
    if len(spans) <= crowd.most:
        return spans
    stretches = spans[:1]
    for span in spans[1:]:
        last = stretches[-1]
        if span.start - last.end <= crowd.gap:
            stretches[-1] = last._replace(end=span.end)
        else:
            stretches.append(span)
    return stretches


_BEFORE, _BEHIND = 400, 24
"""How far (characters) the check of a match looks around it."""
_REMEMBERED, _CHECKED = 1_000, 5_000
"""How many surroundings are known again; and how many matches of a text are accepted before the rest goes unchecked."""


def accepted(matches: Iterable[Match], check: Callable[[Match], bool]) -> Iterator[Match]:
    """Yield the matches in one text that pass the check; it is asked once for what looks the same all around."""
    met: dict[tuple[int, str], bool] = {}
    count = 0
    for match in matches:
        if count < _CHECKED:
            start, end = match.span()
            surroundings = end - start, match.string[max(0, start - _BEFORE) : end + _BEHIND]
            if (is_accepted := met.get(surroundings)) is None:
                is_accepted = check(match)
                if len(met) < _REMEMBERED:
                    met[surroundings] = is_accepted
            if not is_accepted:
                continue
        count += 1
        yield match
