"""Deleting an account: what was captured and who they were is gone, and what they made for others stays, unnamed."""

import pytest

from app.cli import cli
from app.domain.errors import Conflict, NotAllowed, NotFound, SignInRequired
from app.domain.notifications import Kind
from app.models import (
    ApiKey,
    AuditRecord,
    ConsentRecord,
    Erasure,
    Identity,
    Notification,
    PasswordLink,
    Tombstone,
    TrainingExample,
    User,
    UserPreferences,
)
from app.services import user_administration as service
from app.services.api_keys import create_api_key, find_api_key
from app.services.identities import Vouched, find_or_link_user
from app.services.notifications import get_notifications, notify
from app.services.opinions import ask_for_opinion, get_opinions_on, give_opinion
from app.services.password_links import get_user_of_password_link
from app.services.preferences import change_preferences
from app.services.skill_lifecycle import hand_over_skill
from app.services.transactions import reading, writing
from app.services.user_administration import Operator
from app.services.users import find_user_by_email, find_user_by_password, find_user_by_session_token, rename
from app.services.votes import cast_vote
from tests.support.factories import PASSWORD, capture, make_example, make_skill, make_suggestion, make_user
from tests.support.inspection import words_in
from tests.support.tables import count_rows, counters_are_right, dump, last_audit_record
from tests.support.threads import look_anew, run_together

pytestmark = pytest.mark.slow

NAME = "Quokka Zeppelin"
ADDRESS = "quokka.zeppelin@example.org"
WORDS = "the canary sings"


@pytest.fixture
def person(app):
    """Somebody whose name and address stand nowhere else."""
    user = make_user(NAME)
    with writing():
        user.email = ADDRESS
    return user


@pytest.fixture
def life(person, admin, author, skill):
    """Everything that somebody leaves behind: theirs, and what they made for others."""
    own = make_skill(person, name="handed-over")
    make_example(own, "Golden of theirs")
    hand_over_skill(admin, skill_id=own.id, email=author.email, author_id=person.id)
    capture(skill, person, f"{WORDS} pending")
    make_example(skill, f"{WORDS} approved", user=person, source="usage_capture", status="approved")
    asked = capture(skill, make_user(), "Of somebody else")
    make_suggestion(skill, "A suggestion of theirs", user=person)
    cast_vote(person, skill_id=skill.id, vote_type="thumbs_up", comment="A vote of theirs")
    opinion = ask_for_opinion(author, example_id=asked.id, email=ADDRESS)
    give_opinion(person, opinion_id=opinion.id, verdict="approve")
    find_or_link_user(Vouched("https://login.example.com", "subject-of-theirs", ADDRESS, True, NAME))
    key = create_api_key(person, name="Laptop", scopes=["track"]).key
    link = service.make_password_link(admin, user_id=person.id).token
    rename(person, name=NAME)
    look_anew()
    return {"own": own, "asked": asked, "key": key, "link": link}


def rows_of(model, user):
    return reading().query(model).filter_by(user_id=user.id).count()


# ---- what goes ----


def test_everything_that_was_captured_of_them_goes(admin, person, skill, life):
    stays = capture(skill, make_user(), "Of somebody else again")

    service.delete_user(admin, user_id=person.id)

    look_anew()
    assert WORDS not in str(dump())
    assert {one.example_input for one in reading().query(TrainingExample).filter_by(skill_id=skill.id)} == {
        "Of somebody else",
        stays.example_input,
    }
    assert counters_are_right(skill)
    assert count_rows(Tombstone) == 2
    [erasure] = reading().query(Erasure)
    assert (erasure.user_id, erasure.reason, erasure.examples) == (person.id, "user_deleted", 2)
    assert erasure.scrubbed_at is not None


def test_their_consent_ends_in_the_ledger(admin, person, life):
    given = reading().query(ConsentRecord).filter_by(user_id=person.id).one()

    service.delete_user(admin, user_id=person.id)

    look_anew()
    records = reading().query(ConsentRecord).filter_by(user_id=person.id).order_by(ConsentRecord.id).all()
    assert [(one.decision, one.actor_id) for one in records] == [("given", person.id), ("withdrawn", admin.id)]
    assert records[0].id == given.id


def test_whoever_never_consented_has_nothing_to_withdraw(admin, person):
    service.delete_user(admin, user_id=person.id)

    look_anew()
    assert count_rows(ConsentRecord) == count_rows(Erasure) == 0
    assert last_audit_record().action == "user.deleted"


def test_what_was_captured_before_they_withdrew_is_no_longer_there_to_delete(admin, person, skill, life):
    change_preferences(person, training_data_consent=False)

    service.delete_user(admin, user_id=person.id)

    look_anew()
    decisions = [one.decision for one in reading().query(ConsentRecord).filter_by(user_id=person.id)]
    assert decisions == ["given", "withdrawn"]
    assert [one.reason for one in reading().query(Erasure)] == ["consent_withdrawn"]


def test_what_is_only_theirs_goes(admin, person, life):
    theirs = (UserPreferences, ApiKey, Identity, PasswordLink, Notification)
    notify(Kind.AUTHORSHIP_TAKEN, user_id=person.id, actor=admin, skill_id=life["own"].id)
    look_anew()
    assert [model.__name__ for model in theirs if not rows_of(model, person)] == []

    service.delete_user(admin, user_id=person.id)

    look_anew()
    assert [model.__name__ for model in theirs if rows_of(model, person)] == []
    assert person.unread_notifications == 0


def test_their_name_and_address_are_in_no_table_any_more(admin, person, life):
    before = str(dump())
    assert NAME in before
    assert ADDRESS in before

    service.delete_user(admin, user_id=person.id)

    after = str(dump())
    for word in (NAME, ADDRESS, "Quokka", "quokka", "subject-of-theirs", "Laptop"):
        assert word not in after, word


def test_they_cannot_sign_in_by_any_way_they_had(browser_of, admin, person, life):
    session_token, signed_in = person.session_token, browser_of(person)
    assert signed_in.get("/account").status_code == 200
    assert find_user_by_password(email=ADDRESS, password=PASSWORD)

    service.delete_user(admin, user_id=person.id)

    look_anew()
    assert signed_in.get("/account").status_code == 302
    assert person.session_token != session_token
    assert find_user_by_session_token(session_token) is None
    assert find_user_by_session_token(person.session_token) is None
    for address in (ADDRESS, person.email):
        for password in (PASSWORD, ""):
            assert find_user_by_password(email=address, password=password) is None
    assert find_api_key(life["key"]) is None
    with pytest.raises(NotFound):
        get_user_of_password_link(life["link"])
    assert find_user_by_email(ADDRESS) is None
    assert (person.is_active, person.is_admin, person.password_hash) == (False, False, None)


def test_the_same_person_may_come_back_as_somebody_new(admin, person, life):
    service.delete_user(admin, user_id=person.id)

    added = service.add_user(admin, email=ADDRESS, name=NAME)

    assert added.user.id != person.id


# ---- what stays ----


def test_what_they_made_for_others_stays_by_a_deleted_user(browser_of, admin, author, person, skill, life):
    look_anew()
    votes = (skill.total_feedback, skill.positive_feedback_pct)

    service.delete_user(admin, user_id=person.id)

    look_anew()
    assert (skill.total_feedback, skill.positive_feedback_pct) == votes == (1, 100)
    assert skill.suggestion_count == 1
    assert [(one.name, one.opinion.verdict) for one in get_opinions_on(life["asked"].id)] == [
        ("Deleted user", "approve")
    ]
    browser = browser_of(author)
    assert "Deleted user" in words_in(browser.page(f"/skills/{skill.slug}/suggestions"))
    assert "A vote of theirs" in words_in(browser.page(f"/skills/{skill.slug}"))
    assert "Golden of theirs" in words_in(browser.page("/skills/handed-over/training-data"))


def test_authors_are_told_that_captured_examples_are_gone_but_not_of_whom(admin, author, person, skill, life):
    service.delete_user(admin, user_id=person.id)

    look_anew()
    told = [row for row in get_notifications(author).rows if row.notification.kind == "captured_examples_erased"]
    assert [(row.notification.detail, row.actor_name) for row in told] == [("2", None)]


def test_deleting_is_one_record_by_who_did_it_without_names(admin, person, life):
    service.delete_user(admin, user_id=person.id)

    record = last_audit_record()
    assert (record.action, record.actor_id, record.subject_id) == ("user.deleted", admin.id, person.id)
    assert NAME not in str(record.details)


def test_two_deleted_users_do_not_get_in_each_others_way(admin, person):
    other = make_user()

    service.delete_user(admin, user_id=person.id)
    service.delete_user(admin, user_id=other.id)

    look_anew()
    assert person.email != other.email
    assert {person.name, other.name} == {"Deleted user"}


# ---- what is refused ----


def test_the_author_of_skills_is_not_deleted_before_those_are_handed_over(admin, author, viewer, skill):
    before = dump()
    with pytest.raises(Conflict, match="Ada Author is the author of skills"):
        service.delete_user(admin, user_id=author.id)
    assert dump() == before

    hand_over_skill(admin, skill_id=skill.id, email=viewer.email, author_id=author.id)
    service.delete_user(admin, user_id=author.id)

    look_anew()
    assert author.name == "Deleted user"
    assert skill.author_id == viewer.id


def test_the_last_active_administrator_is_not_deleted(admin):
    make_user(is_admin=True, is_active=False)
    before = dump()

    with pytest.raises(Conflict, match="last active administrator"):
        service.delete_user(Operator.COMMAND_LINE, user_id=admin.id)

    assert dump() == before


def test_nobody_deletes_themself_and_nobody_but_administrators_deletes(admin, author, viewer, person):
    make_user(is_admin=True)
    before = dump()

    for somebody, whom, refusal in (
        (admin, admin, NotAllowed),
        (viewer, person, NotAllowed),
        (person, person, NotAllowed),
        (author, person, NotAllowed),
        (None, person, SignInRequired),
    ):
        with pytest.raises(refusal):
            service.delete_user(somebody, user_id=whom.id)

    assert dump() == before


@pytest.mark.parametrize("number", [0, 999_999, 2**70, -1])
def test_who_is_not_there_is_not_deleted(admin, number):
    with pytest.raises(NotFound):
        service.delete_user(admin, user_id=number)


def test_who_is_deleted_already_is_not_deleted_again(admin, person):
    service.delete_user(admin, user_id=person.id)
    before = dump()

    with pytest.raises(Conflict):
        service.delete_user(admin, user_id=person.id)

    assert dump() == before


@pytest.mark.parametrize("bring_back", [service.activate, service.make_administrator, service.make_password_link])
def test_who_is_deleted_does_not_come_back(admin, person, bring_back):
    service.delete_user(admin, user_id=person.id)
    before = dump()

    with pytest.raises((Conflict, NotFound)):
        bring_back(admin, user_id=person.id)

    assert dump() == before


def test_of_two_last_administrators_who_delete_each_other_one_remains(app):
    one, other = make_user(is_admin=True).id, make_user(is_admin=True).id

    def deleting(actor_id, user_id):
        return lambda: service.delete_user(reading().get_one(User, actor_id), user_id=user_id)

    results = run_together(app, [deleting(one, other), deleting(other, one)])

    assert len([result for result in results if isinstance(result, User)]) == 1
    assert reading().query(User).filter_by(is_admin=True, is_active=True).count() == 1


# ---- by the command line ----


def run(app, *words, given=None):
    look_anew()
    return app.test_cli_runner().invoke(cli, ["users", "delete", *words], input=given)


def test_the_command_deletes_after_a_yes(app, person, life):
    result = run(app, "--email", ADDRESS.upper(), given="y\n")

    look_anew()
    assert result.exit_code == 0, result.output
    assert "is deleted" in result.output
    assert person.name == "Deleted user"
    assert WORDS not in str(dump())
    last = reading().query(ConsentRecord).filter_by(user_id=person.id).order_by(ConsentRecord.id.desc()).first()
    assert (last.decision, last.actor_id) == ("withdrawn", None)
    assert last_audit_record().actor_id is None


def test_the_command_needs_no_question_where_it_is_told_so(app, person):
    assert run(app, "--email", ADDRESS, "--yes").exit_code == 0

    look_anew()
    assert person.name == "Deleted user"


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_without_a_yes_nothing_happens(app, person, answer):
    before = dump()

    result = run(app, "--email", ADDRESS, given=answer)

    assert result.exit_code != 0
    assert "gone for good" in result.output
    assert dump() == before


def test_the_command_refuses_in_a_sentence(app, author, skill, admin):
    before = dump()

    for email, sentence in (
        ("nobody@example.com", "There is no user"),
        (author.email, "author of skills"),
        (admin.email, "last active administrator"),
    ):
        result = run(app, "--email", email, "--yes")
        assert result.exit_code != 0
        assert sentence in str(result.exception)

    assert dump() == before


# ---- on the web ----


def test_an_administrator_is_asked_and_then_it_is_done(browser_of, admin, person, life):
    browser, path = browser_of(admin), f"/admin/users/{person.id}/delete"
    assert any(link.get("href") == path for link in browser.page("/admin/users").iter("a"))
    question = words_in(browser.page(path))
    assert f"Delete {NAME}?" in question
    assert "deleted for good" in question
    look_anew()

    response = browser.post(path)

    assert (response.status_code, response.location) == (303, "/admin/users")
    page = browser.page("/admin/users")
    assert f"{NAME} is deleted." in words_in(page)
    assert ADDRESS not in words_in(page)
    look_anew()
    assert person.name == "Deleted user"


def test_with_htmx_the_list_says_so_too(browser_of, admin, person):
    response = browser_of(admin).post(f"/admin/users/{person.id}/delete", htmx=True)

    assert response.status_code == 200
    assert f"{NAME} is deleted." in response.text
    look_anew()
    assert person.name == "Deleted user"


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_refusal_is_a_sentence_on_a_page(browser_of, admin, author, skill, htmx):
    before = dump()

    response = browser_of(admin).post(f"/admin/users/{author.id}/delete", htmx=htmx)

    assert response.status_code == 409
    assert "Ada Author is the author of skills" in response.text
    assert dump() == before


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_nobody_else_is_asked_or_obeyed(browser_of, admin, viewer, person, htmx):
    path, before = f"/admin/users/{person.id}/delete", dump()

    assert browser_of(viewer).get(path).status_code == 403
    assert browser_of(viewer).post(path, htmx=htmx).status_code == 403
    assert browser_of().get(path).status_code == 302
    assert browser_of().post(path, htmx=htmx).status_code == 401
    assert browser_of(admin).post(f"/admin/users/{admin.id}/delete", htmx=htmx).status_code == 403
    assert dump() == before


def test_oneself_is_not_offered_to_be_deleted(browser_of, admin, person):
    paths = [link.get("href") for link in browser_of(admin).page("/admin/users").iter("a")]

    assert f"/admin/users/{person.id}/delete" in paths
    assert f"/admin/users/{admin.id}/delete" not in paths


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_a_page_about_nobody_is_not_there(browser_of, admin, number):
    browser = browser_of(admin)

    assert browser.get(f"/admin/users/{number}/delete").status_code == 404
    assert browser.post(f"/admin/users/{number}/delete").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_answered(browser_of, admin, person, method):
    assert browser_of(admin).ask(method, f"/admin/users/{person.id}/delete").status_code == 405


def test_the_log_shows_who_was_deleted_by_number_alone(browser_of, admin, person, life):
    service.delete_user(admin, user_id=person.id)

    page = words_in(browser_of(admin).page("/admin/audit"))

    assert NAME not in page
    assert reading().query(AuditRecord).filter_by(action="user.deleted").count() == 1
