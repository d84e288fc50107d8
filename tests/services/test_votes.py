"""Votes: one standing vote a person, and aggregates that are right whoever votes at the same moment."""

import pytest

from app.domain.errors import Invalid, NotAllowed, NotFound, SignInRequired
from app.models import User, Vote
from app.services import votes as service
from app.services.transactions import reading
from tests.support.factories import make_skill, make_user
from tests.support.tables import count_rows, dump, last_audit_record
from tests.support.threads import look_anew, run_together

SECRET = "ghp_" + "a1B2" * 9


def shown(skill):
    look_anew()
    return skill.total_feedback, skill.positive_feedback_pct


@pytest.mark.parametrize(
    ("up", "down", "percent"), [(0, 0, None), (1, 0, 100), (0, 1, 0), (1, 2, 33), (2, 1, 67), (1, 7, 13), (3, 5, 38)]
)
def test_the_aggregates_count_votes_and_round_halves_up(skill, up, down, percent):
    for vote_type in ["thumbs_up"] * up + ["thumbs_down"] * down:
        answer = service.cast_vote(make_user(), skill_id=skill.id, vote_type=vote_type)

    assert shown(skill) == (up + down, percent)
    if up + down:
        assert answer == shown(skill)


def test_a_changed_vote_replaces_the_first_one(viewer, skill):
    service.cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up", comment="Good")
    first = service.find_vote(skill_id=skill.id, user_id=viewer.id)
    service.cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_down", comment="On second thought")

    standing = service.find_vote(skill_id=skill.id, user_id=viewer.id)
    assert shown(skill) == (1, 0)
    assert (standing.feedback_type, standing.comment) == ("thumbs_down", "On second thought")
    assert (standing.created_at, count_rows(Vote)) == (first.created_at, 1)
    assert last_audit_record().action == "vote.changed"


def test_the_same_vote_again_is_one_vote(viewer, skill):
    for _ in range(3):
        service.cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up")

    assert shown(skill) == (1, 100)


def test_a_withdrawn_vote_counts_no_longer(viewer, skill):
    service.cast_vote(make_user(), skill_id=skill.id, vote_type="thumbs_up")
    service.cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_down")

    answers = [service.withdraw_vote(viewer, skill_id=skill.id) for _ in range(2)]

    assert answers == [(1, 100), (1, 100)]
    assert shown(skill) == (1, 100)
    assert service.find_vote(skill_id=skill.id, user_id=viewer.id) is None
    assert last_audit_record().action == "vote.withdrawn"


def test_the_last_vote_withdrawn_leaves_no_percentage(viewer, skill):
    service.cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_down")
    service.withdraw_vote(viewer, skill_id=skill.id)

    assert shown(skill) == (0, None)


def test_the_author_cannot_vote_and_neither_can_nobody(author, skill):
    for actor, error in ((author, NotAllowed), (None, SignInRequired)):
        with pytest.raises(error):
            service.cast_vote(actor, skill_id=skill.id, vote_type="thumbs_up")
        with pytest.raises(error):
            service.withdraw_vote(actor, skill_id=skill.id)

    assert shown(skill) == (0, None)


def test_an_administrator_votes_as_everybody_does(admin, skill):
    assert service.cast_vote(admin, skill_id=skill.id, vote_type="thumbs_up") == (1, 100)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("vote_type", "suggestion"),
        ("vote_type", ""),
        ("comment", "x" * 2_001),
        ("comment", "\x00"),
        ("comment", "\ud800"),
    ],
)
def test_what_cannot_be_a_vote_is_refused_and_the_standing_vote_stays(viewer, skill, field, value):
    service.cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up")

    with pytest.raises(Invalid) as refused:
        service.cast_vote(viewer, skill_id=skill.id, **{"vote_type": "thumbs_down", field: value})

    assert list(refused.value.errors) == [field]
    assert shown(skill) == (1, 100)


def test_a_vote_on_a_skill_that_is_not_there_is_not_found(viewer):
    with pytest.raises(NotFound):
        service.cast_vote(viewer, skill_id=0, vote_type="thumbs_up")


def test_secrets_leave_the_comment_and_the_audit_holds_no_words(viewer, skill):
    service.cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up", comment=f"My words and {SECRET}")

    look_anew()
    assert service.find_vote(skill_id=skill.id, user_id=viewer.id).comment == "My words and [GITHUB_TOKEN_1]"
    assert last_audit_record().details == {"vote": "thumbs_up"}
    assert SECRET not in str(dump())


def test_many_voters_at_once_end_in_the_right_aggregates(app, skill):
    voters = [make_user().id for _ in range(8)]
    skill_id = skill.id

    def vote_and_change_my_mind(number, user_id):
        actor = reading().get_one(User, user_id)
        for vote_type in ("thumbs_down", "thumbs_up", "thumbs_up" if number < 5 else "thumbs_down"):
            service.cast_vote(actor, skill_id=skill_id, vote_type=vote_type)
        if number == 0:
            service.withdraw_vote(actor, skill_id=skill_id)

    results = run_together(app, [lambda item=item: vote_and_change_my_mind(*item) for item in enumerate(voters)])

    assert results == [None] * 8
    assert count_rows(Vote) == 7
    assert shown(skill) == (7, 57)


def test_one_person_in_two_windows_at_once_has_one_vote(app, viewer, skill):
    viewer_id, skill_id, other_id = viewer.id, skill.id, make_skill().id

    def cast(vote_type):
        actor = reading().get_one(User, viewer_id)
        return service.cast_vote(actor, skill_id=skill_id, vote_type=vote_type)

    results = run_together(app, [lambda: cast("thumbs_up"), lambda: cast("thumbs_down")] * 2)

    assert not [result for result in results if isinstance(result, Exception)]
    assert count_rows(Vote) == 1
    assert shown(skill)[0] == 1
    assert service.find_vote(skill_id=other_id, user_id=viewer_id) is None
