from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.machine import let_in
from tests.support.server import Server, copy_instance, run_command

AUTHOR, SKILL = "lucia.ferrer@goldset.example", "support-reply"


class Served(NamedTuple):
    """A real server with the demo's data, a key of the author of a skill, and where its instance is."""

    server: Server
    key: str
    instance: Path


@pytest.fixture(scope="module")
def served(demo_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    instance = copy_instance(demo_instance, tmp_path_factory.mktemp("client") / "instance")
    key = let_in(instance, AUTHOR, "read", "write")
    run_command(instance, "freeze", SKILL, "--author", AUTHOR, "--note", "The first")
    server = Server(instance).start()
    yield Served(server, key, instance)
    server.end()
