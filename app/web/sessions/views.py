"""Signing in and out."""

import hmac

from flask import Blueprint, Response, current_app, request, session, url_for
from flask_login import login_user, logout_user

from app.domain.users import normalise_email
from app.extensions import limiter
from app.models import User
from app.services.users import find_user_by_password
from app.web import htmx
from app.web.guards import Open, acting_user, guard
from app.web.sessions.forms import SignInForm
from app.web.urls import own_page

blueprint = Blueprint("sessions", __name__)


def _limit() -> str:
    return str(current_app.config["GOLDSET_SIGN_IN_LIMIT"])


def _typed_email() -> str:
    return "email:" + normalise_email(request.form.get("email", ""))


@blueprint.get("/login")
@guard(Open.TO_ALL)
def new() -> Response:
    """The sign-in form; whoever is signed in already goes on to where they wanted to be."""
    if acting_user():
        return htmx.go(own_page(request.args.get("next")))
    return htmx.render("sessions/new.html", form=SignInForm(), next=request.args.get("next", ""))


@blueprint.post("/login")
@limiter.limit(_limit)
@limiter.limit(_limit, key_func=_typed_email)
@guard(Open.TO_ALL)
def create() -> Response:
    """Sign in and go to `next`, where that is one of our own pages."""
    form = SignInForm(request.form)
    wanted = request.values.get("next", "")
    if form.validate():
        user = find_user_by_password(email=form.email.data or "", password=form.password.data or "")
        if user:
            sign_in(user)
            return htmx.go(own_page(wanted))
        form.refuse("This e-mail address and password do not belong together.")
    return htmx.render("sessions/new.html", status=422, form=form, next=wanted)


@blueprint.post("/logout")
@guard(Open.TO_ALL)
def destroy() -> Response:
    """Sign out of this browser."""
    logout_user()
    session.clear()
    return htmx.done(url_for("skills.index"), message="You are signed out.")


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
