"""What becomes of a suggestion: moved along one table, replied to, applied as a version; the votes stay as they are."""

import pytest
from sqlalchemy import select

from app.domain.errors import Conflict, Invalid, NotAllowed, NotFound, SignInRequired, Stale
from app.domain.skill_md import parse_skill_file
from app.domain.suggestions import TRANSITIONS, Category, Severity, Status
from app.models import AuditRecord, SkillVersion
from app.services import suggestions as service
from app.services.skill_versions import get_current_version, save_skill_file
from app.services.suggestion_lists import Filter
from app.services.transactions import reading
from app.services.votes import cast_vote
from tests.support.factories import WAYS, make_skill, make_suggestion, make_user, skill_text
from tests.support.tables import counters_are_right, dump, last_audit_record
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

SECRET = "ghp_" + "a1B2" * 9
CONTENT = skill_text("a-skill", body="# A skill\n\nDo it very well.\n")


def move(actor, suggestion, status, revision=None):
    return service.move_suggestion(
        actor, suggestion_id=suggestion.id, status=status, revision=revision or suggestion.revision
    )


def reply(actor, suggestion, text="Thank you.", revision=None):
    return service.reply_to_suggestion(
        actor, suggestion_id=suggestion.id, reply=text, revision=revision or suggestion.revision
    )


def apply(actor, suggestion, *, revision=None, version_number=1):
    return service.apply_suggestion(
        actor,
        suggestion_id=suggestion.id,
        revision=revision or suggestion.revision,
        version_number=version_number,
    )


@pytest.mark.parametrize("current", Status)
@pytest.mark.parametrize("wanted", Status)
def test_exactly_the_moves_of_the_table_are_possible(author, skill, current, wanted):
    suggestion = make_suggestion(skill, status=current.value)
    before = dump()

    if wanted in TRANSITIONS[current]:
        assert move(author, suggestion, wanted.value).status == wanted
    else:
        with pytest.raises(Conflict) as refused:
            move(author, suggestion, wanted.value)
        for possible in TRANSITIONS[current]:
            assert possible in str(refused.value)
        assert dump() == before


def test_a_state_that_is_none_is_refused_with_those_that_are(author, skill):
    with pytest.raises(Invalid, match="pending, accepted, implemented, dismissed"):
        move(author, make_suggestion(skill), "done")


def test_the_author_and_administrators_move_it_and_nobody_else(author, admin, viewer, skill):
    suggestion = make_suggestion(skill, user=viewer)
    move(author, suggestion, "accepted")
    move(admin, suggestion, "dismissed")

    for somebody, refusal in ((viewer, NotAllowed), (None, SignInRequired), (make_user(), NotAllowed)):
        with pytest.raises(refusal):
            move(somebody, suggestion, "pending")
    assert suggestion.status == "dismissed"


def test_a_move_is_one_change_with_one_record_that_open_pages_notice(admin, skill):
    suggestion = make_suggestion(skill)
    look_anew()
    version, records = skill.suggestions_version, reading().query(AuditRecord).count()

    move(admin, suggestion, "accepted")

    look_anew()
    record = last_audit_record()
    assert (record.action, record.actor_id, record.subject_id) == ("suggestion.moved", admin.id, suggestion.id)
    assert record.details == {"skill_id": skill.id, "before": "pending", "after": "accepted"}
    assert reading().query(AuditRecord).count() == records + 1
    assert (skill.suggestions_version, suggestion.revision) == (version + 1, 2)


@pytest.mark.parametrize("change", [move, reply], ids=["move", "reply"])
def test_what_changed_since_it_was_looked_at_is_not_changed_again(author, skill, change):
    suggestion = make_suggestion(skill)
    reply(author, suggestion)
    before = dump()

    with pytest.raises(Stale) as refused:
        change(author, suggestion, "dismissed", revision=1)

    assert refused.value.revision == 2
    assert dump() == before


@pytest.mark.parametrize("status", WAYS)
def test_the_author_replies_in_any_state_and_rewrites_the_reply(author, skill, status):
    suggestion = make_suggestion(skill, status=status)

    reply(author, suggestion, "First thought.\r\n")
    saved = reply(author, suggestion, f"Better: {SECRET}")

    look_anew()
    row = service.get_suggestion_with_user(skill.id, suggestion.id)
    assert (row.suggestion.reply, row.replier_name) == ("Better: [GITHUB_TOKEN_1]", "Ada Author")
    assert row.suggestion.status == status
    assert saved.secrets_found == ("github_token",)
    assert last_audit_record().details == {"skill_id": skill.id, "redacted": ["github_token"]}


def test_nobody_but_the_author_replies(admin, viewer, skill):
    suggestion = make_suggestion(skill, user=viewer)

    for somebody in (viewer, admin, None):
        with pytest.raises((NotAllowed, SignInRequired)):
            reply(somebody, suggestion)
    assert suggestion.reply is None


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2_001, "nul \x00"])
def test_what_cannot_be_a_reply_is_refused(author, skill, text):
    with pytest.raises(Invalid) as refused:
        reply(author, make_suggestion(skill), text)

    assert list(refused.value.errors) == ["reply"]


def test_applying_makes_the_text_the_next_version_and_the_suggestion_implemented(author, viewer, skill):
    suggestion = make_suggestion(skill, user=viewer, suggested_content=CONTENT, status="accepted")

    apply(author, suggestion)

    look_anew()
    version = get_current_version(skill)
    assert (version.number, version.content, version.created_by) == (2, CONTENT, author.id)
    assert version.note == f"Applies suggestion {suggestion.id}."
    assert (suggestion.status, suggestion.applied_version_id) == ("implemented", version.id)
    assert service.get_applied_version_number(suggestion) == 2
    assert last_audit_record().action == "suggestion.applied"
    with pytest.raises(Conflict, match="implemented"):
        apply(author, suggestion, version_number=2)


@pytest.mark.parametrize("status", ["pending", "dismissed", "implemented"])
def test_only_an_accepted_suggestion_is_applied(author, skill, status):
    suggestion = make_suggestion(skill, suggested_content=CONTENT, status=status)
    before = dump()

    with pytest.raises(Conflict, match=f"This suggestion is {status}"):
        apply(author, suggestion)

    assert dump() == before


def test_what_was_compared_with_an_older_version_is_not_applied(author, skill):
    suggestion = make_suggestion(skill, suggested_content=CONTENT, status="accepted")
    save_skill_file(author, parse_skill_file(skill_text("a-skill", body="# Meanwhile\n")))
    before = dump()

    with pytest.raises(Conflict, match="version 2 by now"):
        apply(author, suggestion)
    with pytest.raises(Stale):
        apply(author, suggestion, revision=1, version_number=2)

    assert dump() == before


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "brings no SKILL.md"),
        ("Just a passage", "Line 1"),
        (skill_text("another-name"), "the name must stay 'a-skill'"),
        ("---\nname: A Skill\n---\n", "description"),
    ],
)
def test_what_is_no_text_of_this_skill_is_not_applied(author, skill, content, fault):
    suggestion = make_suggestion(skill, suggested_content=content, status="accepted")
    before = dump()

    with pytest.raises(Invalid, match=fault):
        apply(author, suggestion)

    assert dump() == before


def test_a_text_that_is_there_already_is_no_new_version(author, skill):
    content = get_current_version(skill).content
    suggestion = make_suggestion(skill, suggested_content=content, status="accepted")

    with pytest.raises(Conflict, match="says this already"):
        apply(author, suggestion)
    assert suggestion.status == "accepted"
    assert reading().query(SkillVersion).count() == 1


def test_nobody_but_the_author_applies(admin, viewer, skill):
    suggestion = make_suggestion(skill, user=viewer, suggested_content=CONTENT, status="accepted")

    for somebody in (viewer, admin, None):
        with pytest.raises((NotAllowed, SignInRequired)):
            apply(somebody, suggestion)
    assert get_current_version(skill).number == 1


def test_nothing_that_happens_to_a_suggestion_moves_the_votes(author, viewer, skill):
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_down")
    look_anew()
    votes = (skill.total_feedback, skill.positive_feedback_pct)

    suggestion = make_suggestion(skill, user=viewer, suggested_content=CONTENT, status="dismissed")
    move(author, suggestion, "pending")
    move(author, suggestion, "accepted")
    reply(author, suggestion)
    apply(author, suggestion)

    look_anew()
    assert (skill.total_feedback, skill.positive_feedback_pct) == votes == (1, 0)
    assert counters_are_right(skill)


def test_content_that_is_the_present_text_or_blank_is_none(viewer, skill):
    for content in (get_current_version(skill).content.replace("\n", "\r\n"), "  \n", "", None):
        saved = service.submit_suggestion(
            viewer,
            skill_id=skill.id,
            category="other",
            severity="critical",
            comment="A comment of its own",
            suggested_content=content,
        )
        assert saved.suggestion.suggested_content is None


def test_each_filter_lets_its_own_through_and_all_can_be_joined(skill):
    made = {
        (category, severity, status): make_suggestion(skill, category=category, severity=severity, status=status).id
        for category in ("error", "other")
        for severity in ("critical", "important")
        for status in ("pending", "dismissed")
    }

    def shown(**wanted):
        return {row.suggestion.id for row in service.get_suggestions_for_skill(skill.id, wanted=Filter(**wanted)).rows}

    def having(part):
        return {number for parts, number in made.items() if part in parts}

    assert shown() == set(made.values())
    assert shown(category=Category.ERROR) == having("error")
    assert shown(severity=Severity.CRITICAL) == having("critical")
    assert shown(status=Status.DISMISSED) == having("dismissed")
    assert shown(category=Category.ERROR, severity=Severity.CRITICAL, status=Status.PENDING) == {
        made["error", "critical", "pending"]
    }


def test_a_suggestion_of_another_skill_or_none_is_not_found(skill):
    elsewhere = make_suggestion(make_skill())

    for number in (elsewhere.id, 2**40, 0):
        with pytest.raises(NotFound):
            service.get_suggestion_with_user(skill.id, number)


def test_the_version_it_became_may_go_and_the_suggestion_stays(author, skill):
    suggestion = make_suggestion(skill, suggested_content=CONTENT, status="accepted")
    apply(author, suggestion)
    version = SkillVersion.__table__
    reading().execute(version.delete().where(version.c.id == suggestion.applied_version_id))
    reading().commit()

    look_anew()
    assert (suggestion.status, suggestion.applied_version_id) == ("implemented", None)
    assert reading().scalar(select(SkillVersion.number)) == 1
