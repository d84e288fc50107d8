"""The links between pages: whatever a URL says, the answer is a page or a sentence, on both databases."""

import pytest

from app.domain.errors import Invalid
from app.domain.training_examples import Sort
from app.services.paging import Cursor, make_page
from app.services.skills import get_skills
from app.services.suggestions import create_suggestion, get_suggestions_for_skill
from app.services.training_examples import Filter, get_training_examples_for_skill
from tests.support.factories import make_example

LARGEST_ID = 2**31 - 1  # what PostgreSQL's integer holds

LISTS = {
    "skills": (1, lambda skill, cursor: get_skills(cursor=cursor)),
    "suggestions": (1, lambda skill, cursor: get_suggestions_for_skill(skill.id, cursor=cursor)),
    "newest": (1, lambda skill, cursor: get_training_examples_for_skill(skill.id, cursor=cursor)),
    "score": (
        2,
        lambda skill, cursor: get_training_examples_for_skill(skill.id, wanted=Filter(sort=Sort.SCORE), cursor=cursor),
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_every_key_that_a_link_may_hold_is_a_page(skill, name):
    parts, list_page = LISTS[name]
    make_example(skill)
    create_suggestion(skill_id=skill.id, user_id=skill.author_id, category="other", severity="critical", comment="x")

    def rows(number, **place):
        key = ".".join([str(number)] * parts)
        return len(list_page(skill, Cursor.parse(**dict.fromkeys(place, key), **_other(place), parts=parts)).rows)

    assert (rows(LARGEST_ID, after=1), rows(LARGEST_ID, before=1)) == (1, 0)
    assert (rows(0, after=1), rows(0, before=1)) == (0, 1)


def _other(place):
    return {name: None for name in ("after", "before") if name not in place}


@pytest.mark.parametrize(
    ("text", "parts"),
    [("x", 1), ("1.2", 1), ("1", 2), ("-1", 1), ("1.", 2), (".", 2), ("1e3", 1), ("\x00", 1), (str(LARGEST_ID + 1), 1)],
)
def test_a_broken_link_is_refused_with_a_sentence(text, parts):
    for place in ({"after": text, "before": None}, {"after": None, "before": text}):
        with pytest.raises(Invalid, match="first page"):
            Cursor.parse(**place, parts=parts)


def test_no_key_is_the_first_page():
    assert Cursor.parse(after=None, before="", parts=1) is None


@pytest.mark.parametrize(
    ("rows", "cursor", "after", "before"),
    [
        ([], None, None, None),
        ([9, 8], None, None, None),
        ([9, 8, 7], None, "8", None),
        ([6, 5, 4], Cursor((7,)), "5", "6"),
        ([6, 5], Cursor((7,)), None, "6"),
        ([7, 8, 9], Cursor((6,), backwards=True), "7", "8"),
        ([8, 9], Cursor((7,), backwards=True), "8", None),
    ],
)
def test_a_page_knows_its_neighbours(rows, cursor, after, before):
    page = make_page(rows, cursor=cursor, size=2, key_of=lambda row: (row,))

    assert (page.after, page.before) == (after, before)
    assert list(page.rows) == sorted(rows[:2], reverse=True)
