"""The signed-in user's own name and password."""

from flask import Blueprint, Response, request, url_for

from app.domain.errors import Invalid
from app.extensions import limiter
from app.policies import Action
from app.services import users
from app.web import htmx
from app.web.account.forms import NameForm, PasswordForm
from app.web.guards import guard, signed_in_user
from app.web.sessions.views import limit, sign_in

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
@guard(Action.USE_OWN_ACCOUNT)
def show() -> Response:
    """Who I am here."""
    return _show(name_form=NameForm(name=signed_in_user().name), password_form=PasswordForm())


@blueprint.post("/name")
@guard(Action.USE_OWN_ACCOUNT)
def rename() -> Response:
    """Change the name I am shown by."""
    form = NameForm(request.form)
    if not form.validate():
        return _show(name_form=form, password_form=PasswordForm(), status=422)
    users.rename(signed_in_user(), name=form.name.data or "")
    return htmx.done(url_for(".show"), message="Your name is saved.")


@blueprint.post("/password")
@limiter.limit(limit)
@guard(Action.USE_OWN_ACCOUNT)
def change_password() -> Response:
    """Change my password, which ends my sessions everywhere but here."""
    form = PasswordForm(request.form)
    if form.validate():
        try:
            users.change_password(
                signed_in_user(),
                current_password=form.current_password.data or "",
                new_password=form.new_password.data or "",
            )
        except Invalid as error:
            form.add_errors(error.errors)
        else:
            sign_in(signed_in_user())
            return htmx.done(url_for(".show"), message="Your password is changed. Other browsers are signed out.")
    return _show(name_form=NameForm(name=signed_in_user().name), password_form=form, status=422)


def _show(*, name_form: NameForm, password_form: PasswordForm, status: int = 200) -> Response:
    return htmx.render(
        "account/show.html", status=status, name_form=name_form, password_form=password_form, user=signed_in_user()
    )
