import pytest

from app.cli import cli
from app.models import User
from app.services.users import find_user_by_password
from tests.support.factories import make_user
from tests.support.tables import count_rows, last_audit_record

PASSWORD = "a long enough password"


def create(app, *options, password=PASSWORD, email="new@example.com"):
    command = ["users", "create", "--email", email, "--name", "New Person", "--password-stdin", *options]
    return app.test_cli_runner().invoke(cli, command, input=password + "\n")


def test_a_user_is_added_with_the_password_from_standard_input(app):
    result = create(app)

    assert (result.exit_code, result.output) == (0, "Added new@example.com.\n")
    user = find_user_by_password(email="new@example.com", password=PASSWORD)
    assert (user.name, user.is_admin) == ("New Person", False)


def test_an_administrator_is_added_where_that_is_said(app):
    result = create(app, "--admin")

    assert result.output == "Added new@example.com as an administrator.\n"
    assert find_user_by_password(email="new@example.com", password=PASSWORD).is_admin


def test_only_the_line_end_is_taken_off_the_password(app):
    create(app, password="  spaces around it  \r")

    assert find_user_by_password(email="new@example.com", password="  spaces around it  ")


def test_what_cannot_be_a_user_ends_with_a_sentence_and_adds_nobody(app):
    create(app)
    for refused in (create(app), create(app, email="b@example.com", password="short"), create(app, email="nobody")):
        assert refused.exit_code != 0
        assert str(refused.exception)
        assert PASSWORD not in refused.output + str(refused.exception)

    assert count_rows(User) == 1


def run(app, *words):
    return app.test_cli_runner().invoke(cli, ["users", *words])


def test_everybody_is_listed_with_what_is_special_about_them(app, admin, viewer):
    gone = make_user("Esc \x1b[31m", is_active=False)

    assert run(app, "list").output.splitlines() == [
        f"{gone.email}\tEsc ?[31m\tdeactivated",
        f"{viewer.email}\tVera Viewer",
        f"{admin.email}\tAdam Admin\tadministrator",
    ]


def test_a_user_is_deactivated_activated_promoted_and_removed(app, admin, viewer):
    said = [
        run(app, command, "--email", viewer.email.upper()).output
        for command in ("deactivate", "activate", "make-admin", "remove-admin")
    ]

    assert said == [
        f"{viewer.email} is deactivated and signed out everywhere.\n",
        f"{viewer.email} can sign in again.\n",
        f"{viewer.email} is an administrator now.\n",
        f"{viewer.email} is no administrator any more.\n",
    ]
    assert last_audit_record().actor_id is None


def test_the_path_of_a_password_link_is_printed_and_leads_there(app, viewer, browser_of):
    path = run(app, "password-link", "--email", viewer.email).output.strip()

    assert path.startswith("/set-password/")
    assert viewer.email in browser_of().get(path).text


@pytest.mark.parametrize("command", ["deactivate", "activate", "make-admin", "remove-admin", "password-link"])
def test_what_cannot_be_done_ends_with_a_sentence(app, admin, command):
    nobody = run(app, command, "--email", "nobody@example.com")

    assert str(nobody.exception) == "There is no user with the address nobody@example.com."
    if command in ("deactivate", "remove-admin"):
        assert "last active administrator" in str(run(app, command, "--email", admin.email).exception)
