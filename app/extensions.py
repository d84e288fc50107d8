"""The Flask extensions, unbound; `create_app` binds them."""

from ipaddress import ip_network
from time import time

from flask import request
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

from app.models import Base

db = SQLAlchemy(
    metadata=Base.metadata,
    # Pages are rendered after the change is committed, from the rows that were just written.
    session_options={"expire_on_commit": False},
)


def network_of_request() -> str:
    """Return what attempts are counted by: the sender's address, or its /64, which IPv6 gives to one household."""
    address = request.remote_addr or "127.0.0.1"
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address


def seconds_to_wait() -> int:
    """Return after how many seconds who was refused for coming too often may come again."""
    limit = limiter.current_limit
    return 60 if limit is None else max(1, int(limit.reset_at - time()))


class SessionsOnly(LoginManager):  # type: ignore[misc]  # Flask-Login has no types
    """Flask-Login without its second cookie, which nobody here is given and nobody may send."""

    def _load_user_from_remember_cookie(self, _cookie: str) -> None:
        return None


migrate = Migrate()
login_manager = SessionsOnly()
csrf = CSRFProtect()
limiter = Limiter(network_of_request)
