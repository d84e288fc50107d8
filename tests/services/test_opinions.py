"""Second opinions: asked of somebody else, answered once, told both ways, and counted against the decisions."""

import pytest

from app.domain.errors import Conflict, Invalid, NotAllowed, NotFound, SignInRequired
from app.domain.reviews import Verb
from app.models import AuditRecord, Notification, Opinion
from app.services import opinions as service
from app.services.reviews import decide
from app.services.training_examples import delete_training_example
from app.services.transactions import reading
from tests.support.factories import capture, make_skill, make_user
from tests.support.tables import count_rows, dump, last_audit_record
from tests.support.threads import look_anew, run_together

pytestmark = pytest.mark.slow

GITHUB = "ghp_" + "a1B2" * 9


def ask(actor, example, user):
    return service.ask_for_opinion(actor, example_id=example.id, email=user.email)


def give(actor, opinion, verdict="approve", **rest):
    return service.give_opinion(actor, opinion_id=opinion.id, verdict=verdict, **rest)


def told():
    look_anew()
    rows = reading().query(Notification).filter(Notification.kind.like("opinion%")).order_by(Notification.id)
    return [(row.kind, row.user_id, row.actor_id, row.skill_id, row.subject_id) for row in rows]


def verdicts(example):
    look_anew()
    return [(row.name, row.opinion.verdict) for row in service.get_opinions_on(example.id)]


@pytest.fixture
def example(skill):
    """Captured of somebody's usage."""
    return capture(skill, make_user("Una User"), "A question", "An answer")


@pytest.fixture
def opinion(author, viewer, example):
    return ask(author, example, viewer)


# ---- asking ----


def test_the_one_who_is_asked_is_told_and_finds_it(author, viewer, skill, example):
    opinion = ask(author, example, viewer)

    assert told() == [("opinion_asked", viewer.id, author.id, skill.id, opinion.id)]
    [row] = service.get_opinions_asked(viewer)
    assert (row.opinion.id, row.example.id, row.skill.id) == (opinion.id, example.id, skill.id)
    assert row.asked_by_name == "Ada Author"
    assert verdicts(example) == [("Vera Viewer", None)]


def test_asking_is_a_change_that_open_pages_notice(author, viewer, skill, example):
    look_anew()
    version, records = skill.training_data_version, count_rows(AuditRecord)

    ask(author, example, viewer)

    look_anew()
    assert skill.training_data_version == version + 1
    assert count_rows(AuditRecord) == records + 1
    record = last_audit_record()
    assert (record.action, record.actor_id, record.subject_id) == ("opinion.asked", author.id, example.id)
    assert record.details == {"asked_of": viewer.id}


def test_an_address_is_found_as_it_is_written(author, viewer, example):
    service.ask_for_opinion(author, example_id=example.id, email=f" {viewer.email.upper()} ")

    assert verdicts(example) == [("Vera Viewer", None)]


def test_several_are_asked_each_once(author, viewer, admin, example, opinion):
    ask(author, example, admin)
    before = dump()

    with pytest.raises(Conflict, match="Vera Viewer was asked about this example already"):
        ask(author, example, viewer)

    assert dump() == before
    assert verdicts(example) == [("Vera Viewer", None), ("Adam Admin", None)]


def test_oneself_and_whose_usage_it_was_are_not_asked(author, skill):
    user = make_user()
    example = capture(skill, user)
    before = dump()

    for somebody in (author, user):
        with pytest.raises(Invalid, match="Ask somebody else") as refused:
            ask(author, example, somebody)
        assert list(refused.value.errors) == ["email"]

    assert dump() == before


@pytest.mark.parametrize("email", ["", "nobody@example.com", "no address", "\x00", "\ud800", "x" * 10_000])
def test_an_address_that_nobody_has_is_refused(author, example, email):
    before = dump()

    with pytest.raises(Invalid, match="Nobody who can sign in") as refused:
        service.ask_for_opinion(author, example_id=example.id, email=email)

    assert list(refused.value.errors) == ["email"]
    assert dump() == before


def test_whoever_is_deactivated_is_not_asked(author, example):
    with pytest.raises(Invalid, match="Nobody who can sign in"):
        ask(author, example, make_user(is_active=False))


def test_nobody_but_the_author_asks(admin, viewer, example):
    before = dump()

    for somebody, refusal in ((admin, NotAllowed), (viewer, NotAllowed), (None, SignInRequired)):
        with pytest.raises(refusal):
            service.ask_for_opinion(somebody, example_id=example.id, email=viewer.email)

    assert dump() == before


@pytest.mark.parametrize("number", [0, 999_999, 2**70])
def test_an_example_that_is_not_there_is_not_asked_about(author, viewer, skill, number):
    with pytest.raises(NotFound):
        service.ask_for_opinion(author, example_id=number, email=viewer.email)


# ---- answering ----


def test_an_answer_is_kept_and_the_asker_is_told(author, viewer, skill, example, opinion):
    give(viewer, opinion, "reject", quality_score=3, comment=" Too short. ")

    look_anew()
    assert (opinion.verdict, opinion.quality_score, opinion.comment) == ("reject", 3, "Too short.")
    assert opinion.answered_at >= opinion.asked_at
    assert told()[1:] == [("opinion_given", author.id, viewer.id, skill.id, example.id)]
    assert last_audit_record().action == "opinion.given"
    assert "short" not in str(dump()["audit_log"])


def test_a_verdict_alone_is_an_answer(viewer, example, opinion):
    give(viewer, opinion)

    look_anew()
    assert (opinion.verdict, opinion.quality_score, opinion.comment) == ("approve", None, None)


def test_an_opinion_changes_nothing_of_the_example_and_open_pages_notice(viewer, skill, example, opinion):
    look_anew()
    version, before = skill.training_data_version, dump()["skill_feedback"]

    give(viewer, opinion, "reject", quality_score=1, comment="No.")

    look_anew()
    assert dump()["skill_feedback"] == before
    assert skill.training_data_version == version + 1


def test_a_secret_in_a_comment_is_not_kept(viewer, opinion):
    give(viewer, opinion, comment=f"It has {GITHUB}")

    look_anew()
    assert opinion.comment == "It has [GITHUB_TOKEN_1]"
    assert GITHUB not in str(dump())


def test_one_answers_once(viewer, opinion):
    give(viewer, opinion, "approve")
    before = dump()

    with pytest.raises(Conflict, match="answered this already"):
        give(viewer, opinion, "reject", comment="On second thought")

    assert dump() == before


def test_answers_at_the_same_moment_count_once(app, viewer, opinion):
    number, viewer_id = opinion.id, viewer.id

    def answering(verdict):
        actor = reading().get_one(type(viewer), viewer_id)
        return service.give_opinion(actor, opinion_id=number, verdict=verdict)

    results = run_together(app, [lambda verdict=one: answering(verdict) for one in ("approve", "reject") * 2])

    assert len([one for one in results if isinstance(one, Opinion)]) == 1
    assert len([one for one in results if isinstance(one, Conflict)]) == 3
    assert [kind for kind, *_ in told()] == ["opinion_asked", "opinion_given"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"verdict": ""}, "verdict"),
        ({"verdict": "maybe"}, "verdict"),
        ({"quality_score": 11}, "quality_score"),
        ({"comment": "x" * 2_001}, "comment"),
        ({"comment": "nul \x00"}, "comment"),
    ],
)
def test_what_is_no_answer_is_refused_beside_its_field(viewer, opinion, given, field):
    before = dump()

    with pytest.raises(Invalid) as refused:
        give(viewer, opinion, **given)

    assert list(refused.value.errors) == [field]
    assert dump() == before


def test_what_others_were_asked_is_not_there_for_anybody_else(author, admin, opinion):
    for somebody in (author, admin, make_user()):
        with pytest.raises(NotFound):
            service.get_opinion(somebody, opinion.id)
        with pytest.raises(NotFound):
            give(somebody, opinion)
        assert service.get_opinions_asked(somebody) == []


@pytest.mark.parametrize("number", [0, 999_999, 2**70, -1])
def test_what_was_never_asked_is_not_there(viewer, opinion, number):
    with pytest.raises(NotFound):
        service.get_opinion(viewer, number)


def test_what_waits_comes_first_and_then_the_newest(author, viewer, skill):
    examples = [capture(skill, make_user()) for _ in range(4)]
    first, second, third, fourth = (ask(author, one, viewer) for one in examples)
    give(viewer, fourth)
    give(viewer, second)

    assert [row.opinion.id for row in service.get_opinions_asked(viewer)] == [third.id, first.id, fourth.id, second.id]
    assert [row.opinion.id for row in service.get_opinions_asked(viewer, limit=1)] == [third.id]


def test_nobody_who_is_not_signed_in_was_asked_anything(app):
    with pytest.raises(SignInRequired):
        service.get_opinions_asked(None)


def test_an_opinion_goes_with_the_example(author, viewer, example, opinion):
    give(viewer, opinion, comment="Words of an opinion")

    delete_training_example(author, example_id=example.id, revision=1)

    assert count_rows(Opinion) == 0
    assert "Words of an opinion" not in str(dump())


# ---- agreement ----


def test_agreement_counts_answers_on_decided_examples(author, viewer, skill):
    def opined(verdict, verb):
        example = capture(skill, make_user())
        if verdict:
            give(viewer, ask(author, example, viewer), verdict)
        else:
            ask(author, example, viewer)
        if verb:
            decide(author, example_id=example.id, revision=1, verb=verb, reason="No", expected_output="Better")

    assert service.count_agreement(skill.id) == (0, 0)
    opined("approve", Verb.APPROVE)
    opined("approve", Verb.CORRECT)
    opined("reject", Verb.REJECT)
    opined("approve", Verb.REJECT)
    opined("reject", Verb.APPROVE)
    opined("approve", None)
    opined(None, Verb.APPROVE)

    assert service.count_agreement(skill.id) == (5, 3)
    assert service.count_agreement(make_skill(author).id) == (0, 0)
