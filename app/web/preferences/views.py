"""What the signed-in user allows and prefers."""

from dataclasses import asdict

from flask import Blueprint, Response, request, url_for

from app.policies import Action
from app.services.preferences import change_preferences, get_preferences
from app.services.site_settings import get_site_settings
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.htmx import Fragment
from app.web.preferences.forms import PreferencesForm

blueprint = Blueprint("preferences", __name__, url_prefix="/preferences")


@blueprint.get("")
@guard(Action.USE_OWN_ACCOUNT)
def show() -> Response:
    """My preferences, with what each of them means."""
    form = PreferencesForm(data=asdict(get_preferences(signed_in_user().id)))
    return htmx.render("preferences/show.html", form=form, site=get_site_settings())


@blueprint.post("")
@guard(Action.USE_OWN_ACCOUNT)
def update() -> Response:
    """Save my preferences: every one the form has, as it stands."""
    form = PreferencesForm(request.form)
    if not form.validate():
        return htmx.render(
            "preferences/show.html", "preferences/_form.html", status=422, form=form, site=get_site_settings()
        )
    change_preferences(signed_in_user(), **form.data)
    return htmx.done(
        url_for(".show"),
        Fragment("preferences/_form.html", "#preferences-form"),
        message="Your preferences are saved.",
        form=form,
        site=get_site_settings(),
    )
