"""Signing in and out."""

import hashlib
import hmac

from flask import Blueprint, Response, current_app, request, session, url_for
from flask_login import login_user, logout_user

from app.domain.users import EMAIL_MAX_CHARACTERS, normalise_email
from app.extensions import limiter
from app.models import User
from app.services.site_settings import get_site_settings
from app.services.users import find_user_by_password
from app.web import htmx
from app.web.guards import Open, acting_user, guard
from app.web.sessions.forms import SignInForm
from app.web.urls import own_page, wanted_page

blueprint = Blueprint("sessions", __name__)

LIMIT_OF_ONE_ACCOUNT = "300 per hour"
"""From everywhere together: more than one address alone may try, so that nobody can lock somebody else out."""


def limit() -> str:
    """Return how often one address on the network may try to sign in."""
    return str(current_app.config["GOLDSET_SIGN_IN_LIMIT"])


def _typed_email() -> str:
    """Return what attempts on one account are counted by: short, and telling nobody what was typed."""
    email = normalise_email(request.form.get("email", "")[:EMAIL_MAX_CHARACTERS])
    return "email:" + hashlib.sha256(email.encode("utf-8", "replace")).hexdigest()


@blueprint.get("/login")
@guard(Open.TO_ALL)
def new() -> Response:
    """The sign-in form; whoever is signed in already goes on to where they wanted to be."""
    if acting_user():
        return htmx.go(own_page(wanted_page()))
    return show_sign_in(wanted=wanted_page())


@blueprint.post("/login")
@limiter.limit(limit)
@limiter.limit(LIMIT_OF_ONE_ACCOUNT, key_func=_typed_email)
@guard(Open.TO_ALL)
def create() -> Response:
    """Sign in and go to `next`, where that is one of our own pages."""
    form = SignInForm(request.form)
    if form.validate():
        user = find_user_by_password(email=form.email.data or "", password=form.password.data or "")
        if user:
            sign_in(user)
            return htmx.go(own_page(wanted_page()))
        form.refuse("This e-mail address and password do not belong together.")
    return show_sign_in(form, wanted=wanted_page(), status=422)


@blueprint.post("/logout")
@guard(Open.TO_ALL)
def destroy() -> Response:
    """Sign out of this browser."""
    logout_user()
    session.clear()
    return htmx.done(url_for("skills.index"), message="You are signed out.")


def show_sign_in(
    form: SignInForm | None = None, *, wanted: str, problem: str | None = None, status: int = 200
) -> Response:
    """Answer with the sign-in page, and with why somebody is back on it."""
    form = form or SignInForm()
    if problem:
        form.refuse(problem)
    return htmx.render("sessions/new.html", status=status, form=form, next=wanted, site=get_site_settings())


def sign_in(user: User) -> None:
    """Begin a session of this user in this browser.

    The CSRF secret is derived from the user's own session token: a page that was open before an involuntary sign-out
    can send its form after signing in again, and nobody can plant a secret of theirs.
    """
    session.clear()
    login_user(user)
    session.permanent = True
    secret = str(current_app.config["SECRET_KEY"]).encode()
    session["csrf_token"] = hmac.new(secret, b"csrf:" + user.session_token.encode(), "sha256").hexdigest()
