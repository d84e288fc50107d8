"""What administrators decide for the whole site."""

from datetime import datetime

from flask import Blueprint, Response, request, url_for

from app.domain.consent import NOTICE
from app.domain.erasures import SENTENCES
from app.domain.errors import Stale
from app.domain.redaction import RULES_VERSION
from app.policies import Action
from app.services.consent import count_answers
from app.services.erasures import get_erasures
from app.services.rescan import count_rows_behind
from app.services.site_settings import change_site_settings, get_site_settings
from app.services.usage import count_verdicts
from app.web import htmx
from app.web.admin.forms import SiteSettingsForm
from app.web.guards import guard, signed_in_user
from app.web.htmx import Fragment

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("/settings")
@guard(Action.ADMINISTER_SITE)
def settings() -> Response:
    """The site's switches, with what each of them means."""
    return _show(SiteSettingsForm(obj=get_site_settings()))


@blueprint.post("/settings")
@guard(Action.ADMINISTER_SITE)
def update_settings() -> Response:
    """Save the switches as the form has them."""
    form = SiteSettingsForm(request.form)
    if not form.validate():
        return _show(form, status=422)
    try:
        site = change_site_settings(signed_in_user(), seen_at=_seen_at(), **form.data)
    except Stale:
        form = SiteSettingsForm(obj=get_site_settings())
        form.refuse("Somebody changed the settings after you opened this page. This is how they are now.")
        return _show(form, status=409)
    return htmx.done(
        url_for(".settings"),
        Fragment("admin/_settings_form.html", "#settings-form"),
        message="The settings are saved.",
        form=form,
        site=site,
    )


@blueprint.get("/redaction")
@guard(Action.ADMINISTER_SITE)
def redaction() -> Response:
    """How many stored texts were cleaned by older rules than today's, and how to clean them again."""
    return htmx.render("admin/redaction.html", behind=count_rows_behind(), rules_version=RULES_VERSION)


@blueprint.get("/capture")
@guard(Action.ADMINISTER_SITE)
def capture() -> Response:
    """What was kept and what was deleted, in numbers, and nobody's words."""
    user = signed_in_user()
    return htmx.render(
        "admin/capture.html",
        site=get_site_settings(),
        notice=NOTICE,
        answers=count_answers(user),
        verdicts=count_verdicts(user),
        erasures=get_erasures(user),
        reasons=SENTENCES,
    )


def _show(form: SiteSettingsForm, *, status: int = 200) -> Response:
    return htmx.render(
        "admin/settings.html", "admin/_settings_form.html", status=status, form=form, site=get_site_settings()
    )


def _seen_at() -> datetime | None:
    """Return the moment of the settings that the page showed; None where the form does not say."""
    try:
        return datetime.fromisoformat(request.form.get("seen_at", ""))
    except ValueError:
        return None
