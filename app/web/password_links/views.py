"""Setting a password by a link. Whether a link was used, is too old or never was one, the answer is the same.

The token is in the address: the site's Referrer-Policy tells it to no other site, the page names it in no link, and
errors are logged without addresses.
"""

from flask import Blueprint, Response, request, url_for

from app.domain.errors import Invalid
from app.extensions import limiter
from app.services.password_links import get_user_of_password_link, set_password_by_link
from app.web import htmx
from app.web.guards import Open, guard
from app.web.password_links.forms import NewPasswordForm
from app.web.sessions.views import limit, sign_in

blueprint = Blueprint("password_links", __name__, url_prefix="/set-password")


@blueprint.get("/<token>")
@limiter.limit(limit)
@guard(Open.TO_ALL)
def show(token: str) -> Response:
    """The form to set a password; looking at it does not use the link up."""
    return htmx.render("password_links/show.html", form=NewPasswordForm(), user=get_user_of_password_link(token))


@blueprint.post("/<token>")
@limiter.limit(limit)
@guard(Open.TO_ALL)
def update(token: str) -> Response:
    """Set the password, which uses the link up, and begin a session."""
    form = NewPasswordForm(request.form)
    user = get_user_of_password_link(token)
    if form.validate():
        try:
            user = set_password_by_link(token, new_password=form.new_password.data or "")
        except Invalid as error:
            form.add_errors(error.errors)
        else:
            sign_in(user)
            return htmx.done(url_for("skills.index"), message="Your password is set, and you are signed in.")
    return htmx.render("password_links/show.html", status=422, form=form, user=user)
