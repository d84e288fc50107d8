"""The whole way of usage: Claude Code's hook on a user's machine, a real server, and the author's queue."""

import pytest

from app import create_app
from app.extensions import db
from app.models import TrainingExample, UsageEvent
from app.services.api_keys import create_api_key
from app.services.preferences import change_preferences
from app.services.transactions import reading
from tests.hook.machine import Machine
from tests.support.factories import allow_capture, make_skill, make_user
from tests.support.server import Server

pytestmark = pytest.mark.slow
WORDS = "The minutes of the meeting about marzipan"


@pytest.fixture
def site(instance):
    """A server, and the application in this process to look at its data with."""
    server = Server(instance).start()
    app = create_app({"TESTING": True, "GOLDSET_INSTANCE": str(server.instance)})
    with app.app_context():
        yield server
        server.end()
        db.session.remove()
        db.engine.dispose()


def captured(skill) -> list[TrainingExample]:
    db.session.rollback()
    return reading().query(TrainingExample).filter_by(skill_id=skill.id, source="usage_capture").all()


def events_of(user) -> list[str]:
    db.session.rollback()
    return [event.verdict for event in reading().query(UsageEvent).filter_by(user_id=user.id).order_by(UsageEvent.id)]


def test_content_flows_once_the_server_keeps_it_and_stops_with_the_consent(site, tmp_path):
    user, skill = make_user(), make_skill(name="kept-minutes")
    allow_capture(user)
    machine = Machine(tmp_path / "machine")
    machine.folder.mkdir()
    machine.install(site.url, key=create_api_key(user, name="laptop", scopes=["track"]).key)

    machine.run_turn("kept-minutes", number=1, answer=WORDS)
    assert (events_of(user), captured(skill)) == (["no_content"], [])

    machine.run_turn("kept-minutes", number=2, answer=f"{WORDS}, password=hunter2!x")
    [example] = captured(skill)
    assert events_of(user) == ["no_content", "captured"]
    assert example.example_output == f"{WORDS}, password=[PASSWORD_1]"
    assert example.status == "pending"

    change_preferences(user, training_data_consent=False)
    machine.run_turn("kept-minutes", number=3, answer=WORDS)
    machine.run_turn("kept-minutes", number=4, answer=WORDS)

    assert events_of(user) == ["no_content", "captured", "no_consent", "no_content"]
    assert captured(skill) == []
    assert WORDS.encode() not in b"".join(file.read_bytes() for file in site.instance.iterdir() if file.is_file())
