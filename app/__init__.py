"""Goldset: the self-hosted home of an organisation's AI skills and of the golden dataset behind each one."""

import gc

# Importing makes a million things that stay. Looking among them for garbage, again and again, takes a seventh of the
# time that every command needs to start.
gc.disable()

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import api, logs, web
from app import config as configuration
from app.database import prepare_engine
from app.extensions import csrf, db, limiter, login_manager, migrate

gc.enable()
gc.freeze()


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the application. `config` overrides the environment; `app/config.py` lists every setting."""
    app = Flask(__name__)
    app.config.from_mapping(configuration.load(config))
    logs.redact_logs()
    _bind_extensions(app)
    _trust_proxies(app)
    web.register(app)
    api.register(app)
    return app


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(configuration.PROJECT_ROOT / "migrations"), compare_type=True)
    login_manager.init_app(app, add_context_processor=False)  # templates ask acting_user(), when they need it
    csrf.init_app(app)
    limiter.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def _trust_proxies(app: Flask) -> None:
    if hops := app.config["GOLDSET_TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
