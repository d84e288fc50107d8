"""Votes: one standing vote a person, and aggregates that are right whoever votes at the same moment."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.domain.errors import Conflict, Invalid, NotAllowed, NotFound, SignInRequired
from app.extensions import db
from app.models import User, Vote
from app.services import votes as service
from app.services.suggestions import submit_suggestion
from app.services.transactions import reading
from tests.support.factories import make_example, make_skill, make_user
from tests.support.plans import noted_statements, plan_of
from tests.support.tables import count_rows, dump, last_audit_record
from tests.support.threads import look_anew, run_together

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
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

    answer = service.withdraw_vote(viewer, skill_id=skill.id)

    assert answer == (1, 100)
    assert shown(skill) == (1, 100)
    assert service.find_vote(skill_id=skill.id, user_id=viewer.id) is None
    assert last_audit_record().action == "vote.withdrawn"


def test_a_vote_that_is_not_there_cannot_be_withdrawn(viewer, skill):
    service.cast_vote(make_user(), skill_id=skill.id, vote_type="thumbs_up")
    before = dump()

    with pytest.raises(Conflict, match="no vote on this skill to withdraw"):
        service.withdraw_vote(viewer, skill_id=skill.id)

    assert dump() == before


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


@pytest.mark.parametrize("comment", [None, "", " \r\n\t "])
def test_a_comment_without_words_is_none(viewer, skill, comment):
    service.cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up", comment=comment)

    assert service.find_vote(skill_id=skill.id, user_id=viewer.id).comment is None


def test_line_ends_of_a_comment_are_kept_as_line_feeds(viewer, skill):
    service.cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up", comment=" a\r\nb ")

    assert service.find_vote(skill_id=skill.id, user_id=viewer.id).comment == " a\nb "


def cast_at(moment, skill, vote_type, voter=None, comment=None):
    with time_machine.travel(moment, tick=False):
        service.cast_vote(voter or make_user(), skill_id=skill.id, vote_type=vote_type, comment=comment)


def sentiment_at(moment, skill):
    """The sentiment as (recent, {first day of the week: (up, down)}), without the weeks that have no votes."""
    with time_machine.travel(moment, tick=False):
        sentiment = service.get_sentiment(skill.id)
    return sentiment.recent, {str(week.starts_on): week[1:] for week in sentiment.weeks if week.up or week.down}


def test_votes_are_counted_in_the_week_in_which_they_were_last_cast(viewer, skill):
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    cast_at(monday, skill, "thumbs_up")
    cast_at(monday - timedelta(microseconds=1), skill, "thumbs_up")
    cast_at(monday - timedelta(weeks=1), skill, "thumbs_down")
    cast_at(monday - timedelta(weeks=3), skill, "thumbs_up", viewer)
    cast_at(NOON, skill, "thumbs_down", viewer)
    cast_at(NOON, make_skill(), "thumbs_down")

    assert sentiment_at(NOON, skill) == ((4, 50), {"2026-11-16": (1, 1), "2026-11-23": (1, 1)})


def test_only_30_days_are_recent_and_only_26_weeks_are_shown(skill):
    recent, first_week = NOON - timedelta(days=30), datetime(2026, 6, 1, tzinfo=UTC)
    for moment in (recent, recent - timedelta(microseconds=1), first_week, first_week - timedelta(microseconds=1)):
        cast_at(moment, skill, "thumbs_up")

    assert sentiment_at(NOON, skill) == ((1, 100), {"2026-06-01": (1, 0), "2026-10-26": (2, 0)})
    assert shown(skill) == (4, 100)


def test_nothing_else_than_standing_votes_has_a_sentiment(viewer, skill):
    make_example(skill)
    submit_suggestion(viewer, skill_id=skill.id, category="other", severity="critical", comment="Do it another way.")
    service.cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up")
    service.withdraw_vote(viewer, skill_id=skill.id)

    assert service.get_sentiment(skill.id).recent == (0, None)
    assert service.get_vote_comments(skill.id) == []


def test_comments_come_newest_first_with_their_users_and_only_so_many(viewer, skill):
    cast_at(NOON - timedelta(days=9), skill, "thumbs_up", viewer, "First")
    for day in range(1, 5):
        cast_at(NOON - timedelta(days=day), skill, "thumbs_down", comment=f"{day} days ago")
    cast_at(NOON - timedelta(hours=1), skill, "thumbs_up")
    cast_at(NOON, skill, "thumbs_down", viewer, "On second thought")
    cast_at(NOON, make_skill(), "thumbs_up", comment="Of another skill")

    rows = service.get_vote_comments(skill.id, size=3)

    assert [row.vote.comment for row in rows] == ["On second thought", "1 days ago", "2 days ago"]
    assert (rows[0].user_name, rows[0].vote.user_id) == ("Vera Viewer", viewer.id)


def test_the_votes_own_index_answers_for_the_sentiment_and_for_the_comments(skill):
    skill_id = skill.id
    with noted_statements() as sent:
        service.get_sentiment(skill_id)
        service.get_vote_comments(skill_id)
    statements = [one for one in sent if "FROM skill_feedback" in one[0]]
    assert len(statements) == 2

    plans = ["\n".join(plan_of(one)) for one in statements]
    if db.engine.dialect.name == "sqlite":
        assert "COVERING INDEX ix_skill_feedback_vote_updated_at (skill_id=? AND updated_at>?)" in plans[0], plans
        assert "SCAN skill_feedback" not in plans[1], plans
    else:  # which index it takes depends on how many rows it believes there are
        assert not [plan for plan in plans if "Seq Scan" in plan], plans


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
