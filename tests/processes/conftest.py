from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.server import Server, copy_instance


@pytest.fixture
def instance(demo_instance: Path, tmp_path: Path) -> Path:
    return copy_instance(demo_instance, tmp_path / "instance")


@pytest.fixture
def serve(instance: Path) -> Iterator[Callable[..., Server]]:
    """Return a way to start servers on this test's instance; they are gone after the test."""
    servers: list[Server] = []

    def start(**settings: str) -> Server:
        servers.append(Server(instance, **settings))
        return servers[-1].start()

    yield start
    for server in servers:
        server.end()
