"""What the signed-in user allows and prefers."""

from flask import Blueprint, Response, request, url_for

from app.domain.consent import NOTICE
from app.policies import Action
from app.services.preferences import change_preferences, get_preferences
from app.services.site_settings import get_site_settings
from app.web import htmx
from app.web.guards import guard, signed_in_user
from app.web.htmx import Fragment
from app.web.preferences.forms import NotificationsForm, PreferencesForm

blueprint = Blueprint("preferences", __name__, url_prefix="/preferences")

CONSENT_FORM = "preferences/_form.html"
NOTIFICATIONS_FORM = "preferences/_notifications_form.html"


@blueprint.get("")
@guard(Action.USE_OWN_ACCOUNT)
def show() -> Response:
    """My preferences, with what each of them means."""
    return _show()


@blueprint.post("")
@guard(Action.USE_OWN_ACCOUNT)
def update() -> Response:
    """Save my preferences: every one the form has, as it stands."""
    form = PreferencesForm(request.form)
    if not form.validate():
        return _show(CONSENT_FORM, form=form, status=422)
    mine = change_preferences(signed_in_user(), **form.data)
    return htmx.done(
        url_for(".show"),
        Fragment(CONSENT_FORM, "#preferences-form"),
        message="Your preferences are saved.",
        form=form,
        site=get_site_settings(),
        consent=mine.consent,
        notice=NOTICE,
    )


@blueprint.post("/notifications")
@guard(Action.USE_OWN_ACCOUNT)
def update_notifications() -> Response:
    """Save which kinds of notifications I want: every one the form has, as it stands."""
    form = NotificationsForm(request.form)
    if not form.validate():
        return _show(NOTIFICATIONS_FORM, notifications=form, status=422)
    change_preferences(signed_in_user(), muted_notifications=form.muted)
    return htmx.done(
        url_for(".show"),
        Fragment(NOTIFICATIONS_FORM, "#notification-preferences"),
        message="Your preferences are saved.",
        notifications=form,
    )


def _show(
    fragment: str | None = None,
    *,
    form: PreferencesForm | None = None,
    notifications: NotificationsForm | None = None,
    status: int = 200,
) -> Response:
    mine = get_preferences(signed_in_user().id)
    return htmx.render(
        "preferences/show.html",
        fragment,
        status=status,
        form=form or PreferencesForm.of(mine),
        notifications=notifications or NotificationsForm.of(mine.muted_notifications),
        site=get_site_settings(),
        consent=mine.consent,
        notice=NOTICE,
    )
