"""Signing in with the company's account: there, and back."""

from flask import Blueprint, Response, session, url_for

from app import config
from app.domain.errors import NotAllowed, NotFound
from app.extensions import limiter
from app.services.identities import find_or_link_user
from app.web import htmx
from app.web.guards import Open, guard
from app.web.sessions.views import limit, show_sign_in, sign_in
from app.web.sso import provider
from app.web.urls import own_page, wanted_page

blueprint = Blueprint("sso", __name__, url_prefix="/login/sso")

NEXT = "sso_next"


@blueprint.get("")
@limiter.limit(limit)
@guard(Open.TO_ALL)
def start() -> Response:
    """Go to the company's sign-in page."""
    _check_configured()
    session[NEXT] = own_page(wanted_page())
    try:
        return provider.send_there(url_for(".finish", _external=True))
    except provider.Unreachable:
        return _refuse(f"{_label()} cannot be reached right now. Try again in a few minutes.", status=503)


@blueprint.get("/callback")
@limiter.limit(limit)
@guard(Open.TO_ALL)
def finish() -> Response:
    """Come back from there, signed in as whom the provider vouches for."""
    _check_configured()
    wanted = own_page(session.get(NEXT))
    try:
        user = find_or_link_user(provider.read_answer())
    except provider.Unreachable:
        return _refuse(f"{_label()} cannot be reached right now. Try again in a few minutes.", status=503)
    except provider.Refused:
        return _refuse(f"{_label()} did not sign you in. Try again.", status=403)
    except NotAllowed as error:
        return _refuse(str(error), status=403)
    sign_in(user)
    return htmx.go(wanted)


def _check_configured() -> None:
    if not provider.is_configured():
        raise NotFound("other account to sign in with here")


def _label() -> str:
    label = str(config.get("GOLDSET_OIDC_LABEL"))
    return label[:1].upper() + label[1:]


def _refuse(sentence: str, *, status: int) -> Response:
    return show_sign_in(problem=sentence, wanted=own_page(session.pop(NEXT, None)), status=status)
