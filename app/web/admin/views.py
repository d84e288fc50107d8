"""What administrators decide for the whole site."""

from flask import Blueprint, Response, request, url_for

from app.policies import Action
from app.services.site_settings import change_site_settings, get_site_settings
from app.web import htmx
from app.web.admin.forms import SiteSettingsForm
from app.web.guards import guard, signed_in_user
from app.web.htmx import Fragment

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("/settings")
@guard(Action.ADMINISTER_SITE)
def settings() -> Response:
    """The site's switches, with what each of them means."""
    site = get_site_settings()
    return htmx.render("admin/settings.html", form=SiteSettingsForm(obj=site), site=site)


@blueprint.post("/settings")
@guard(Action.ADMINISTER_SITE)
def update_settings() -> Response:
    """Save the switches as the form has them."""
    form = SiteSettingsForm(request.form)
    site = change_site_settings(signed_in_user(), **form.data)
    return htmx.done(
        url_for(".settings"),
        Fragment("admin/_settings_form.html", "#settings-form"),
        message="The settings are saved.",
        form=form,
        site=site,
    )
