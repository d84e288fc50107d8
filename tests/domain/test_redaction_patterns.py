"""No pattern of redaction repeats without end and then tries again shorter: the time would grow with the square.

Rules keep to this without exception. Other patterns may do it where what they look at is short, whatever the text is:
`ON_SHORT_TEXTS` says which those are and why.
"""

import ast
import re
from pathlib import Path

import pytest

import app
from app.domain import redaction
from app.domain.redaction.national_ids import NATIONAL_IDS
from app.domain.redaction.personal_data import PERSONAL_DATA
from app.domain.redaction.rules import RULES
from tests.support.patterns import ambiguous_repetitions, endless_repetitions, patterns_of

AT_ONCE = {"match", "fullmatch", "search", "split", "sub", "findall", "finditer"}
PACKAGE = "app.domain.redaction."
_BY_REASON = {
    "it looks at one value, key or word, whose length the pattern that found it bounds": (
        "assignments._CONSTANT",
        "key_names._WORDS",
        "oddness._BASE64",
        "oddness._HEX",
        "oddness._JOINED",
        "oddness._JOINED_NUMBER",
        "oddness._ORDINARY",
        "oddness._SLUG",
        "oddness._WORD_AND_NUMBER",
        "values._SPLIT",
        "personal_data._DATE",
    ),
    "it is matched at one place, that of a name which was found, and once": (
        "assignments._ENDS_LINE",
        "personal_data._ANOTHER_THING",
    ),
    "it looks at a few dozen or hundred characters before or behind what was found": (
        "personal_data._OWN_WORDS",
        "personal_data._PHONE_WORDS",
        "personal_data._VERSIONED",
        "rules.rule._ATTRIBUTE",
        "told._ANSWER",
        "told._ASKED",
        "told._BLANK",
        "told._COLON",
        "told._LEADS_ON",
        "told._MENTIONED",
        "told._PAIR",
        "told._PIECE",
        "told._PLAIN",
    ),
    "it looks at one line of a table, which is no longer than LONGEST_LINE": (
        *(f"tables._CELL[{delimiter!r}]" for delimiter in "|\t;,"),
        "tables._RULE",
    ),
    "it looks at a manifest, of which FARTHEST characters are looked at": (
        "manifests._BLOCK",
        "manifests._ENTRY",
        "manifests._USER",
    ),
    "it writes the page of rules, and never sees a text": ("catalogue._LONG", "catalogue._SECRET"),
}
ON_SHORT_TEXTS = {PACKAGE + name: reason for reason, names in _BY_REASON.items() for name in names}


@pytest.mark.parametrize("rows", [RULES, PERSONAL_DATA, NATIONAL_IDS], ids=["RULES", "PERSONAL_DATA", "NATIONAL_IDS"])
def test_no_rule_repeats_without_end_except_possessively(rows) -> None:
    patterns = [pattern for row in rows for pattern in (row.pattern, getattr(row, "lead", None)) if pattern]

    endless = {pattern.pattern: found for pattern in patterns if (found := endless_repetitions(pattern))}

    assert len(patterns) >= len(rows) > 5
    assert endless == {}, "bound it, or make it possessive: {0,40} or *+"


def test_no_other_pattern_does_unless_what_it_looks_at_is_short() -> None:
    of_rules = {
        one for row in (*RULES, *PERSONAL_DATA, *NATIONAL_IDS) for one in (row.pattern, getattr(row, "lead", None))
    }
    patterns = {where: one for where, one in patterns_of(redaction).items() if one not in of_rules}

    endless = {where: one.pattern for where, one in patterns.items() if endless_repetitions(one)}

    assert len(patterns) > 50
    assert {where: one for where, one in endless.items() if where not in ON_SHORT_TEXTS} == {}
    assert ON_SHORT_TEXTS.keys() - endless.keys() == set(), "the table names what is no longer so"


def test_no_pattern_at_all_repeats_a_repetition() -> None:
    ambiguous = {where: found for where, one in patterns_of(app).items() if (found := ambiguous_repetitions(one))}

    assert ambiguous == {}, "make the inner one possessive, or let something stand between them"


def test_no_pattern_that_has_no_name_repeats_without_end() -> None:
    """Only those with a name are walked. What is put in by an f-string is written out as one letter here."""
    nameless = {
        f"{path.name}:{node.lineno}": "".join(
            getattr(part, "value", "") if isinstance(part, ast.Constant) else "x" for part in parts
        )
        for path in Path(redaction.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.func.attr in AT_ONCE
        for parts in [getattr(node.args[0], "values", [node.args[0]])]
    }

    assert len(nameless) > 5
    assert {where: one for where, one in nameless.items() if endless_repetitions(re.compile(one))} == {}


@pytest.mark.parametrize("bad", ["(?:a+)+", "(?:a{4,}b?){2,}c", "(?:(?:ab|c*)|x)*y", "(a{0,40}){2,9}", "(?:a+?)+"])
def test_a_repetition_of_a_repetition_is_seen(bad: str) -> None:
    assert ambiguous_repetitions(re.compile(bad))


@pytest.mark.parametrize("good", ["(?:a++)+", "(?:a+b)+", "(?:b|a+c)*", "(?:a{1,4})+", "(?:a+)?", "(?>(?:a+)b)+"])
def test_a_repetition_beside_something_passes(good: str) -> None:
    assert ambiguous_repetitions(re.compile(good)) == []


def test_every_pattern_of_the_tables_is_walked() -> None:
    walked = set(patterns_of(redaction).values())

    assert {row.pattern for row in (*RULES, *PERSONAL_DATA, *NATIONAL_IDS)} <= walked


@pytest.mark.parametrize(
    "bad",
    [
        "a*b",
        "a+?b",
        "(?:a{2,})*+",
        "x|(?=a*b)",
        "(?<!b)(a+)",
        "(?>a*)",
        "(a)?(?(1)b*|c)",
        "(?i:a*)",
        r"\d{3,}",
        "[^a]*",
    ],
)
def test_what_repeats_without_end_is_seen_wherever_it_stands(bad: str) -> None:
    assert endless_repetitions(re.compile(bad))


@pytest.mark.parametrize("good", ["a*+b", "a++", "a{2,}+", "(?:ab{0,9})*+", "a{0,60}", "a?b", "[*+]", r"\*\+"])
def test_what_is_bounded_or_possessive_passes(good: str) -> None:
    assert endless_repetitions(re.compile(good)) == []


def test_patterns_are_found_in_tables_and_alone() -> None:
    places = patterns_of(redaction).keys()

    tables = {f"{PACKAGE}rules.RULES[0].pattern", f"{PACKAGE}national_ids.NATIONAL_IDS[0].pattern"}
    assert tables | {f"{PACKAGE}placeholders.PLACEHOLDER"} <= places


def test_every_literal_that_is_looked_for_in_lowered_text_is_lower_itself() -> None:
    """One that is not, or that is half a pattern, is never found, and its secret stays."""
    lost = {
        literal: rule.kind for rule in RULES if rule.any_case for literal in rule.near if literal != literal.lower()
    }

    assert lost == {}
    assert any(rule.any_case for rule in RULES)
