"""No error page, and no problem of the API, repeats a secret that stands in the address or in the names of a body."""

from collections.abc import Iterator

import pytest
from werkzeug.routing import IntegerConverter, Rule

from app.domain.api_keys import Scope
from tests.support.factories import make_example, make_skill, make_user
from tests.support.machine import Machine, make_key
from tests.support.person import Person
from tests.support.versions import frozen

# What an error page says is the doors' own, whatever the database.
pytestmark = [pytest.mark.slow, pytest.mark.parametrize("migrated_app", ["sqlite"], indirect=True)]

SECRET = "ghp_" + "a1B2" * 9
ASKED = ("format", "split", "version", "verdict", "tag", "after", "before", "limit", "from", "next")
WORDS = {"slug": "a-skill", "version": "1", "rest": "nowhere", "filename": "css/base.css"}


@pytest.fixture
def author(app):
    author = make_user("Ada Author")
    skill = make_skill(author, name="a-skill")
    make_example(skill, "An input")
    frozen(author, skill)
    return author


def addresses_of(rule: Rule) -> Iterator[str]:
    """Yield the rule's address with the secret in each of its parts, and behind it."""
    words = {name: WORDS.get(name, 1) for name in rule.arguments}
    parts = [name for name, one in rule._converters.items() if not isinstance(one, IntegerConverter)]
    for secret in [None, *parts]:
        path = rule.rule
        for name, word in words.items():
            path = path.replace(f"<{name}>", str(SECRET if name == secret else word))
            for kind in ("int", "path", "string", "float"):
                path = path.replace(f"<{kind}:{name}>", str(SECRET if name == secret else word))
        if secret is None:
            yield from (f"{path}?{name}={SECRET}" for name in ASKED)
        else:
            yield path


def test_no_address_that_is_wrong_is_repeated_with_its_secret(app, author):
    program = Machine(app, make_key(author, *Scope))
    people = {"anonymous": Person(app), "author": Person(app, author)}
    tried = set()
    for rule in app.url_map.iter_rules():
        for path in addresses_of(rule) if "GET" in (rule.methods or ()) else ():
            for name, asker in {"program": program}.items() if path.startswith("/api/") else people.items():
                answer = asker.get(path)
                if answer.status_code >= 400:
                    tried.add((answer.status_code, name))
                    assert SECRET not in answer.text, f"{answer.status_code} at {path} for {name}"

    assert {(404, name) for name in ("anonymous", "author", "program")} <= tried


def test_no_field_that_nobody_knows_is_repeated_with_its_secret(app, author):
    machine = Machine(app, make_key(author, *Scope))
    tried = 0
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/") and "POST" in (rule.methods or ()):
            path = next(addresses_of(rule)).partition("?")[0]
            for body in ({SECRET: 1}, {"to_skill": SECRET, "verb": "move"}, {"skill": SECRET, "verb": SECRET}):
                answer = machine.post(path, body)
                tried += answer.status_code >= 400
                assert SECRET not in answer.text, f"{answer.status_code} at {path}"

    assert tried > 10
