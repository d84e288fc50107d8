from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

from app.models import User
from tests.support.machine import Machine, let_in, make_key
from tests.support.server import Server, copy_instance

AUTHOR, VIEWER = "amara.okafor@goldset.example", "priya.raman@goldset.example"


@pytest.fixture
def machine_of(app: Flask) -> Callable[..., Machine]:
    """Return a program that sends a new key of this user, with these scopes; without a user it sends no key."""

    def make(user: User | None = None, *scopes: str) -> Machine:
        return Machine(app, make_key(user, *scopes) if user else None)

    return make


class Served(NamedTuple):
    """A real server with the demo's data, where capture is on, and keys: who has them, and what they may do."""

    server: Server
    viewer: str
    author: str
    reader: str
    tracker: str
    refuser: str
    """This one's owner has not consented."""


@pytest.fixture(scope="module")
def served(demo_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    instance = copy_instance(demo_instance, tmp_path_factory.mktemp("served") / "instance")
    everything = ("track", "read", "write")
    keys = {
        "viewer": let_in(instance, VIEWER, *everything),
        "author": let_in(instance, AUTHOR, *everything),
        "reader": let_in(instance, VIEWER, "read"),
        "tracker": let_in(instance, VIEWER, "track"),
        "refuser": let_in(instance, "tomasz.wilk@goldset.example", *everything, consents=False),
    }
    server = Server(instance).start()
    yield Served(server, **keys)
    server.end()
