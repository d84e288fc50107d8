import json

from sqlalchemy import select

from app.cli import cli
from app.models import Skill, Suggestion, TrainingExample, User, Vote
from app.services.demo import FOLDER, PASSWORD, find_demo_people, load_demo
from app.services.transactions import reading
from app.services.users import find_user_by_password
from tests.support.factories import make_user
from tests.support.tables import count_rows, counters_are_right, dump


def demo(app):
    result = app.test_cli_runner().invoke(cli, ["demo"])
    assert result.exit_code == 0, result.exception
    return result.output


def test_the_first_start_loads_all_and_the_second_touches_nothing(app):
    first = demo(app)
    after_first = dump()
    second = demo(app)

    assert dump() == after_first
    assert first.startswith("The demo data is loaded.\n")
    assert second == first.removeprefix("The demo data is loaded.\n")
    for email, role in find_demo_people():
        assert f"  {email} " in first
        assert role in first
    assert PASSWORD in first

    authors = set(reading().scalars(select(Skill.author_id)))
    assert len(authors) >= 3
    assert count_rows(Skill) >= 6
    assert count_rows(TrainingExample) >= 40
    assert min(count_rows(Suggestion), count_rows(Vote)) > 0
    for skill in reading().query(Skill).all():
        assert counters_are_right(skill)
    roles = {find_user_by_password(email=email, password=PASSWORD).is_admin for email, _ in find_demo_people()[:1]}
    assert roles <= {True, False}
    assert [user.is_admin for user in reading().query(User)].count(True) == 1
    assert all(person["email"].partition("@")[2] for person in json.loads((FOLDER / "people.json").read_text()))


def test_nothing_is_loaded_beside_data_of_ones_own(app):
    make_user()
    before = dump()

    assert demo(app) == "There is data of your own here; the demo data was not loaded.\n"
    assert load_demo() is False
    assert dump() == before
