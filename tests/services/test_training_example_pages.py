"""The list of examples: walked page by page, in both directions, it is what a plain sort in Python says it is."""

import random
from dataclasses import replace

import pytest

from app.domain.training_examples import Sort, Source, Status
from app.extensions import db
from app.models import User
from app.services import training_example_lists
from app.services import training_examples as service
from app.services.paging import Cursor
from app.services.preferences import change_preferences
from app.services.training_example_lists import KEY_PARTS
from app.services.training_examples import Filter
from app.services.transactions import reading
from tests.support.factories import make_example, make_skill, make_user
from tests.support.plans import noted_statements, plan_of

# PostgreSQL knows how many rows a condition leaves, and chooses by itself.
ON_SQLITE = pytest.mark.parametrize("migrated_app", ["sqlite"], indirect=True)
SIZE = 4
MOST_PAGES = 20
KINDS = [(Source.WEB, Status.APPROVED), *((Source.USAGE_CAPTURE, status) for status in Status)]


@pytest.fixture
def examples(author, skill):
    """Twenty-three examples of every kind and score, and as many of another skill that no list may show."""
    chance = random.Random(7)
    vera, other_skill = make_user("Vera"), make_skill(author)
    made = []
    for number in range(23):
        source, status = KINDS[number % len(KINDS)]
        for owner in (skill, other_skill):
            example = make_example(
                owner,
                f"Question {number} about {'invoices' if number % 3 else 'contracts'}",
                user=None if source is Source.WEB else vera,
                source=source,
                status=status,
                quality_score=chance.choice([None, 1, 5, 5, 10]),
            )
            if owner is skill:
                made.append(example)
    return made


FILTERS = {
    "all": Filter(),
    "approved": Filter(statuses=(Status.APPROVED,)),
    "pending or rejected": Filter(statuses=(Status.PENDING, Status.REJECTED)),
    "by hand": Filter(source=Source.WEB),
    "captured and approved": Filter(statuses=(Status.APPROVED,), source=Source.USAGE_CAPTURE),
    "words": Filter(query="contracts"),
    "words among the pending": Filter(statuses=(Status.PENDING,), source=Source.USAGE_CAPTURE, query="question invoi"),
    "nothing": Filter(query="nowhere"),
}


def expected(examples, wanted):
    kept = [
        example
        for example in examples
        if (not wanted.statuses or example.status in wanted.statuses)
        and (not wanted.source or example.source == wanted.source)
        and all(word in example.example_input.lower() for word in wanted.query.split())
    ]
    if wanted.sort is Sort.SCORE:
        return [example.id for example in sorted(kept, key=lambda one: (-(one.quality_score or 0), -one.id))]
    return [example.id for example in sorted(kept, key=lambda one: -one.id)]


def page_at(skill, wanted, **place):
    cursor = Cursor.parse(after=None, before=None, parts=1)
    if place:
        cursor = Cursor.parse(**{"after": None, "before": None, **place}, parts=KEY_PARTS[wanted.sort])
    return service.get_training_examples_for_skill(skill.id, wanted=wanted, cursor=cursor, size=SIZE)


def ids(page):
    return [row.example.id for row in page.rows]


@pytest.mark.parametrize("few", [0, 500], ids=["words first", "filter first"])
@pytest.mark.parametrize("sort", Sort)
def test_walking_forward_and_back_shows_every_row_once_in_order(examples, skill, sort, few, monkeypatch):
    monkeypatch.setattr(training_example_lists, "FEW", few)
    for name, wanted in FILTERS.items():
        wanted = Filter(wanted.statuses, wanted.source, wanted.query, sort)
        right = expected(examples, wanted)
        assert (name == "nothing") == (not right)

        forward = [page_at(skill, wanted)]
        while forward[-1].after and len(forward) < MOST_PAGES:
            forward.append(page_at(skill, wanted, after=forward[-1].after))
        backward = [forward[-1]]
        while backward[-1].before and len(backward) < MOST_PAGES:
            backward.append(page_at(skill, wanted, before=backward[-1].before))

        assert [example for page in forward for example in ids(page)] == right, name
        assert [ids(page) for page in reversed(backward)] == [ids(page) for page in forward], name
        assert all(len(page.rows) == SIZE for page in forward[:-1]), name
        assert forward[0].before is None
        assert backward[-1].before is None


def test_each_row_carries_its_users_name_unless_it_is_captured_and_they_did_not_choose_to_be_named(examples, skill):
    rows = page_at(skill, Filter()).rows
    assert {row.example.source: row.user_name for row in rows} == {"web": "Ada Author", "usage_capture": None}

    [captured_of] = {row.example.user_id for row in rows if row.example.source == "usage_capture"}
    change_preferences(reading().get_one(User, captured_of), named_in_captured_examples=True)

    rows = page_at(skill, Filter()).rows
    assert {row.example.source: row.user_name for row in rows} == {"web": "Ada Author", "usage_capture": "Vera"}


def test_a_page_costs_one_query_whatever_it_shows(examples, skill, statements):
    last = page_at(skill, Filter())
    for _ in range(3):
        last = page_at(skill, Filter(), after=last.after)

    statements.clear()
    page_at(skill, Filter(query="question"))
    page_at(skill, Filter(statuses=(Status.APPROVED,), sort=Sort.SCORE))
    page_at(skill, Filter(), after=last.after)

    assert len(statements) == 3


def test_a_search_that_is_sorted_by_score_costs_one_query_for_each_score_at_most(examples, skill, statements):
    in_one = db.engine.dialect.name != "sqlite"
    for size, most in ((1, 1), (100, 11)):
        statements.clear()
        service.get_training_examples_for_skill(skill.id, wanted=Filter(query="question", sort=Sort.SCORE), size=size)
        assert len(statements) == (1 if in_one else most), size


@ON_SQLITE
def test_the_index_of_words_is_walked_unless_a_filter_leaves_few(examples, skill, monkeypatch):
    wanted, walks = Filter(statuses=(Status.PENDING,), query="question"), []
    for few in (0, 500):
        monkeypatch.setattr(training_example_lists, "FEW", few)
        with noted_statements() as sent:
            service.get_training_examples_for_skill(skill.id, wanted=wanted, size=SIZE)
        walks.append(plan_of(sent[-1])[0])

    assert walks[0].startswith("SCAN training_examples_search")
    assert "feedback_type=? AND status=?" in walks[1]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("name", ["all", "approved", "captured and approved"])
def test_a_page_is_read_off_an_index_in_its_order(examples, skill, name, sort, monkeypatch):
    monkeypatch.setattr(training_example_lists, "FEW", 0)
    skill_id = skill.id
    with noted_statements() as sent:
        service.get_training_examples_for_skill(skill_id, wanted=replace(FILTERS[name], sort=sort), size=SIZE)
    asked = [one for one in sent if "FROM skill_feedback" in one[0]][-1]

    plan = plan_of(asked, avoided=("seqscan", "sort", "bitmapscan", "hashjoin", "mergejoin"))

    assert [step for step in plan if "B-TREE FOR" in step or step.strip().startswith(("Sort", "->  Sort"))] == [], plan


@ON_SQLITE
@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("name", ["by hand", "captured and approved", "pending or rejected"])
def test_few_are_found_by_the_filter_and_then_sorted(examples, skill, name, sort):
    with noted_statements() as sent:
        service.get_training_examples_for_skill(skill.id, wanted=replace(FILTERS[name], sort=sort), size=SIZE)

    plan = " ".join(plan_of(sent[-1]))

    assert "feedback_type=? AND status=?" in plan
    assert "B-TREE FOR ORDER BY" in plan


def test_rows_added_meanwhile_neither_repeat_nor_hide_the_rows_of_the_next_page(examples, skill):
    first = page_at(skill, Filter())

    make_example(skill, "Added while somebody reads")

    assert ids(first) + ids(page_at(skill, Filter(), after=first.after)) == expected(examples, Filter())[: 2 * SIZE]


def test_a_list_says_of_one_example_whether_it_shows_it(examples, skill):
    for wanted in FILTERS.values():
        shown = [example.id for example in examples if service.is_shown(example, wanted=wanted)]
        assert sorted(shown) == sorted(expected(examples, wanted))
