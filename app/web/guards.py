"""Who gets through to a view. Every route declares its guard, and a route that forgets to is closed to everybody.

`@guard(Action.X)` goes under the route. The rule of that action (`policies.py`) is checked before the view runs; where
it is about a skill, the skill named in the URL is loaded and handed to the view as `skill`. Everything that changes
something also needs the CSRF token. The services check the same rules again, for the doors that are not this one.
"""

from collections.abc import Callable
from enum import Enum, auto
from functools import wraps
from typing import Any

from flask import Flask, Response, abort, current_app, request
from flask_login import current_user

from app.domain.errors import SignInRequired
from app.extensions import csrf, login_manager
from app.models import Skill, User
from app.policies import RULES, Action, check
from app.services import site_settings, users
from app.services.skills import get_skill_by_slug

View = Callable[..., Response]


class Open(Enum):
    """Guards for routes that anybody reaches, whatever the site's settings."""

    TO_ALL = auto()
    CHECKS_ITSELF = auto()
    """The view asks the policy itself, because it must do so in one query."""


def guard(rule: Action | Open) -> Callable[[View], View]:
    """Declare who may reach a view, and let nobody else in."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(**kwargs: Any) -> Response:
            if isinstance(rule, Action):
                kwargs = _admit(rule, kwargs)
            _require_csrf_token()
            return view(**kwargs)

        guarded.guard = rule  # type: ignore[attr-defined]
        return guarded

    return declare


def acting_user() -> User | None:
    """Return the signed-in user of this request, or None."""
    user: User | None = current_user._get_current_object() if current_user.is_authenticated else None
    return user


def signed_in_user() -> User:
    """Return the acting user of a view whose guard lets in nobody without one."""
    user = acting_user()
    if user is None:
        raise SignInRequired()
    return user


def init_app(app: Flask) -> None:
    """Close every route without a guard, and tell Flask-Login how a session names its user."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # the guard asks for the token, after it has asked who is there
    app.before_request(_refuse_undeclared)
    login_manager.user_loader(users.find_user_by_session_token)


def _admit(action: Action, arguments: dict[str, Any]) -> dict[str, Any]:
    """Check the action's rule and return the view's arguments, with the skill in place of its slug."""
    if acting_user() is None:  # whoever is signed in is admitted whatever the settings are, so they are not read
        check(None, Action.VIEW_SKILLS, site_settings.get_site_settings())
    if "slug" in arguments:
        skill = get_skill_by_slug(arguments.pop("slug"))
        arguments["skill"] = skill
        if RULES[action].thing is Skill:
            check(acting_user(), action, skill)
    if RULES[action].thing is None:
        check(acting_user(), action)
    return arguments


def _require_csrf_token() -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS") and current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()


def _refuse_undeclared() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return
    if not hasattr(view, "guard"):  # those of the API are their keys' scopes (api/authentication.py)
        abort(500, f"The route {request.endpoint} declares no guard.")
