"""One look at a text: every rule that has reason to run, and a choice where they overlap."""

import re
from collections.abc import Iterable, Iterator

from app.domain.redaction.assignments import STEMS, find_assignments
from app.domain.redaction.codes import CODE_NEAR, find_codes
from app.domain.redaction.cookies import COOKIE_NEAR, find_cookies
from app.domain.redaction.escapes import read_letters, readings
from app.domain.redaction.manifests import MANIFEST_NEAR, find_manifests
from app.domain.redaction.personal_data import find_personal_data
from app.domain.redaction.placeholders import PLACEHOLDER, placeholder_spans, without_names
from app.domain.redaction.prefilter import Hits, Prefilter
from app.domain.redaction.rules import RULES
from app.domain.redaction.rules.private_keys import MARKS, find_private_keys
from app.domain.redaction.rules.rule import Match, Rule
from app.domain.redaction.said import WORD_TEXTS
from app.domain.redaction.spans import Span, merge
from app.domain.redaction.tables import TABLE_NEAR, find_tables
from app.domain.redaction.told import find_told

LONGEST_LEAD = 96
_ASCII_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_EXACT = Prefilter([literal for rule in RULES if not rule.any_case for literal in rule.near] + list(MARKS))
_ANY_CASE = Prefilter(
    [literal for rule in RULES if rule.any_case for literal in rule.near]
    + [*WORD_TEXTS, *STEMS, *TABLE_NEAR, *COOKIE_NEAR, *MANIFEST_NEAR, *CODE_NEAR]
)


class _Group:
    """Rules of one sharpness, by the literals that they begin at: a text that has few of them tries few rules."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._tried: list[tuple[Rule, str]] = []
        self._exact: dict[str, list[int]] = {}
        self._any_case: dict[str, list[int]] = {}
        for rule in rules:
            by_literal = self._any_case if rule.any_case else self._exact
            for literal in rule.near:
                by_literal.setdefault(literal, []).append(len(self._tried))
                self._tried.append((rule, literal))

    def reasons(self, exact: Hits, any_case: Hits) -> Iterator[tuple[Rule, str, list[int]]]:
        """Yield each rule that has reason to run, in its order: with a literal, and where that stands."""
        places = {number: at for literal, at in exact.items() for number in self._exact.get(literal, ())}
        places |= {number: at for literal, at in any_case.items() for number in self._any_case.get(literal, ())}
        for number in sorted(places):
            yield *self._tried[number], places[number]


_BY_FORMAT = _Group(rule for rule in RULES if not rule.by_place)
_BY_PLACE = _Group(rule for rule in RULES if rule.by_place)


def find_spans(text: str, *, personal_data: bool = False) -> list[Span]:
    """Find the secrets in a text: sorted, disjoint, none inside a placeholder.

    A token known by its own format wins over a value known by its place, and that over one known by its key's
    name: the sharper the rule, the better the name it gives.
    """
    groups = _look(text, personal_data=personal_data)
    for path in readings(text):
        for found in _look(path[0].text, personal_data=personal_data):
            for reading in path:
                found = list(reading.in_original(found))
            groups.append(found)
    if not any(groups):
        return []
    spans = placeholder_spans(text)
    for found in groups:
        spans = merge(spans, found)
    return [span for span in spans if span.kind != "placeholder"]


def _look(text: str, *, personal_data: bool) -> list[list[Span]]:
    """Let every reader look at a text, the sharper first."""
    unnamed = without_names(text)
    lowered = _lower(unnamed)
    exact, any_case = _EXACT.hits(text), _ANY_CASE.hits(lowered)
    return [
        list(find_private_keys(text)) if any(mark in exact for mark in MARKS) else [],
        list(_apply(_BY_FORMAT, text, exact, any_case)),
        [
            *_apply(_BY_PLACE, text, exact, any_case),
            *find_cookies(text, any_case),
            *find_manifests(text, any_case),
            *find_codes(text, any_case),
        ],
        list(find_tables(text, any_case)),
        *_in_words(text, lowered, any_case),
        list(find_personal_data(unnamed)) if personal_data else [],
    ]


def _in_words(text: str, lowered: str, hits: Hits) -> tuple[list[Span], ...]:
    """Find what names and words tell, with the letters read that are written as escapes."""
    read = read_letters(text)
    if read is None:
        return find_assignments(text, lowered, hits), list(find_told(text, lowered, hits))
    lowered = _lower(without_names(read.text))
    hits = _ANY_CASE.hits(lowered)
    found = find_assignments(read.text, lowered, hits), find_told(read.text, lowered, hits)
    return tuple(list(read.in_original(spans)) for spans in found)


def _lower(text: str) -> str:
    """Lower the text without moving any character: `str.lower` makes two of some (U+0130)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.translate(_ASCII_LOWER)


def _apply(rules: _Group, text: str, exact: Hits, any_case: Hits) -> Iterator[Span]:
    """Try every rule where one of its literals stands. What a match has covered is not looked at again, accepted or
    not."""
    for rule, literal, places in rules.reasons(exact, any_case):
        resume = 0
        for at in places:
            if at < resume:
                continue
            match = rule.pattern.match(text, at)
            resume = match.end() if match else at + len(literal)
            if not match or _is_taken(text, match.start("secret")):
                continue
            if rule.check is None or rule.check(match):
                yield from _span_of(rule, match)


def _is_taken(text: str, at: int) -> bool:
    """What an earlier look has taken out is not weighed again."""
    return text.startswith("[", at) and PLACEHOLDER.match(text, at) is not None


_ESCAPED_LINE_END = re.compile(r"(?<=[^\\]{4})\\{1,4}[nr]")
"""Inside a string of JSON the secret's line ends so."""


def _span_of(rule: Rule, match: Match) -> Iterator[Span]:
    start, end = match.span("secret")
    if rule.by_place and "\\" in match["secret"] and (line_end := _ESCAPED_LINE_END.search(match["secret"])):
        end = start + line_end.start()
    if rule.lead is None:
        yield Span(start, end, rule.kind)
    elif lead := rule.lead.search(match.string[max(0, start - LONGEST_LEAD) : start]):
        yield Span(start - len(lead[0]), end, rule.kind)
