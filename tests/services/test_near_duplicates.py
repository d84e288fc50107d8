"""Near-duplicates of a skill's examples: found by an index that follows every change, and folded."""

import pytest
from sqlalchemy import delete, select

from app.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from app.extensions import db
from app.models import ExampleBand
from app.services import training_examples
from app.services.near_duplicates import Texts, find_alike, find_alike_among, find_near_duplicates, index_missing
from app.services.preferences import change_preferences
from app.services.review_undo import find_last_action, undo
from app.services.reviews import fold
from app.services.skill_lifecycle import hand_over_skill
from app.services.transactions import writing
from tests.support.factories import capture, make_example, make_skill, make_user
from tests.support.tables import count_rows, counters_are_right, dump
from tests.support.threads import look_anew, work_until

pytestmark = pytest.mark.slow

TEXT = " ".join(f"word{number}" for number in range(60))
ALMOST = TEXT.replace("word30", "something")
HALF = TEXT[: len(TEXT) // 2] + " and then it goes on in a way that has nothing in common with the first one at all"
OTHER = " ".join(f"other{number}" for number in range(60))


def bands_kept(example) -> int:
    look_anew()
    return len(list(db.session.scalars(select(ExampleBand.band).where(ExampleBand.example_id == example.id))))


def found(example) -> list[int]:
    look_anew()
    return [one.example.id for one in find_near_duplicates(example)]


@pytest.fixture
def pair(skill, viewer):
    """Two captured examples that say almost the same."""
    return capture(skill, viewer, TEXT), capture(skill, viewer, ALMOST)


# ---- finding ----


def test_each_of_two_that_are_almost_the_same_is_found_by_the_other(pair):
    one, other = pair

    assert (found(one), found(other)) == ([other.id], [one.id])
    assert find_alike([one.id, other.id]) == {one.id, other.id}
    assert 0.8 <= find_near_duplicates(one)[0].similarity < 1


def test_what_says_something_else_is_not_found(skill, viewer):
    one, half, other = (capture(skill, viewer, text) for text in (TEXT, HALF, OTHER))

    assert (found(one), found(half), found(other)) == ([], [], [])
    assert find_alike([other.id]) == set()


def test_short_texts_that_share_some_words_are_not_called_alike(skill, viewer):
    first, second = (capture(skill, viewer, f"{word} question", "An answer") for word in ("First", "Second"))
    assert (found(first), found(second)) == ([], [])

    assert find_alike([first.id, second.id]) == set()


def test_the_most_similar_comes_first(skill, viewer):
    one = capture(skill, viewer, TEXT)
    further = capture(skill, viewer, ALMOST)
    nearer = capture(skill, viewer, f"{TEXT} end")

    duplicates = find_near_duplicates(one)

    assert [row.example.id for row in duplicates] == [nearer.id, further.id]
    assert duplicates[0].similarity > duplicates[1].similarity


def test_examples_of_another_skill_are_not_found(skill, viewer, author):
    one = capture(skill, viewer, TEXT)
    elsewhere = capture(make_skill(author), viewer, TEXT)

    assert (found(one), found(elsewhere)) == ([], [])
    assert find_alike([one.id, elsewhere.id]) == set()


def test_golden_and_decided_examples_are_found_as_well(skill, viewer):
    golden = make_example(skill, TEXT, "An answer")
    rejected = make_example(skill, ALMOST, "An answer", source="usage_capture", status="rejected")
    captured = capture(skill, viewer, f"{TEXT} end")

    assert sorted(found(captured)) == [golden.id, rejected.id]


def test_an_edit_finds_others_and_is_found_no_more(author, skill):
    edited, stays, other = make_example(skill, TEXT), make_example(skill, ALMOST), make_example(skill, OTHER)
    assert found(edited) == [stays.id]

    training_examples.edit_training_example(
        author, example_id=edited.id, revision=1, example_input=f"{OTHER} edited", example_output="An output"
    )

    assert (found(edited), found(stays), found(other)) == ([other.id], [], [edited.id])
    assert find_alike([edited.id, stays.id, other.id]) == {edited.id, other.id}
    assert bands_kept(edited) == 16


def test_a_deleted_example_is_found_no_more(author, skill):
    stays, goes = make_example(skill, TEXT), make_example(skill, ALMOST)

    training_examples.delete_training_example(author, example_id=goes.id, revision=1)

    assert found(stays) == []
    assert find_alike([stays.id]) == set()
    assert count_rows(ExampleBand) == 16


def test_nothing_of_an_erased_example_is_kept(skill, viewer, pair):
    stays = capture(skill, make_user(), f"{ALMOST} twice")

    change_preferences(viewer, training_data_consent=False)

    assert found(stays) == []
    assert count_rows(ExampleBand) == bands_kept(stays) == 16


def test_a_skill_that_is_handed_over_keeps_its_near_duplicates(admin, viewer, author, skill, pair):
    hand_over_skill(admin, skill_id=skill.id, email=viewer.email, author_id=author.id)

    assert found(pair[0]) == [pair[1].id]


def test_a_short_text_is_found_by_the_same_one_alone(skill, viewer):
    one, same, other = (
        capture(skill, viewer, "Hi", "."),
        capture(skill, viewer, "hi!", "…"),
        capture(skill, viewer, "Ho", "."),
    )

    assert (found(one), found(same), found(other)) == ([same.id], [one.id], [])


def test_which_of_many_are_alike_is_two_statements(skill, viewer, pair, statements):
    ids = [one.id for one in pair] + [capture(skill, viewer).id for _ in range(20)]
    statements.clear()

    assert {one.id for one in pair} <= find_alike(ids)

    assert len(statements) == 2


def test_finding_costs_two_statements_at_most_however_many_are_alike(skill, viewer, statements):
    few = capture(skill, viewer, TEXT)
    costs = []
    for _ in range(2):
        for _ in range(12):
            capture(skill, viewer, f"{TEXT} {make_user().id}")
        look_anew()
        assert few.example_input
        statements.clear()
        assert find_near_duplicates(few)
        costs.append(len(statements))

    assert costs[0] == costs[1] <= 2


def test_no_more_candidates_are_compared_than_a_page_can_hold(skill, viewer):
    one = capture(skill, viewer, TEXT)
    for number in range(25):
        make_example(skill, f"{TEXT} {number}", "An answer", source="usage_capture", status="pending")

    assert len(find_near_duplicates(one)) == 20


def test_no_more_shared_bands_are_read_than_the_limit(skill, viewer, monkeypatch):
    monkeypatch.setattr("app.services.near_duplicates.SHARED", 3)
    one = capture(skill, viewer, TEXT)
    for number in range(5):
        make_example(skill, f"{TEXT} {number}", "An answer", source="usage_capture", status="pending")

    assert 1 <= len(find_near_duplicates(one)) <= 3


def test_the_most_similar_is_found_among_many_that_share_a_band(skill, viewer):
    for number in range(25):
        capture(skill, viewer, f"{number} question", "An answer to all of it")
    one = capture(skill, viewer, "What is it question", "An answer to all of it")
    same = capture(skill, viewer, "What is it, question?", "An answer to all of it!")

    assert found(one) == [same.id]


# ---- what has no bands yet ----


def test_the_same_are_found_by_the_bands_that_are_shared_and_by_those_that_examples_have(skill, statements):
    first, second = make_example(skill, TEXT), make_example(skill, ALMOST)
    others = [make_example(skill, f"{number} something else, {number}", f"{number}") for number in range(120)]
    texts = {one.id: Texts(one.example_input, one.example_output) for one in (first, second, *others)}
    expected = {first.id: {second.id}, second.id: {first.id}}

    statements.clear()
    assert find_alike_among(skill.id, texts) == expected
    by_bands = [one for one in statements if "example_id + " in one]
    statements.clear()
    assert find_alike_among(skill.id, {one: texts[one] for one in expected}) == expected
    assert (len(by_bands), [one for one in statements if "example_id + " in one]) == (1, [])


def index_all(rows_at_once) -> list[int]:
    done = []
    while some := index_missing(after=done[-1] if done else 0, rows_at_once=rows_at_once):
        done += some
    return done


@pytest.mark.parametrize("rows_at_once", [1, 2, 500])
def test_what_has_no_bands_gets_them(skill, viewer, pair, rows_at_once):
    kept = dump()["example_bands"]
    capture(skill, viewer, OTHER)
    with writing() as session:
        session.execute(delete(ExampleBand).where(ExampleBand.example_id.in_([one.id for one in pair])))
    assert found(pair[0]) == []

    assert index_all(rows_at_once) == [one.id for one in pair]

    assert found(pair[0]) == [pair[1].id]
    assert set(kept) <= set(dump()["example_bands"])
    assert index_missing() == []


def test_the_worker_gives_bands_to_what_has_none_when_it_starts(app, pair):
    with writing() as session:
        session.execute(delete(ExampleBand))
    work_until(app, lambda: count_rows(ExampleBand) == 32)

    assert found(pair[0]) == [pair[1].id]


def test_what_has_its_bands_is_left_alone(pair):
    before = dump()

    assert index_missing() == []

    assert dump() == before


# ---- folding ----


def test_folding_rejects_with_a_reason_that_names_what_stays(author, skill, pair):
    stays, folded = pair

    done = fold(author, example_id=folded.id, revision=1, into_id=stays.id)

    look_anew()
    assert (folded.status, folded.comment) == ("rejected", f"Folded into example {stays.id}.")
    assert folded.reviewed_by == author.id
    assert (stays.status, stays.revision) == ("pending", 1)
    assert done.example.id == folded.id
    assert counters_are_right(skill)


def test_folding_is_undone_like_any_decision(author, skill, pair):
    stays, folded = pair
    fold(author, example_id=folded.id, revision=1, into_id=stays.id)

    assert undo(author, action_id=find_last_action(author, skill.id).id) == (1, 0)

    look_anew()
    assert (folded.status, folded.comment, folded.reviewed_by) == ("pending", None, None)
    assert counters_are_right(skill)


def test_what_is_no_near_duplicate_is_not_folded_into(author, viewer, skill, pair):
    other, elsewhere = capture(skill, viewer, OTHER), capture(make_skill(author), viewer, TEXT)
    before = dump()

    for number in (other.id, elsewhere.id, pair[0].id, 999_999, 0):
        with pytest.raises(Invalid) as refused:
            fold(author, example_id=pair[0].id, revision=1, into_id=number)
        assert list(refused.value.errors) == ["into"]

    assert dump() == before


def test_folding_is_the_authors_and_of_what_was_looked_at(author, admin, viewer, pair):
    stays, folded = pair
    before = dump()

    for somebody in (admin, viewer):
        with pytest.raises(NotAllowed):
            fold(somebody, example_id=folded.id, revision=1, into_id=stays.id)
    with pytest.raises(Stale):
        fold(author, example_id=folded.id, revision=2, into_id=stays.id)
    with pytest.raises(NotFound):
        fold(author, example_id=999_999, revision=1, into_id=stays.id)

    assert dump() == before


def test_what_was_folded_is_not_folded_again(author, pair):
    stays, folded = pair
    fold(author, example_id=folded.id, revision=1, into_id=stays.id)
    look_anew()

    with pytest.raises(Conflict):
        fold(author, example_id=folded.id, revision=2, into_id=stays.id)
