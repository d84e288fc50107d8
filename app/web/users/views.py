"""The people who can sign in, for administrators.

A link to set a password is answered where it is made, not after a redirect: on the way there its token would have to be
kept somewhere, and it is kept nowhere.
"""

from flask import Blueprint, Response, request, url_for

from app import config
from app.domain.errors import Duplicate, Invalid
from app.models import User
from app.policies import Action
from app.services import user_administration as service
from app.services.password_links import NewPasswordLink
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.htmx import Fragment
from app.web.paging import read_cursor
from app.web.users.forms import NewUserForm

blueprint = Blueprint("users", __name__, url_prefix="/admin/users")


@blueprint.get("")
@guard(Action.ADMINISTER_PEOPLE)
def index() -> Response:
    """Everybody, newest first, or those whose name or address contains the words of `q`."""
    query = request.args.get("q", "")
    page = service.get_users(query=query, cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE"))
    return htmx.render("users/index.html", "users/_list.html", page=page, query=query)


@blueprint.get("/new")
@guard(Action.ADMINISTER_PEOPLE)
def new() -> Response:
    """The form to add somebody."""
    return htmx.render("users/new.html", form=NewUserForm())


@blueprint.post("")
@guard(Action.ADMINISTER_PEOPLE)
def create() -> Response:
    """Add somebody, and show the link by which they set their password."""
    form = NewUserForm(request.form)
    if not form.validate():
        return htmx.render("users/new.html", status=422, form=form)
    try:
        added = service.add_user(signed_in_user(), **form.data)
    except Invalid as error:
        form.add_errors(error.errors)
        return htmx.render("users/new.html", status=422, form=form)
    except Duplicate as error:
        form.add_errors({"email": str(error)})
        return htmx.render("users/new.html", status=409, form=form)
    if added.link is None:
        return htmx.done(url_for(".index", _anchor=f"user-{added.user.id}"), message=f"{added.user.name} is added.")
    return _show(added.link, is_new=True)


@blueprint.post("/<int:user_id>/password-link")
@guard(Action.ADMINISTER_PEOPLE)
def create_password_link(user_id: int) -> Response:
    """Make a link by which the user sets a password, and show it, once."""
    return _show(service.make_password_link(signed_in_user(), user_id=user_id), is_new=False)


@blueprint.post("/<int:user_id>/deactivation")
@guard(Action.ADMINISTER_PEOPLE)
def deactivate(user_id: int) -> Response:
    """Keep somebody out from now on."""
    user = service.deactivate(signed_in_user(), user_id=user_id)
    return _done(user, f"{user.name} is deactivated and signed out everywhere.")


@blueprint.post("/<int:user_id>/activation")
@guard(Action.ADMINISTER_PEOPLE)
def activate(user_id: int) -> Response:
    """Let somebody in again."""
    user = service.activate(signed_in_user(), user_id=user_id)
    return _done(user, f"{user.name} can sign in again.")


@blueprint.get("/<int:user_id>/delete")
@guard(Action.ADMINISTER_PEOPLE)
def confirm_delete(user_id: int) -> Response:
    """Ask before an account is deleted."""
    return htmx.render("users/delete.html", user=service.get_user(user_id))


@blueprint.post("/<int:user_id>/delete")
@guard(Action.ADMINISTER_PEOPLE)
def delete(user_id: int) -> Response:
    """Delete an account, and everything captured of its usage."""
    name = service.get_user(user_id).name
    service.delete_user(signed_in_user(), user_id=user_id)
    return htmx.done(url_for(".index"), message=f"{name} is deleted.")


@blueprint.post("/<int:user_id>/administrator")
@guard(Action.ADMINISTER_PEOPLE)
def make_administrator(user_id: int) -> Response:
    """Make somebody an administrator."""
    user = service.make_administrator(signed_in_user(), user_id=user_id)
    return _done(user, f"{user.name} is an administrator now.")


@blueprint.post("/<int:user_id>/administrator/removal")
@guard(Action.ADMINISTER_PEOPLE)
def remove_administrator(user_id: int) -> Response:
    """Take an administrator's rights away; whoever takes their own is shown the skills, which they still see."""
    user = service.remove_administrator(signed_in_user(), user_id=user_id)
    message = f"{user.name} is no administrator any more."
    if user.id == signed_in_user().id:
        return htmx.leave(url_for("skills.index"), message=message)
    return _done(user, message)


def _done(user: User, message: str) -> Response:
    return htmx.done(
        url_for(".index", _anchor=f"user-{user.id}"),
        Fragment("users/_row.html", f"#user-{user.id}"),
        message=message,
        user=user,
        focus_row=True,
    )


def _show(link: NewPasswordLink, *, is_new: bool) -> Response:
    url = url_for("password_links.show", token=link.token, _external=True)
    return htmx.render(
        "users/password_link.html", status=201, user=link.user, url=url, expires_at=link.expires_at, is_new=is_new
    )
