"""One change to all examples that a filter matches: choosing it, seeing what came of it, and undoing it."""

from flask import Blueprint, Response, request, url_for

from app.domain.bulk_changes import DONE, KEPT, Change, Verb
from app.domain.errors import Conflict, Invalid, NotFound
from app.models import Skill
from app.policies import Action
from app.services import bulk_changes as service
from app.services.bulk_undo import begin_undo, delete_for_good
from app.services.skills import Filter as SkillFilter
from app.services.skills import get_skill_by_slug, get_skills
from app.services.tags import get_tags
from app.web import htmx
from app.web.bulk_changes.forms import ChangeForm
from app.web.guards import guard, signed_in_user
from app.web.training_examples.forms import FilterForm

blueprint = Blueprint("bulk_changes", __name__, url_prefix="/skills/<slug>/training-data/changes")

FIELDS = {"tag": "tag_name"}
"""What the form calls a field of a change, where the filter beside it has one of that name."""


@blueprint.get("")
@guard(Action.EDIT_TRAINING_EXAMPLE)
def index(skill: Skill) -> Response:
    """What the filter matches, what can be done to all of it, and what was done before."""
    return _show(skill, FilterForm(request.args), ChangeForm())


@blueprint.post("")
@guard(Action.EDIT_TRAINING_EXAMPLE)
def create(skill: Skill) -> Response:
    """Begin, and go on to how far it is."""
    filters, form = FilterForm(request.form), ChangeForm(request.form)
    try:
        job = service.begin_change(
            signed_in_user(),
            skill_id=skill.id,
            change=_change(form),
            wanted=filters.to_filter(),
            up_to=form.newest_id,
        )
    except Invalid as error:
        form.add_errors({FIELDS.get(name, name): text for name, text in error.errors.items()})
        return _show(skill, filters, form, status=422)
    except Conflict as error:
        form.refuse(str(error))
        return _show(skill, filters, form, status=409)
    return htmx.go(url_for("jobs.show", job_id=job.id))


@blueprint.post("/<int:job_id>/undo")
@guard(Action.EDIT_TRAINING_EXAMPLE)
def undo(skill: Skill, job_id: int) -> Response:
    """Begin to take a change back."""
    job = begin_undo(signed_in_user(), job_id=job_id, skill_id=skill.id)
    return htmx.go(url_for("jobs.show", job_id=job.id))


@blueprint.post("/<int:job_id>/removal")
@guard(Action.DELETE_TRAINING_EXAMPLE)
def delete(skill: Skill, job_id: int) -> Response:
    """Delete for good what a change has deleted."""
    count = delete_for_good(signed_in_user(), job_id=job_id, skill_id=skill.id)
    return htmx.done(url_for(".index", slug=skill.slug), message=f"Deleted for good: {count:,}.")


def _change(form: ChangeForm) -> Change:
    try:
        verb = Verb(request.form.get("verb", ""))
    except ValueError:
        raise Invalid({"verb": "Choose what to do with them."}) from None
    try:
        other = get_skill_by_slug((form.to_skill.data or "").strip()) if verb is Verb.MOVE else None
    except NotFound as error:
        raise Invalid({"to_skill": str(error)}) from None
    return Change(verb, form.tag_name.data, other.id if other else None)


def _show(skill: Skill, filters: FilterForm, form: ChangeForm, *, status: int = 200) -> Response:
    user = signed_in_user()
    own_skills = get_skills(wanted=SkillFilter(author_id=user.id), size=100).rows
    return htmx.render(
        "bulk_changes/index.html",
        status=status,
        skill=skill,
        form=form,
        asked=filters.to_filter(),
        wanted=filters.to_url(),
        extent=service.find_extent(skill.id, filters.to_filter()),
        changes=service.get_bulk_changes(user, skill.id),
        tags=get_tags(skill.id),
        own_skills=[one for one in own_skills if one.id != skill.id],
        done_words={verb.value: words for verb, words in DONE.items()},
        days=KEPT.days,
    )
