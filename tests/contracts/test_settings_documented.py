"""Every setting is in the README, and a value that cannot be used is refused by name."""

import os
import re
import stat
import subprocess
import sys

import pytest

from app import config, create_app
from app.config import PROJECT_ROOT, SETTINGS, ConfigurationError

pytestmark = pytest.mark.slow

POSTGRES = "postgresql://somebody@localhost/goldset"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    for name in [name for name in os.environ if name.startswith("GOLDSET_")]:
        monkeypatch.delenv(name)


def loaded(tmp_path, **overrides):
    return config.load({"GOLDSET_INSTANCE": str(tmp_path / "instance"), **overrides})


def test_the_readme_lists_exactly_the_settings_with_their_defaults_and_meanings():
    rows = re.findall(r"^\| `(GOLDSET_\w+)` \| (.*?) \| (.*?) \|$", (PROJECT_ROOT / "README.md").read_text(), re.M)

    documented = [(name, default.strip("`").replace("(empty)", ""), meaning) for name, default, meaning in rows]
    assert documented == [(setting.name, setting.default, setting.meaning) for setting in SETTINGS]


OF_OTHER_MACHINES = {"GOLDSET_URL", "GOLDSET_API_KEY"}
"""What `goldset pull` and `goldset push` read where they run: no settings of a server."""


def test_every_setting_that_the_code_names_is_declared():
    named = set()
    for file in (PROJECT_ROOT / "app").rglob("*.py"):
        named |= set(re.findall(r"[\"'](GOLDSET_[A-Z_]+)[\"']", file.read_text()))

    assert named - OF_OTHER_MACHINES == {setting.name for setting in SETTINGS}


def test_every_default_can_be_used(tmp_path):
    settings = loaded(tmp_path)

    assert settings["GOLDSET_PORT"] == 8000
    assert settings["GOLDSET_DATABASE_URL"] == f"sqlite:///{tmp_path}/instance/goldset.db"
    assert settings["SESSION_COOKIE_HTTPONLY"] is True


def test_the_environment_beats_the_defaults_and_overrides_beat_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDSET_PAGE_SIZE", "7")
    monkeypatch.setenv("GOLDSET_PORT", "9000")

    settings = loaded(tmp_path, GOLDSET_PORT=9001)

    assert (settings["GOLDSET_PAGE_SIZE"], settings["GOLDSET_PORT"]) == (7, 9001)


def test_an_empty_variable_is_the_default(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDSET_PAGE_SIZE", "  ")

    assert loaded(tmp_path)["GOLDSET_PAGE_SIZE"] == 50


def test_names_that_are_not_goldsets_go_to_flask_as_they_are(tmp_path):
    assert loaded(tmp_path, TESTING=True, SERVER_NAME="here")["SERVER_NAME"] == "here"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GOLDSET_PORT", "http"),
        ("GOLDSET_PORT", "-1"),
        ("GOLDSET_THREADS", "0"),
        ("GOLDSET_TRUSTED_PROXIES", "yes"),
        ("GOLDSET_MAX_EXAMPLE_CHARACTERS", "0"),
        ("GOLDSET_PAGE_SIZE", "1.5"),
        ("GOLDSET_POLL_SECONDS", "0"),
        ("GOLDSET_SESSION_DAYS", "never"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(tmp_path, monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(ConfigurationError, match=name) as caught:
        loaded(tmp_path)

    assert repr(value) in str(caught.value)


def test_the_secret_key_is_made_once_and_readable_by_nobody_else(tmp_path):
    first = loaded(tmp_path)["SECRET_KEY"]
    second = loaded(tmp_path)["SECRET_KEY"]

    file = tmp_path / "instance" / "secret_key"
    assert len(first) == 64
    assert first == second == file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


def test_two_installations_have_two_keys(tmp_path):
    assert loaded(tmp_path / "a")["SECRET_KEY"] != loaded(tmp_path / "b")["SECRET_KEY"]


def test_a_key_that_is_given_is_used_and_none_is_made(tmp_path):
    assert loaded(tmp_path, GOLDSET_SECRET_KEY="given")["SECRET_KEY"] == "given"
    assert not (tmp_path / "instance" / "secret_key").exists()


def test_an_empty_key_file_is_said_so(tmp_path):
    loaded(tmp_path)
    (tmp_path / "instance" / "secret_key").write_text("")

    with pytest.raises(ConfigurationError, match="is empty"):
        loaded(tmp_path)


@pytest.mark.parametrize("url", [POSTGRES, POSTGRES.replace("postgresql", "postgres", 1)])
def test_with_postgresql_the_key_must_be_given(tmp_path, url):
    with pytest.raises(ConfigurationError, match="GOLDSET_SECRET_KEY"):
        loaded(tmp_path, GOLDSET_DATABASE_URL=url)

    settings = loaded(tmp_path, GOLDSET_DATABASE_URL=url, GOLDSET_SECRET_KEY="given")
    assert settings["SQLALCHEMY_DATABASE_URI"].startswith("postgresql")


def test_the_application_refuses_to_start_with_a_bad_setting(tmp_path):
    with pytest.raises(ConfigurationError, match="GOLDSET_PAGE_SIZE"):
        create_app({"GOLDSET_INSTANCE": str(tmp_path), "GOLDSET_PAGE_SIZE": "many"})


def test_a_form_of_the_largest_example_fits_into_a_request(tmp_path):
    settings = loaded(tmp_path, GOLDSET_MAX_EXAMPLE_CHARACTERS=10)

    # Four bytes of UTF-8 for a character, each written as %XX, in two fields.
    assert settings["MAX_CONTENT_LENGTH"] >= 2 * 10 * 4 * 3
    assert settings["MAX_FORM_MEMORY_SIZE"] >= settings["MAX_CONTENT_LENGTH"]


OIDC = {
    "GOLDSET_OIDC_ISSUER": "https://login.example.com",
    "GOLDSET_OIDC_CLIENT_ID": "goldset",
    "GOLDSET_OIDC_CLIENT_SECRET": "a secret of the client",
}


def test_a_provider_needs_all_of_its_settings(tmp_path):
    assert loaded(tmp_path, **OIDC, GOLDSET_LOCAL_SIGN_IN="off")["GOLDSET_LOCAL_SIGN_IN"] is False

    for missing in ("GOLDSET_OIDC_CLIENT_ID", "GOLDSET_OIDC_CLIENT_SECRET"):
        with pytest.raises(ConfigurationError, match=missing):
            loaded(tmp_path, **{**OIDC, missing: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [("GOLDSET_OIDC_ISSUER", "http://login.example.com"), ("GOLDSET_LOCAL_SIGN_IN", "perhaps")],
)
def test_a_setting_of_signing_in_that_cannot_be_used_is_named(tmp_path, name, value):
    with pytest.raises(ConfigurationError, match=name):
        loaded(tmp_path, **{**OIDC, name: value})


def test_goldset_does_not_start_where_nobody_could_sign_in(tmp_path):
    with pytest.raises(ConfigurationError, match="Nobody could sign in"):
        loaded(tmp_path, GOLDSET_LOCAL_SIGN_IN="off")


def test_without_the_extra_a_provider_says_what_to_install():
    script = (
        "import sys; sys.modules['requests'] = None\n"
        "from app import config\n"
        f"try: config.load({OIDC!r})\n"
        "except config.ConfigurationError as error: print(error)\n"
    )
    environment = {**os.environ, "GOLDSET_INSTANCE": "instance-that-is-not-made"}
    answer = subprocess.run(
        (sys.executable, "-c", script), cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, timeout=30
    )

    assert "make sso" in answer.stdout, answer.stderr


def test_what_the_extra_brings_is_not_imported_before_somebody_signs_in_with_it(tmp_path):
    script = (
        "import sys\n"
        "from app import create_app\n"
        f"create_app({ ({**OIDC, 'GOLDSET_INSTANCE': str(tmp_path)})!r}).test_client().get('/healthz')\n"
        "print(sorted({'authlib', 'requests', 'joserfc', 'cryptography'} & sys.modules.keys()))\n"
    )
    answer = subprocess.run(
        (sys.executable, "-c", script), cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=30
    )

    assert answer.stdout.strip() == "[]", answer.stderr
