from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hook.machine import Machine
from tests.hook.server import Goldset


@pytest.fixture
def goldset() -> Iterator[Goldset]:
    server = Goldset()
    yield server
    server.stop()


@pytest.fixture
def bare(tmp_path: Path) -> Machine:
    """A machine without the hook."""
    return Machine(tmp_path)


@pytest.fixture
def machine(bare: Machine, goldset: Goldset) -> Machine:
    """A machine with the hook, set up for the server."""
    done = bare.install(goldset.url)
    assert done.returncode == 0, done.stderr
    return bare
