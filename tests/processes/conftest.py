from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.server import Server, copy_instance, make_demo_instance


@pytest.fixture(scope="session")
def demo_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the demo data that nobody serves; servers get copies of it."""
    return make_demo_instance(tmp_path_factory.mktemp("demo") / "instance")


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
