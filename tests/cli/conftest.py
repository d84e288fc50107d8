from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from app.cli import cli
from tests.support.threads import look_anew


@pytest.fixture
def run(app: Flask) -> Callable[..., Result]:
    """Return a way to run a command in this process; before and after it, the test's session looks anew."""

    def invoke(*words: object) -> Result:
        look_anew()
        result = app.test_cli_runner().invoke(cli, [str(word) for word in words])
        look_anew()
        return result

    return invoke
