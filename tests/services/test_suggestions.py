"""Suggestions: anybody who is signed in may make one; nobody's words are stored with a secret in them."""

import pytest

from app.domain.errors import Invalid, NotFound, SignInRequired
from app.services import suggestions as service
from app.services.paging import Cursor
from app.services.transactions import reading
from app.services.votes import cast_vote
from tests.support.factories import make_example, make_skill
from tests.support.tables import count_rows, counters_are_right, dump, last_audit_record
from tests.support.threads import look_anew

SECRET = "ghp_" + "a1B2" * 9


def suggest(actor, skill, comment="Say what to do with an empty input.", **rest):
    values = {"category": "output_quality", "severity": "important", "comment": comment, **rest}
    return service.submit_suggestion(actor, skill_id=skill.id, **values)


def test_a_viewer_the_author_and_an_administrator_each_suggest_an_improvement(author, viewer, admin, skill):
    for actor in (viewer, author, admin):
        suggest(actor, skill, suggested_content="---\nname: a-skill\n---\n")

    look_anew()
    rows = service.get_suggestions_for_skill(skill.id).rows
    assert [row.user_name for row in rows] == ["Adam Admin", "Ada Author", "Vera Viewer"]
    assert {row.suggestion.status for row in rows} == {"pending"}
    assert {row.has_content for row in rows} == {True}
    assert service.get_suggestion_count(skill.id) == 3
    assert counters_are_right(skill)


def test_nobody_suggests_without_signing_in(skill):
    with pytest.raises(SignInRequired):
        suggest(None, skill)

    assert count_rows() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("category", "vibes"),
        ("severity", ""),
        ("comment", "too short"),
        ("comment", "          \n"),
        ("comment", "x" * 2_001),
        ("comment", "half a \ud800 character"),
        ("suggested_content", "x" * 100_001),
        ("suggested_content", "nul \x00"),
    ],
)
def test_what_cannot_be_a_suggestion_is_refused_beside_its_field(viewer, skill, field, value):
    with pytest.raises(Invalid) as refused:
        suggest(viewer, skill, **{field: value})

    assert list(refused.value.errors) == [field]
    assert (count_rows(), service.get_suggestion_count(skill.id)) == (0, 0)


def test_a_suggestion_for_a_skill_that_is_not_there_is_not_found(viewer, skill):
    missing = make_skill()
    reading().delete(missing)
    reading().commit()

    with pytest.raises(NotFound):
        suggest(viewer, missing)
    assert service.get_suggestion_count(missing.id) == 0


@pytest.mark.parametrize("field", ["comment", "suggested_content"])
@pytest.mark.parametrize("write", [service.submit_suggestion, service.create_suggestion])
def test_secrets_leave_every_text(viewer, skill, field, write):
    texts = {"comment": "A comment of some length", "suggested_content": "Some", field: f"Take out {SECRET} please"}
    who = {"actor": viewer} if write is service.submit_suggestion else {"user_id": viewer.id}

    made = write(**who, skill_id=skill.id, category="other", severity="critical", **texts)

    look_anew()
    suggestion = getattr(made, "suggestion", made)
    assert getattr(made, "secrets_found", ("github_token",)) == ("github_token",)
    assert getattr(suggestion, field) == "Take out [GITHUB_TOKEN_1] please"
    assert SECRET not in str(dump())


def test_a_suggestion_is_audited_without_its_words_and_moves_no_aggregate(author, viewer, skill):
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_down")
    suggestion = suggest(viewer, skill, "These are the words of a person.").suggestion

    look_anew()
    record = last_audit_record()
    assert (record.action, record.actor_id, record.subject_id) == ("suggestion.created", viewer.id, suggestion.id)
    assert record.details == {"skill_id": skill.id, "redacted": []}
    assert (skill.total_feedback, skill.positive_feedback_pct, skill.training_data_version) == (1, 0, 0)


def test_the_list_is_newest_first_and_pages_forward_and_back(viewer, skill):
    made = [suggest(viewer, skill, f"Suggestion number {number}").suggestion.id for number in range(7)]
    suggest(viewer, make_skill())
    make_example(skill)

    def page(**place):
        cursor = Cursor.parse(**{"after": None, "before": None, **place}, parts=1)
        return service.get_suggestions_for_skill(skill.id, cursor=cursor, size=3)

    first = page()
    second = page(after=first.after)
    third = page(after=second.after)
    back = page(before=third.before)
    shown = [row.suggestion.id for one in (first, second, third) for row in one.rows]
    assert shown == made[::-1]
    assert [row.suggestion.id for row in back.rows] == [row.suggestion.id for row in second.rows]
    assert (first.before, third.after) == (None, None)
