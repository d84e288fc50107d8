import json
import stat
import sys

import pytest

from tests.hook.machine import KEY

pytestmark = pytest.mark.slow

OTHERS = {
    "model": "opus",
    "hooks": {
        "PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "check-it"}]}],
        "Stop": [{"hooks": [{"type": "command", "command": "say 'fertig, schön'"}]}],
    },
    "permissions": {"allow": ["Skill"]},
}


@pytest.fixture
def with_settings(bare):
    """A machine on which Claude Code has settings and other hooks."""
    bare.settings.parent.mkdir()
    bare.settings.write_text(json.dumps(OTHERS, indent=2, ensure_ascii=False), encoding="utf-8")
    return bare


def settings_of(machine):
    return json.loads(machine.settings.read_text(encoding="utf-8"))


def test_install_adds_the_hook_and_keeps_everything_else(with_settings):
    done = with_settings.install("https://goldset.example.com/")

    added = settings_of(with_settings)
    assert done.returncode == 0
    ours = added["hooks"]["Stop"].pop()["hooks"][0]
    assert ours["command"].startswith(sys.executable)
    assert ours["command"].endswith(" -m goldset_hook run")
    assert added == OTHERS


def test_install_makes_settings_where_there_are_none(bare):
    bare.install("https://goldset.example.com")

    assert len(settings_of(bare)["hooks"]["Stop"]) == 1


def test_installing_twice_is_installing_once(with_settings):
    with_settings.install("https://goldset.example.com")
    before = with_settings.settings.read_bytes()

    done = with_settings.install("https://goldset.example.com")

    assert with_settings.settings.read_bytes() == before
    assert "has the hook already" in done.stdout


def test_installing_with_another_python_replaces_the_hook(with_settings):
    entry = {"type": "command", "command": "/old/python -m goldset_hook run"}
    with_settings.settings.write_text(json.dumps({"hooks": {"Stop": [{"hooks": [entry]}]}}))

    with_settings.install("https://goldset.example.com")

    (group,) = settings_of(with_settings)["hooks"]["Stop"]
    assert [hook["command"].startswith(sys.executable) for hook in group["hooks"]] == [True]


def test_uninstall_takes_out_the_hook_and_nothing_else(with_settings):
    with_settings.install("https://goldset.example.com")

    first = with_settings.call("uninstall", "--settings", str(with_settings.settings))
    after = with_settings.settings.read_bytes()
    second = with_settings.call("uninstall", "--settings", str(with_settings.settings))

    assert (first.returncode, second.returncode) == (0, 0)
    assert json.loads(after) == OTHERS
    assert with_settings.settings.read_bytes() == after
    assert "has no hook" in second.stdout


@pytest.mark.parametrize("text", ["{not json", "[]", '{"hooks": []}', '{"hooks": {"Stop": {}}}', ""])
@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_settings_of_another_form_are_left_alone(bare, command, text):
    bare.settings.parent.mkdir()
    bare.settings.write_text(text)

    words = ("--url", "https://goldset.example.com", "--key-stdin") if command == "install" else ()
    done = bare.call(command, "--settings", str(bare.settings), *words, given=KEY)

    assert done.returncode == 1
    assert "left as it is" in done.stderr
    assert "Traceback" not in done.stderr
    assert bare.settings.read_text() == text
    assert not bare.home.exists()


def test_the_link_to_the_settings_and_their_permissions_stay(bare):
    real = bare.folder / "dotfiles.json"
    real.write_text("{}")
    real.chmod(0o640)
    bare.settings.parent.mkdir()
    bare.settings.symlink_to(real)

    bare.install("https://goldset.example.com")

    assert bare.settings.is_symlink()
    assert "goldset_hook" in real.read_text()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    "url",
    [
        *("http://goldset.example.com", "http://192.168.0.9:8000", "http://localhost.example.com", "ftp://127.0.0.1"),
        *("goldset.example.com", "https://", "https://me:pw@goldset.example.com", "https://goldset.example.com/?a=b"),
        *("https://goldset.example.com:port", "http://127.0.0.1@goldset.example.com"),
    ],
)
def test_a_url_that_is_not_safe_for_the_key_is_refused(bare, url):
    done = bare.install(url)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert KEY.encode() not in bare.disk()
    assert not bare.settings.exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000/goldset"])
def test_http_is_fine_on_this_machine(bare, url):
    assert bare.install(url).returncode == 0


@pytest.mark.parametrize("key", ["", "two words", "schlüssel"])
def test_what_cannot_be_a_key_is_refused(bare, key):
    assert bare.install("https://goldset.example.com", key=key).returncode == 1
    assert not bare.settings.exists()


def test_the_key_is_asked_for_and_never_shown(bare):
    done = bare.install("https://goldset.example.com")

    assert KEY not in done.stdout + done.stderr
    assert json.loads((bare.home / "config.json").read_text()) == {
        "url": "https://goldset.example.com",
        "api_key": KEY,
    }


def test_the_environment_wins_over_the_file(machine):
    done = machine.call("status", GOLDSET_URL="https://other.example.com")

    assert "Server: https://other.example.com" in done.stdout


def test_a_foreign_http_address_in_the_environment_is_refused(machine):
    done = machine.call("status", GOLDSET_URL="http://goldset.example.com")

    assert done.returncode == 1
    assert "https://" in done.stdout


def test_status_tells_what_waits_and_never_the_key(machine, goldset):
    goldset.answers = [503]
    machine.run_turn()

    done = machine.call("status")

    assert done.returncode == 0
    assert f"Server: {goldset.url}" in done.stdout
    assert "Waiting: 1 events, " in done.stdout
    assert "the server said 503" in done.stdout
    assert KEY not in done.stdout
