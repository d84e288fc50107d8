"""Reviewing: what each verb does and leaves, who may, what undoing brings back, and all that a filter matches."""

import pytest
from sqlalchemy import select

from app.domain.errors import Conflict, Invalid, NotAllowed, NotFound, SignInRequired, Stale
from app.domain.reviews import Verb
from app.extensions import db
from app.models import AuditRecord, Opinion, ReviewAction, ReviewChange, TrainingExample, User
from app.services import review_undo, training_examples
from app.services import reviews as service
from app.services.opinions import ask_for_opinion, give_opinion
from app.services.preferences import change_preferences
from app.services.review_queue import COUNTED_AT_MOST, get_queue
from app.services.review_undo import find_last_action
from app.services.skill_lifecycle import hand_over_skill
from app.services.training_example_lists import EVERYTHING, Filter
from app.services.transactions import reading, writing
from app.services.votes import cast_vote
from tests.support.factories import capture, make_example, make_skill, make_user
from tests.support.older_rules import LEAK, SECRET, leave_behind, rescan
from tests.support.tables import count_rows, counters_are_right, dump, last_audit_record
from tests.support.threads import look_anew, run_together

pytestmark = pytest.mark.slow

GITHUB = "ghp_" + "a1B2" * 9
# What each verb is given, and the state it leads to from pending.
GIVEN = {
    Verb.APPROVE: {},
    Verb.CORRECT: {"expected_output": "A better answer"},
    Verb.REJECT: {"reason": "Too short"},
    Verb.SCORE: {"quality_score": 7},
    Verb.FOLD: {"reason": "Folded into example 1."},
}
LEADS_TO = {
    Verb.APPROVE: "approved",
    Verb.CORRECT: "approved",
    Verb.REJECT: "rejected",
    Verb.SCORE: "pending",
    Verb.FOLD: "rejected",
}
DECIDING = [verb for verb in Verb if verb is not Verb.SCORE]
NEWEST = 2**31 - 1
"""More than any number of an example."""
TRACES = {"revision", "updated_at"}
"""What an undone action leaves on an example: that it was changed, and when."""


def decide(actor, example, verb, revision=None, **given):
    return service.decide(
        actor,
        example_id=example.id,
        revision=revision or example.revision,
        verb=verb,
        **{**GIVEN[verb], **given},
    )


def decide_on_all(actor, skill, verb, query="", *, up_to=NEWEST, reason="Not of this kind"):
    return service.decide_on_all(
        actor, skill_id=skill.id, verb=verb, wanted=Filter(query=query), up_to=up_to, reason=reason
    )


def undo(actor, action_id):
    return review_undo.undo(actor, action_id=action_id)


def columns_of(example, *, but=frozenset()):
    """Return what the table holds of the example, without what the test looks away from."""
    look_anew()
    table = TrainingExample.__table__
    row = db.session.execute(select(table).where(table.c.id == example.id)).one()
    return {name: value for name, value in row._mapping.items() if name not in but}


def states(skill):
    look_anew()
    return {one.example_input: one.status for one in reading().query(TrainingExample).filter_by(skill_id=skill.id)}


@pytest.fixture
def example(skill, viewer):
    return capture(skill, viewer, "A question", "An answer")


@pytest.fixture
def judged(skill, viewer, author):
    """A captured example on which everything has been said once: rejected, corrected, scored, and rejected again."""
    example = capture(skill, viewer, "A judged question", "A judged answer")
    decide(author, example, Verb.CORRECT, expected_output="Said before", quality_score=3)
    decide(author, example, Verb.REJECT, reason="Found wanting")
    look_anew()
    return example


# ---- what each verb does ----


@pytest.mark.parametrize("verb", Verb)
def test_a_verb_leads_to_its_state_and_counts(author, skill, example, verb):
    decide(author, example, verb)

    look_anew()
    assert example.status == LEADS_TO[verb]
    assert counters_are_right(skill)
    counts = (skill.training_examples_pending, skill.training_examples_approved, skill.training_examples_rejected)
    assert counts == tuple(int(LEADS_TO[verb] == status) for status in ("pending", "approved", "rejected"))


@pytest.mark.parametrize("verb", DECIDING)
def test_a_decision_says_who_decided_and_when(author, example, verb):
    assert (example.reviewed_at, example.reviewed_by) == (None, None)

    decide(author, example, verb)

    look_anew()
    assert example.reviewed_by == author.id
    assert example.created_at <= example.reviewed_at <= example.updated_at


def test_a_score_alone_decides_nothing(author, example):
    decide(author, example, Verb.SCORE, quality_score=4)

    look_anew()
    assert (example.status, example.quality_score) == ("pending", 4)
    assert (example.reviewed_at, example.reviewed_by, example.comment) == (None, None, None)


def test_a_score_alone_keeps_the_reason_that_was_given(author, judged):
    decide(author, judged, Verb.SCORE, quality_score=9)

    look_anew()
    assert (judged.status, judged.comment, judged.quality_score) == ("rejected", "Found wanting", 9)


@pytest.mark.parametrize("verb", DECIDING)
def test_a_decision_brings_its_score_along_and_keeps_the_one_that_was(author, judged, verb):
    wanted = Verb.APPROVE if LEADS_TO[verb] == judged.status else verb  # a rejected one is not rejected again
    decide(author, judged, wanted)
    look_anew()
    assert judged.quality_score == 3

    undo(author, find_last_action(author, judged.skill_id).id)
    decide(author, judged, wanted, quality_score=8)

    look_anew()
    assert judged.quality_score == 8


def test_a_correction_makes_a_preference_pair(author, example):
    decide(author, example, Verb.CORRECT, expected_output="What should have\r\nbeen said")

    look_anew()
    assert example.example_output == "An answer"
    assert example.expected_output == "What should have\nbeen said"
    assert example.example_input == "A question"


def test_what_is_not_corrected_keeps_its_outputs(author, example):
    decide(author, example, Verb.APPROVE, expected_output="Looked at and not changed")

    look_anew()
    assert (example.example_output, example.expected_output) == ("An answer", None)


def test_a_rejection_keeps_its_reason_without_secrets(author, example):
    done = decide(author, example, Verb.REJECT, reason=f"It says {GITHUB}\r\nand more")

    look_anew()
    assert example.comment == "It says [GITHUB_TOKEN_1]\nand more"
    assert done.secrets_found == ("github_token",)
    assert GITHUB not in str(dump())


def test_an_approval_takes_an_older_reason_back(author, judged):
    decide(author, judged, Verb.APPROVE)

    look_anew()
    assert (judged.status, judged.comment) == ("approved", None)


def test_secrets_in_a_correction_have_placeholders_that_the_example_does_not_use(author, viewer, skill):
    example = capture(skill, viewer, f"Log in with {LEAK}", "With password=Zebra9?quagga")
    assert "[PASSWORD_2]" in example.example_output

    done = decide(author, example, Verb.CORRECT, expected_output="Never [PASSWORD_1]: take password=Ocelot7%margay")

    look_anew()
    assert example.expected_output == "Never [PASSWORD_1]: take password=[PASSWORD_3]"
    assert done.secrets_found == ("password",)
    assert "Ocelot7" not in str(dump())


def test_a_second_correction_leaves_the_placeholders_of_the_first_alone(author, viewer, skill):
    example = capture(skill, viewer, "A question")
    decide(author, example, Verb.CORRECT, expected_output=LEAK)
    look_anew()

    decide(author, example, Verb.CORRECT, expected_output=f"{example.expected_output} and password=Ocelot7%margay")

    look_anew()
    assert example.expected_output == "password=[PASSWORD_1] and password=[PASSWORD_2]"


@pytest.mark.parametrize("verb", Verb)
def test_a_decision_is_one_change_that_open_pages_notice(author, skill, example, verb):
    look_anew()
    version, records, revision = skill.training_data_version, count_rows(AuditRecord), example.revision

    done = decide(author, example, verb)

    look_anew()
    assert (skill.training_data_version, example.revision) == (version + 1, revision + 1)
    assert count_rows(AuditRecord) == records + 1
    record = last_audit_record()
    assert (record.actor_id, record.action) == (author.id, f"review.{verb}")
    assert (record.subject, record.subject_id) == ("skill", skill.id)
    assert record.details == {"review_action": done.action_id, "examples": 1, "example_id": example.id}


def test_the_record_of_a_decision_has_no_words_of_anybody(author, skill, example):
    decide(author, example, Verb.CORRECT, expected_output="Canary of a correction")
    decide(author, example, Verb.REJECT, reason="Canary of a reason")
    capture(skill, make_user(), "Canary of a question")
    decide_on_all(author, skill, Verb.REJECT, "canary", reason="Canary of many")
    undo(author, find_last_action(author, skill.id).id)

    assert "anary" not in str(dump()["audit_log"])


def test_what_was_done_is_found_until_it_is_undone(author, viewer, skill, example):
    assert find_last_action(author, skill.id) is None
    done = decide(author, example, Verb.SCORE)
    assert find_last_action(author, skill.id).id == done.action_id
    assert find_last_action(viewer, skill.id) is None
    assert find_last_action(author, make_skill(author).id) is None

    undo(author, done.action_id)

    assert find_last_action(author, skill.id) is None


# ---- what is refused ----


@pytest.mark.parametrize("verb", Verb)
def test_nobody_but_the_author_decides(author, admin, viewer, example, verb):
    before = dump()

    for somebody, refusal in (
        (admin, NotAllowed),
        (viewer, NotAllowed),
        (make_user(), NotAllowed),
        (None, SignInRequired),
    ):
        with pytest.raises(refusal):
            decide(somebody, example, verb)

    assert {name: rows for name, rows in dump().items() if name != "users"} == {
        name: rows for name, rows in before.items() if name != "users"
    }


def test_whoever_was_the_author_decides_and_undoes_no_more(author, admin, viewer, skill, example):
    action_id = decide(author, example, Verb.APPROVE).action_id
    hand_over_skill(admin, skill_id=skill.id, email=viewer.email, author_id=author.id)
    look_anew()

    with pytest.raises(NotAllowed):
        decide(author, example, Verb.REJECT)
    with pytest.raises(NotAllowed):
        undo(author, action_id)
    with pytest.raises(NotAllowed):
        decide_on_all(author, skill, Verb.APPROVE)


@pytest.mark.parametrize("verb", Verb)
def test_what_changed_since_it_was_looked_at_is_not_decided_on(author, example, verb):
    training_examples.edit_training_example(
        author, example_id=example.id, revision=1, example_input="Edited", example_output="Meanwhile"
    )
    before = dump()

    with pytest.raises(Stale) as refused:
        decide(author, example, verb, revision=1)

    assert refused.value.revision == 2
    assert dump() == before


@pytest.mark.parametrize(("first", "again"), [(Verb.APPROVE, Verb.APPROVE), (Verb.REJECT, Verb.REJECT)])
def test_what_is_decided_is_not_decided_the_same_way_again(author, example, first, again):
    decide(author, example, first)
    look_anew()
    before = dump()

    with pytest.raises(Conflict, match=f"This example is {LEADS_TO[first]}"):
        decide(author, example, again)

    assert dump() == before


@pytest.mark.parametrize(("first", "then"), [(Verb.APPROVE, Verb.REJECT), (Verb.REJECT, Verb.APPROVE)])
def test_a_decision_may_be_turned_round(author, skill, example, first, then):
    decide(author, example, first)
    decide(author, example, then)

    look_anew()
    assert example.status == LEADS_TO[then]
    assert counters_are_right(skill)


@pytest.mark.parametrize(
    ("verb", "given", "field"),
    [
        (Verb.REJECT, {"reason": " \n"}, "reason"),
        (Verb.REJECT, {"reason": "x" * 2_001}, "reason"),
        (Verb.REJECT, {"reason": "nul \x00"}, "reason"),
        (Verb.CORRECT, {"expected_output": ""}, "expected_output"),
        (Verb.CORRECT, {"expected_output": "\ud800"}, "expected_output"),
        (Verb.APPROVE, {"quality_score": 0}, "quality_score"),
        (Verb.SCORE, {"quality_score": 11}, "quality_score"),
    ],
)
def test_what_cannot_be_stored_is_refused_beside_its_field(author, example, verb, given, field):
    before = dump()

    with pytest.raises(Invalid) as refused:
        decide(author, example, verb, **given)

    assert list(refused.value.errors) == [field]
    assert dump() == before


def test_scoring_needs_a_score(author, example):
    before = dump()

    with pytest.raises(Invalid):
        decide(author, example, Verb.SCORE, quality_score=None)

    assert dump() == before


@pytest.mark.parametrize("number", [0, 999_999, 2**70, -1])
def test_what_is_not_there_is_not_decided_on(author, skill, number):
    with pytest.raises(NotFound):
        service.decide(author, example_id=number, revision=1, verb=Verb.APPROVE)


def test_votes_never_move(author, viewer, skill, example):
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_down")
    look_anew()
    votes = (skill.total_feedback, skill.positive_feedback_pct)

    decide(author, example, Verb.CORRECT, quality_score=10)
    decide(author, example, Verb.REJECT)
    undo(author, find_last_action(author, skill.id).id)
    capture(skill, viewer)
    decide_on_all(author, skill, Verb.APPROVE)

    look_anew()
    assert (skill.total_feedback, skill.positive_feedback_pct) == votes == (1, 0)
    assert counters_are_right(skill)


# ---- undoing ----


@pytest.mark.parametrize("verb", Verb)
def test_undoing_brings_everything_of_a_pending_example_back(author, skill, example, verb):
    before = columns_of(example, but=TRACES)
    action_id = decide(author, example, verb, quality_score=7).action_id
    assert columns_of(example, but=TRACES) != before

    undone = undo(author, action_id)

    assert undone == (1, 0)
    assert columns_of(example, but=TRACES) == before
    assert counters_are_right(skill)


@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.CORRECT, Verb.SCORE])
def test_undoing_brings_back_what_was_said_of_a_decided_example(author, skill, judged, verb):
    before = columns_of(judged, but=TRACES)
    said = [before[name] for name in ("status", "expected_output", "comment", "quality_score", "reviewed_by")]
    assert said == ["rejected", "Said before", "Found wanting", 3, author.id]
    assert before["reviewed_at"] is not None
    action_id = decide(author, judged, verb, quality_score=7).action_id
    assert columns_of(judged, but=TRACES) != before

    undo(author, action_id)

    assert columns_of(judged, but=TRACES) == before
    assert counters_are_right(skill)


def test_undoing_is_a_change_that_open_pages_and_the_log_notice(author, skill, example):
    action_id = decide(author, example, Verb.APPROVE).action_id
    look_anew()
    version, revision = skill.training_data_version, example.revision

    undo(author, action_id)

    look_anew()
    assert skill.training_data_version > version
    assert example.revision == revision + 1
    record = last_audit_record()
    assert (record.action, record.actor_id) == ("review.undo", author.id)
    assert record.details == {"review_action": action_id, "examples": 1, "restored": 1}
    assert reading().get(ReviewAction, action_id).undone_at is not None


def test_what_somebody_changed_since_stays_and_is_counted(author, skill, example):
    action_id = decide(author, example, Verb.APPROVE).action_id
    look_anew()
    training_examples.edit_training_example(
        author, example_id=example.id, revision=example.revision, example_input="Edited", example_output="Since"
    )
    before = columns_of(example)

    assert undo(author, action_id) == (0, 1)

    assert columns_of(example) == before
    assert counters_are_right(skill)


def test_what_was_deleted_since_is_counted_as_left_alone(author, skill, example):
    action_id = decide(author, example, Verb.APPROVE).action_id
    look_anew()
    training_examples.delete_training_example(author, example_id=example.id, revision=example.revision)

    assert undo(author, action_id) == (0, 1)
    assert counters_are_right(skill)


def test_nothing_is_undone_twice(author, example):
    action_id = decide(author, example, Verb.APPROVE).action_id
    undo(author, action_id)
    before = dump()

    with pytest.raises(Conflict, match="undone already"):
        undo(author, action_id)

    assert dump() == before


def test_what_was_undone_is_decided_anew(author, skill, example):
    undo(author, decide(author, example, Verb.APPROVE).action_id)
    look_anew()

    decide(author, example, Verb.REJECT)

    look_anew()
    assert example.status == "rejected"
    assert counters_are_right(skill)


def test_decisions_on_several_examples_are_undone_one_after_the_other(author, viewer, skill):
    examples = [capture(skill, viewer) for _ in range(3)]
    for one in examples:
        decide(author, one, Verb.APPROVE)

    for _ in examples:
        assert undo(author, find_last_action(author, skill.id).id) == (1, 0)

    assert set(states(skill).values()) == {"pending"}


def test_steps_on_one_example_are_undone_one_after_the_other(author, skill, example):
    before = columns_of(example, but=TRACES)
    decide(author, example, Verb.SCORE, quality_score=2)
    decide(author, example, Verb.APPROVE)
    decide(author, example, Verb.SCORE, quality_score=9)
    decide(author, example, Verb.REJECT)

    for _ in range(4):
        assert undo(author, find_last_action(author, skill.id).id) == (1, 0)

    assert columns_of(example, but=TRACES) == before


def test_nobody_undoes_what_others_did(author, admin, viewer, skill, example):
    action_id = decide(author, example, Verb.APPROVE).action_id

    for somebody in (admin, viewer):
        with pytest.raises(NotFound):
            undo(somebody, action_id)

    hand_over_skill(admin, skill_id=skill.id, email=viewer.email, author_id=author.id)
    with pytest.raises(NotFound):
        undo(viewer, action_id)
    assert columns_of(example)["status"] == "approved"


@pytest.mark.parametrize("number", [0, 999_999, 2**70, -1])
def test_an_action_that_is_not_there_is_not_found(author, skill, number):
    with pytest.raises(NotFound):
        undo(author, number)


# ---- all that a filter matches ----


@pytest.fixture
def captured(skill, viewer):
    """Five that wait, two of them about boats; one that is approved already, about boats as well."""
    make_example(skill, "Golden boats")
    for text in ("Red boats", "Blue boats", "Red cars", "Blue cars", "Trains"):
        capture(skill, viewer, text)
    look_anew()


@pytest.mark.parametrize(("verb", "status"), [(Verb.APPROVE, "approved"), (Verb.REJECT, "rejected")])
def test_everything_that_waits_is_decided_on_at_once(author, skill, captured, verb, status):
    action = decide_on_all(author, skill, verb)

    assert states(skill) == {
        "Golden boats": "approved",
        **dict.fromkeys(["Red boats", "Blue boats", "Red cars", "Blue cars", "Trains"], status),
    }
    assert (action.examples, action.verb) == (5, verb)
    assert counters_are_right(skill)


@pytest.mark.parametrize(("verb", "status"), [(Verb.APPROVE, "approved"), (Verb.REJECT, "rejected")])
def test_only_what_the_search_matches_is_decided_on(author, skill, captured, verb, status):
    action = decide_on_all(author, skill, verb, "boats")

    assert states(skill) == {
        "Golden boats": "approved",
        "Red boats": status,
        "Blue boats": status,
        **dict.fromkeys(["Red cars", "Blue cars", "Trains"], "pending"),
    }
    assert action.examples == 2
    assert counters_are_right(skill)


def test_what_came_in_after_it_was_looked_at_stays(author, viewer, skill, captured):
    newest = get_queue(skill.id, EVERYTHING).newest_id
    capture(skill, viewer, "New boats")

    assert decide_on_all(author, skill, Verb.APPROVE, up_to=newest).examples == 5

    assert states(skill)["New boats"] == "pending"
    assert get_queue(skill.id, EVERYTHING).matching == 1


def test_all_are_marked_as_reviewed_with_one_clean_reason(author, skill, captured):
    decide_on_all(author, skill, Verb.REJECT, "cars", reason=f"Wrong {GITHUB}\r\n kind")

    look_anew()
    rejected = reading().query(TrainingExample).filter_by(status="rejected").all()
    assert {(one.comment, one.reviewed_by) for one in rejected} == {("Wrong [GITHUB_TOKEN_1]\n kind", author.id)}
    assert {one.revision for one in rejected} == {2}
    assert all(one.reviewed_at for one in rejected)
    assert GITHUB not in str(dump())


def test_a_decision_on_all_is_one_change_with_one_record(author, skill, captured):
    records, actions = count_rows(AuditRecord), count_rows(ReviewAction)

    action = decide_on_all(author, skill, Verb.REJECT, "boats")

    assert (count_rows(AuditRecord), count_rows(ReviewAction)) == (records + 1, actions + 1)
    assert count_rows(ReviewChange) == 2
    record = last_audit_record()
    assert (record.action, record.actor_id, record.subject_id) == ("review.reject_all", author.id, skill.id)
    assert record.details == {"review_action": action.id, "examples": 2, "filtered": True}


def test_deciding_on_many_takes_as_many_statements_as_deciding_on_few(author, viewer, skill, captured, statements):
    statements.clear()
    decide_on_all(author, skill, Verb.APPROVE, "trains")
    few = len(statements)
    for _ in range(10):
        capture(skill, viewer)

    look_anew()
    statements.clear()
    assert decide_on_all(author, skill, Verb.APPROVE).examples == 14
    assert len(statements) <= few


def test_examples_of_other_skills_stay(author, viewer, skill, captured):
    elsewhere = make_skill(author)
    capture(elsewhere, viewer, "Boats elsewhere")

    decide_on_all(author, skill, Verb.APPROVE)

    assert states(elsewhere) == {"Boats elsewhere": "pending"}
    assert counters_are_right(elsewhere)


@pytest.mark.parametrize("query", ["", "boats"])
@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.REJECT])
def test_undoing_a_decision_on_all_brings_all_of_it_back(author, skill, captured, verb, query):
    before = [columns_of(one, but=TRACES) for one in reading().query(TrainingExample).order_by("id").all()]
    action = decide_on_all(author, skill, verb, query)

    undone = undo(author, action.id)

    assert undone == (action.examples, 0)
    assert [columns_of(one, but=TRACES) for one in reading().query(TrainingExample).order_by("id").all()] == before
    assert counters_are_right(skill)


def test_undoing_a_decision_on_all_leaves_alone_what_changed_since(author, skill, captured):
    action_id = decide_on_all(author, skill, Verb.APPROVE).id
    look_anew()
    boats, cars = [
        reading().query(TrainingExample).filter_by(example_input=text).one() for text in ("Red boats", "Red cars")
    ]
    decide(author, boats, Verb.REJECT)
    training_examples.delete_training_example(author, example_id=cars.id, revision=cars.revision)

    assert undo(author, action_id) == (3, 2)

    assert states(skill) == {
        "Golden boats": "approved",
        "Red boats": "rejected",
        **dict.fromkeys(["Blue boats", "Blue cars", "Trains"], "pending"),
    }
    assert counters_are_right(skill)


@pytest.mark.parametrize(
    ("query", "up_to"), [("submarines", NEWEST), ("", 0), ("golden", NEWEST)], ids=["no match", "older", "decided"]
)
def test_a_decision_on_nothing_is_a_conflict(author, skill, captured, query, up_to):
    before = dump()

    with pytest.raises(Conflict, match="Nothing in the queue matches"):
        decide_on_all(author, skill, Verb.APPROVE, query, up_to=up_to)

    assert dump() == before


@pytest.mark.parametrize("verb", [Verb.CORRECT, Verb.SCORE, Verb.FOLD])
def test_many_at_once_are_only_approved_or_rejected(author, skill, captured, verb):
    with pytest.raises(Invalid):
        decide_on_all(author, skill, verb)


@pytest.mark.parametrize("reason", ["", " \n", "x" * 2_001, "\x00"])
def test_rejecting_all_says_why(author, skill, captured, reason):
    before = dump()

    with pytest.raises(Invalid) as refused:
        decide_on_all(author, skill, Verb.REJECT, reason=reason)

    assert list(refused.value.errors) == ["reason"]
    assert dump() == before


@pytest.mark.parametrize("reason", ["An ordinary reason", "x" * 2_001, "\x00"])
def test_approving_all_keeps_no_reason(author, skill, captured, reason):
    decide_on_all(author, skill, Verb.APPROVE, reason=reason)

    look_anew()
    assert {(one.status, one.comment) for one in reading().query(TrainingExample)} == {("approved", None)}


def test_nobody_but_the_author_decides_on_all(admin, viewer, skill, captured):
    before = dump()

    for somebody, refusal in ((admin, NotAllowed), (viewer, NotAllowed), (None, SignInRequired)):
        with pytest.raises(refusal):
            decide_on_all(somebody, skill, Verb.APPROVE)

    assert dump() == before


# ---- what waits ----


def test_the_queue_is_the_pending_ones_oldest_first(skill, captured):
    queue = get_queue(skill.id, EVERYTHING)

    assert [one.example_input for one in queue.upcoming] == [
        "Red boats",
        "Blue boats",
        "Red cars",
        "Blue cars",
        "Trains",
    ]
    assert queue.current == queue.upcoming[0]
    assert (queue.matching, queue.newest_id, queue.is_counted) == (5, queue.upcoming[-1].id, True)
    assert not queue._replace(matching=COUNTED_AT_MOST).is_counted


def test_a_search_narrows_the_queue(skill, captured):
    queue = get_queue(skill.id, Filter(query="cars"))

    assert [one.example_input for one in queue.upcoming] == ["Red cars", "Blue cars"]
    assert (queue.matching, queue.newest_id) == (2, queue.upcoming[-1].id)


def test_the_queue_goes_on_after_an_example_and_begins_again_at_its_end(skill, captured):
    first, second, *_, last = get_queue(skill.id, EVERYTHING).upcoming

    assert get_queue(skill.id, EVERYTHING, after=first.id).current == second
    assert get_queue(skill.id, EVERYTHING, after=last.id).current == first
    assert get_queue(skill.id, EVERYTHING, after=last.id).matching == 5


def test_an_empty_queue_has_nothing_to_look_at(skill):
    make_example(skill)

    assert get_queue(skill.id, EVERYTHING) == (None, [], 0, 0)


def test_any_example_of_the_skill_can_be_looked_at(author, skill, captured):
    golden = reading().query(TrainingExample).filter_by(example_input="Golden boats").one()
    last = get_queue(skill.id, EVERYTHING).upcoming[-1]

    for one in (golden, last):
        assert get_queue(skill.id, EVERYTHING, example_id=one.id).current == one
    for number in (make_example(make_skill(author)).id, 999_999, 0, 2**70):
        with pytest.raises(NotFound):
            get_queue(skill.id, EVERYTHING, example_id=number)


# ---- what is taken back is gone here too ----


def test_what_a_review_kept_of_an_example_goes_with_it(author, viewer, skill):
    example = capture(skill, viewer, "Canary asked", "Canary answered")
    opinion = ask_for_opinion(author, example_id=example.id, email=make_user().email)
    give_opinion(
        reading().get_one(User, opinion.asked_of), opinion_id=opinion.id, verdict="reject", comment="Canary thought"
    )
    decide(author, example, Verb.CORRECT, expected_output="Canary corrected")
    decide(author, example, Verb.REJECT, reason="Canary refused")
    decide(author, example, Verb.CORRECT, expected_output="Canary corrected again")
    stays = capture(skill, make_user(), "Stays")
    decide(author, stays, Verb.CORRECT, expected_output="Stays corrected")
    look_anew()
    assert str(dump()).count("Canary") >= 5

    change_preferences(viewer, training_data_consent=False)

    assert "anary" not in str(dump())
    look_anew()
    assert {change.example_id for change in reading().query(ReviewChange)} == {stays.id}
    assert count_rows(Opinion) == 0
    assert counters_are_right(skill)


def test_undoing_brings_nothing_back_that_was_erased(author, viewer, skill, captured):
    action_id = decide_on_all(author, skill, Verb.APPROVE).id
    change_preferences(viewer, training_data_consent=False)

    assert undo(author, action_id) == (0, 5)

    assert states(skill) == {"Golden boats": "approved"}
    assert counters_are_right(skill)


# ---- what older rules let through ----


def test_what_is_undone_before_the_rescan_is_cleaned_by_it(author, example):
    """The words come back as they were kept, cleaned by the rules of then: the example is behind again."""
    decide(author, example, Verb.CORRECT)
    action_id = decide(author, example, Verb.CORRECT, expected_output="Another answer").action_id
    look_anew()
    [kept] = reading().query(ReviewChange).filter_by(action_id=action_id)
    leave_behind(kept, expected_output=LEAK)

    undo(author, action_id)
    rescan()

    assert SECRET not in str(dump())


@pytest.mark.parametrize("verb", [Verb.CORRECT, Verb.SCORE])
def test_what_is_decided_before_the_rescan_is_cleaned_by_it(author, example, verb):
    """What an action keeps of an example is as old as the example's own words."""
    decide(author, example, Verb.CORRECT)
    leave_behind(example, expected_output=LEAK)
    decide(author, example, verb)

    rescan()

    assert SECRET not in str(dump())


def test_what_all_were_decided_on_before_the_rescan_is_cleaned_by_it(author, skill, example):
    with writing():
        example.expected_output = "Expected"
    leave_behind(example, expected_output=LEAK)
    decide_on_all(author, skill, Verb.APPROVE)

    rescan()

    assert SECRET not in str(dump())


# ---- two at once ----


def deciding(author_id, example_id, verb):
    def call():
        actor = reading().get_one(User, author_id)
        return service.decide(actor, example_id=example_id, revision=1, verb=verb, **GIVEN[verb])

    return call


@pytest.mark.parametrize(
    "verbs",
    [(Verb.APPROVE, Verb.REJECT), (Verb.APPROVE, Verb.APPROVE), (Verb.CORRECT, Verb.SCORE), tuple(Verb)],
    ids=lambda verbs: " ".join(verbs),
)
def test_of_reviewers_at_the_same_moment_one_decides_and_the_others_are_told(app, author, skill, example, verbs):
    results = run_together(app, [deciding(author.id, example.id, verb) for verb in verbs])

    won = [verb for verb, result in zip(verbs, results, strict=True) if isinstance(result, service.Decision)]
    assert len(won) == 1
    assert len([result for result in results if isinstance(result, Stale)]) == len(verbs) - 1
    assert (example.revision, example.status) == (2, LEADS_TO[won[0]])
    assert count_rows(ReviewAction) == count_rows(ReviewChange) == 1
    assert counters_are_right(skill)


def test_undoing_at_the_same_moment_happens_once(app, author, skill, example):
    action_id, author_id = decide(author, example, Verb.APPROVE).action_id, author.id

    results = run_together(app, [lambda: undo(reading().get_one(User, author_id), action_id)] * 4)

    assert results.count((1, 0)) == 1
    assert len([result for result in results if isinstance(result, Conflict)]) == 3
    assert (example.status, example.revision) == ("pending", 3)
    assert counters_are_right(skill)


def test_one_and_all_at_the_same_moment_count_each_example_once(app, author, skill, captured):
    author_id, skill_id = author.id, skill.id
    ids = [one.id for one in get_queue(skill.id, EVERYTHING).upcoming]

    def all_of_them():
        return service.decide_on_all(
            reading().get_one(User, author_id),
            skill_id=skill_id,
            verb=Verb.APPROVE,
            wanted=EVERYTHING,
            up_to=ids[-1],
        )

    results = run_together(app, [all_of_them, *(deciding(author_id, number, Verb.REJECT) for number in ids)])

    assert all(isinstance(one, service.Decision | ReviewAction | Conflict) for one in results), results
    decided = len([one for one in results if isinstance(one, service.Decision)])
    found = list(states(skill).values())
    assert (found.count("rejected"), found.count("approved"), found.count("pending")) == (decided, 6 - decided, 0)
    assert counters_are_right(skill)
