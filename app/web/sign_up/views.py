"""Making an account of one's own, while an administrator lets people do so.

An address that is in use is named as such. Without sending mail there is no way around it; the number of tries is
limited instead.
"""

from flask import Blueprint, Response, request

from app.domain.errors import Duplicate, Invalid, NotAllowed
from app.extensions import limiter
from app.policies import RULES, Action, can
from app.services.passwords import check_passwords_are_used
from app.services.site_settings import get_site_settings
from app.services.users import sign_up
from app.web import htmx
from app.web.guards import Open, acting_user, guard
from app.web.sessions.views import limit, sign_in
from app.web.sign_up.forms import SignUpForm
from app.web.urls import own_page, wanted_page

blueprint = Blueprint("sign_up", __name__, url_prefix="/sign-up")


@blueprint.get("")
@guard(Open.CHECKS_ITSELF)
def new() -> Response:
    """The form to make an account; whoever is signed in goes on to where they wanted to be."""
    if acting_user():
        return htmx.go(own_page(wanted_page()))
    check_passwords_are_used()
    if not can(None, Action.SIGN_UP, get_site_settings()):
        raise NotAllowed(RULES[Action.SIGN_UP].reason)
    return _show(SignUpForm())


@blueprint.post("")
@limiter.limit(limit)
@guard(Open.CHECKS_ITSELF)
def create() -> Response:
    """Make the account, sign in, and go on to where they wanted to be."""
    form = SignUpForm(request.form)
    try:
        user = sign_up(email=form.email.data or "", name=form.name.data or "", password=form.password.data or "")
    except Invalid as error:
        form.add_errors(error.errors)
        return _show(form, status=422)
    except Duplicate:
        form.add_errors({"email": "This address has an account here. Sign in, or ask an administrator."})
        return _show(form, status=409)
    sign_in(user)
    return htmx.go(own_page(wanted_page()))


def _show(form: SignUpForm, *, status: int = 200) -> Response:
    return htmx.render("sign_up/new.html", status=status, form=form, next=wanted_page())
