from app.cli import cli
from app.models import User
from app.services.users import find_user_by_password
from tests.support.tables import count_rows

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
