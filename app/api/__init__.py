"""JSON for machines: what programs send and ask, with an API key in the Authorization header.

One shape of errors (`problems.py`), one way of knowing who calls (`authentication.py`), one description of it all
(`documentation.py`). The modules hang their routes on the two blueprints when they are imported.
"""

from flask import Flask

from app.api import (  # noqa: F401 - for their routes
    changes,
    datasets,
    documentation,
    examples,
    imports,
    mcp,
    problems,
    traces,
    tracking,
)
from app.api.blueprint import api, root

problems.init_app(api, root)


def register(app: Flask) -> None:
    """Put the API on the application."""
    app.register_blueprint(api)
    app.register_blueprint(root)
