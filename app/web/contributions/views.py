"""What was captured of one's own usage: seeing it, taking it back, taking more out of it, downloading it."""

from collections.abc import Iterator

from flask import Blueprint, Response, json, request, stream_with_context, url_for

from app import config
from app.domain.bulk_changes import KEPT
from app.domain.consent import NOTICES
from app.domain.errors import Invalid, NotFound, Stale
from app.policies import Action
from app.services import contributions as service
from app.services.consent import get_own_ledger
from app.services.contributions import Contribution
from app.services.preferences import exclude_skill, get_excluded_skills, include_skill
from app.services.skills import get_skill_by_slug
from app.services.stored_preferences import get_preferences
from app.web import htmx
from app.web.contributions.forms import ExclusionForm, RemovalForm
from app.web.guards import guard, signed_in_user
from app.web.paging import read_cursor

blueprint = Blueprint("contributions", __name__, url_prefix="/account/contributions")


@blueprint.get("")
@guard(Action.USE_OWN_ACCOUNT)
def index() -> Response:
    """Everything that was captured of my usage, where it stands, and what I allowed when."""
    return _index(ExclusionForm())


@blueprint.get("/contributions.json")
@guard(Action.USE_OWN_ACCOUNT)
def download() -> Response:
    """All of it, as JSON: one array, streamed."""
    response = Response(stream_with_context(_json_lines()), mimetype="application/json")
    response.headers["Content-Disposition"] = "attachment; filename=contributions.json"
    return response


@blueprint.get("/<int:example_id>")
@guard(Action.USE_OWN_ACCOUNT)
def show(example_id: int) -> Response:
    """One of them, with where it came from, and the form to take more out of it."""
    return _show(service.get_contribution(signed_in_user(), example_id), RemovalForm())


@blueprint.post("/<int:example_id>/redaction")
@guard(Action.USE_OWN_ACCOUNT)
def redact(example_id: int) -> Response:
    """Take more out of it."""
    form = RemovalForm(request.form)
    row = service.get_contribution(signed_in_user(), example_id)
    try:
        places = service.redact_more(
            signed_in_user(),
            example_id=example_id,
            text=form.text.data or "",
            revision=request.form.get("revision", default=0, type=int),
        )
    except Invalid as error:
        form.add_errors(error.errors)
        return _show(row, form, status=422)
    except Stale as error:
        form.refuse(str(error))
        return _show(row, form, status=409)
    return htmx.done(url_for(".show", example_id=example_id), message=f"Taken out in {places} place(s), for good.")


@blueprint.post("/<int:example_id>/removal")
@guard(Action.USE_OWN_ACCOUNT)
def take_back(example_id: int) -> Response:
    """Delete it for good, whatever its state."""
    service.take_back(signed_in_user(), example_id=example_id)
    return htmx.done(url_for(".index"), message=f"Example {example_id} is taken back, and deleted for good.")


@blueprint.post("/excluded-skills")
@guard(Action.USE_OWN_ACCOUNT)
def exclude() -> Response:
    """Leave a skill out of my consent, and delete what it has of me."""
    form = ExclusionForm(request.form)
    try:
        skill = get_skill_by_slug((form.skill.data or "").strip())
    except NotFound as error:
        form.add_errors({"skill": str(error)})
        return _index(form, status=422)
    exclude_skill(signed_in_user(), skill_id=skill.id)
    return htmx.done(url_for(".index"), message=f"{skill.title} is left out; what it had of your usage is deleted.")


@blueprint.post("/excluded-skills/<int:skill_id>/removal")
@guard(Action.USE_OWN_ACCOUNT)
def include(skill_id: int) -> Response:
    """Take a skill into my consent again."""
    include_skill(signed_in_user(), skill_id=skill_id)
    return htmx.done(url_for(".index"), message="The skill is a part of your consent again.")


def _index(form: ExclusionForm, *, status: int = 200) -> Response:
    user = signed_in_user()
    return htmx.render(
        "contributions/index.html",
        status=status,
        page=service.get_contributions(user, cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE")),
        kept_in_versions=service.get_kept_in_versions(user),
        list_url=url_for(".index"),
        consent=get_preferences(user.id).consent,
        excluded=get_excluded_skills(user),
        ledger=get_own_ledger(user),
        notices=NOTICES,
        form=form,
    )


def _show(row: Contribution, form: RemovalForm, *, status: int = 200) -> Response:
    return htmx.render("contributions/show.html", status=status, row=row, form=form, days_in_bin=KEPT.days)


def _json_lines() -> Iterator[str]:
    separator = "[\n"
    for contribution in service.export_contributions(signed_in_user()):
        yield separator + json.dumps(contribution, ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n" if separator != "[\n" else "[]\n"
