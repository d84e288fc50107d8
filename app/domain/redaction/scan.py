"""One look at a text: every rule that has reason to run, and a choice where they overlap."""

from collections.abc import Iterator

from app.domain.redaction.assignments import find_assignments
from app.domain.redaction.cookies import find_cookies
from app.domain.redaction.manifests import find_manifests
from app.domain.redaction.personal_data import find_personal_data
from app.domain.redaction.placeholders import placeholder_spans
from app.domain.redaction.prefilter import Prefilter
from app.domain.redaction.rules import RULES
from app.domain.redaction.rules.rule import Rule
from app.domain.redaction.sentences import SENTENCES
from app.domain.redaction.spans import Span, merge

_ASCII_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_BY_FORMAT = tuple(rule for rule in RULES if not rule.by_place)
_BY_PLACE = tuple(rule for rule in RULES if rule.by_place)
_EXACT = Prefilter([literal for rule in RULES if not rule.any_case for literal in rule.near])
_ANY_CASE = Prefilter([literal for rule in (*RULES, *SENTENCES) if rule.any_case for literal in rule.near])


def find_spans(text: str, *, personal_data: bool = False) -> list[Span]:
    """Find the secrets in a text: sorted, disjoint, none inside a placeholder.

    A token known by its own format wins over a value known by its place, and that over one known by its key's
    name: the sharper the rule, the better the name it gives.
    """
    lowered = _lower(text)
    there = _EXACT.literals_in(text) | _ANY_CASE.literals_in(lowered)
    formats = list(_apply(_BY_FORMAT, text, lowered, there))
    places = [*_apply(_BY_PLACE, text, lowered, there), *find_cookies(text, lowered), *find_manifests(text, lowered)]
    named = find_assignments(text, lowered)
    told = list(_apply(SENTENCES, text, lowered, there))
    personal = list(find_personal_data(text)) if personal_data else []
    if not (formats or places or named or told or personal):
        return []
    spans = placeholder_spans(text)
    for found in (formats, places, named, told, personal):
        spans = merge(spans, found)
    return [span for span in spans if span.kind != "placeholder"]


def _lower(text: str) -> str:
    """Lower the text without moving any character: `str.lower` makes two of some (U+0130)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.translate(_ASCII_LOWER)


def _apply(rules: tuple[Rule, ...], text: str, lowered: str, there: set[str]) -> Iterator[Span]:
    """Apply the rules that have a literal among those that are `there`, in the text or in the lowered text."""
    for rule in rules:
        for literal in rule.near:
            if literal in there:
                yield from _matches(rule, literal, text, lowered if rule.any_case else text)


def _matches(rule: Rule, literal: str, text: str, haystack: str) -> Iterator[Span]:
    """Try the rule where its literal stands. What a match has covered is not looked at again, accepted or
    not."""
    at = haystack.find(literal)
    while at >= 0:
        match = rule.pattern.match(text, at)
        if match and (rule.check is None or rule.check(match)):
            yield Span(*match.span("secret"), rule.kind)
        at = haystack.find(literal, match.end() if match else at + len(literal))
