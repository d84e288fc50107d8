"""One's own API keys. A new key is answered where it is made, not after a redirect: it is kept nowhere on the way."""

from flask import Blueprint, Response, request, url_for

from app.domain.api_keys import scopes_from_stored
from app.domain.errors import Invalid
from app.policies import Action
from app.services import api_keys as service
from app.services import clock
from app.web import htmx
from app.web.api_keys.forms import ApiKeyForm
from app.web.guards import guard, signed_in_user

blueprint = Blueprint("api_keys", __name__, url_prefix="/account/keys")


@blueprint.get("")
@guard(Action.USE_OWN_ACCOUNT)
def index() -> Response:
    """My keys, and the form to make one."""
    return _index(ApiKeyForm())


@blueprint.post("")
@guard(Action.USE_OWN_ACCOUNT)
def create() -> Response:
    """Make a key, and show it, once."""
    form = ApiKeyForm(request.form)
    if not form.validate():
        return _index(form, status=422)
    try:
        made = service.create_api_key(
            signed_in_user(), name=form.name.data or "", scopes=form.scopes.data or [], days=form.days.data
        )
    except Invalid as error:
        form.add_errors(error.errors)
        return _index(form, status=422)
    return htmx.render("api_keys/made.html", status=201, api_key=made.api_key, key=made.key)


@blueprint.post("/<int:api_key_id>/revocation")
@guard(Action.USE_OWN_ACCOUNT)
def revoke(api_key_id: int) -> Response:
    """End a key for good."""
    api_key = service.revoke_api_key(signed_in_user(), api_key_id=api_key_id)
    return htmx.done(url_for(".index"), message=f"The key {api_key.name} is revoked: it opens nothing any more.")


def _index(form: ApiKeyForm, *, status: int = 200) -> Response:
    return htmx.render(
        "api_keys/index.html",
        status=status,
        form=form,
        api_keys=service.get_api_keys(signed_in_user()),
        scopes_of=scopes_from_stored,
        now=clock.now(),
    )
