import re

import pytest

from app.config import PROJECT_ROOT
from app.domain.suggestions import TRANSITIONS, Category, Severity, Status, possible_moves, problems_with_suggestion

GOOD = {"category": "error", "severity": "critical", "comment": "0123456789", "suggested_content": None}


def problems(**changes):
    return problems_with_suggestion(**{**GOOD, **changes})


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("severity", Severity)
def test_every_known_category_and_severity_is_accepted(category, severity):
    assert problems(category=category.value, severity=severity.value) == {}


@pytest.mark.parametrize("comment", ["x" * 10, "x" * 2_000, "\U0001f600" * 2_000, "a\r\n" * 1_000])
@pytest.mark.parametrize("content", [None, "", "x" * 100_000])
def test_texts_up_to_their_limits_are_accepted(comment, content):
    assert problems(comment=comment, suggested_content=content) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("category", "Error"),
        ("category", ""),
        ("severity", "high"),
        ("comment", "x" * 9),
        ("comment", "   x" * 3 + " " * 20 + "\x00"),
        ("comment", "x" * 2_001),
        ("suggested_content", "x" * 100_001),
        ("suggested_content", "\ud800"),
    ],
)
def test_each_fault_is_told_beside_its_field(field, value):
    assert problems(**{field: value}).keys() == {field}


def test_the_lifecycle_is_complete_and_an_implemented_suggestion_is_done():
    assert TRANSITIONS.keys() == set(Status)
    assert TRANSITIONS[Status.IMPLEMENTED] == frozenset()
    assert all(state not in possible for state, possible in TRANSITIONS.items())
    assert Status.IMPLEMENTED not in TRANSITIONS[Status.PENDING]


def test_the_readme_prints_the_lifecycle():
    readme = (PROJECT_ROOT / "README.md").read_text()
    printed = dict(re.findall(r"^\| (\w+) \| ([\w, ]*?) ?\|$", readme.partition("| it is |")[2], re.MULTILINE))

    assert printed == {status.value: ", ".join(possible_moves(status)) for status in Status}
