"""The training-data tab of a skill: the list that everybody watches, and the author's adding, editing and deleting.

Every view answers with a page or with fragments of it; `_tab` gathers what both need. Fragments are put in place by
id: a row is `#training-example-<id>`, the list `#training-examples`, the two counts share one template.
"""

from typing import Any

from flask import Blueprint, Response, request, session, url_for
from werkzeug.datastructures import MultiDict

from app import config
from app.domain.errors import Duplicate, Invalid, Stale
from app.domain.training_examples import Sort
from app.models import Skill, TrainingExample
from app.policies import Action, can, check
from app.services import training_examples as service
from app.services.live import Watched, find_watched_training_data
from app.services.provenance import find_provenance
from app.services.redaction import Preview, preview_redaction
from app.services.saved_filters import get_saved_filters
from app.services.tags import get_tags
from app.services.training_example_lists import KEY_PARTS, Filter
from app.services.training_examples import TrainingExampleWithUser
from app.web import htmx, polls
from app.web.guards import Open, acting_user, guard, signed_in_user
from app.web.htmx import Fragment
from app.web.messages import saved_message
from app.web.paging import read_cursor
from app.web.training_examples.forms import FilterForm, TrainingExampleForm, is_filtered, shows_only_public
from app.web.training_examples.rows import find_row

blueprint = Blueprint("training_examples", __name__, url_prefix="/skills/<slug>/training-data")

COUNTS = (
    Fragment("training_examples/_count.html", "#training-example-count"),
    Fragment("training_examples/_count.html", "#training-example-tab-count"),
)
PENDING = Fragment("training_examples/_pending.html", "#training-example-pending")
ADD_FORM = "training_examples/_add_form.html"
PREVIEW = "training_examples/_preview.html"


@blueprint.get("")
@guard(Action.VIEW_SKILLS)
def index(skill: Skill) -> Response:
    """The tab: the author's form, the filters, and one page of the list."""
    return _tab(skill, form=TrainingExampleForm())


@blueprint.post("")
@guard(Action.ADD_TRAINING_EXAMPLE)
def create(skill: Skill) -> Response:
    """Add a golden example, and show it on top of the list the author is looking at."""
    form = TrainingExampleForm(request.form)
    if not form.validate():
        return _tab(skill, form=form, status=422)
    try:
        saved = service.submit_training_example(signed_in_user(), skill_id=skill.id, **form.to_values())
    except Invalid as error:
        form.add_errors(error.errors)
        return _tab(skill, form=form, status=422)
    except Duplicate as error:
        form.refuse(str(error))
        return _tab(skill, form=form, status=409, existing_id=error.existing_id)
    rows = (Fragment("training_examples/_row.html", "#training-examples", "afterbegin"),)
    is_on_page = _is_on_page(skill, saved.example)
    return htmx.done(
        url_for(".index", slug=skill.slug, _anchor=f"training-example-{saved.example.id}"),
        Fragment(ADD_FORM, "#training-example-form"),
        *(rows if is_on_page else ()),
        *COUNTS,
        message=saved_message(f"Example {saved.example.id} is added.", saved.secrets_found, is_on_page=is_on_page),
        skill=skill,
        form=TrainingExampleForm(formdata=None),
        focus_form=True,
        row=TrainingExampleWithUser(saved.example, signed_in_user().name),
    )


@blueprint.post("/preview")
@guard(Action.ADD_TRAINING_EXAMPLE)
def preview(skill: Skill) -> Response:
    """What would be taken out of a new example, and saved nowhere."""
    form = TrainingExampleForm(request.form)
    if htmx.wants_fragment():
        return htmx.render(PREVIEW, preview=_preview(skill, form))
    return _tab(skill, form=form, preview=_preview(skill, form))


@blueprint.post("/more-turns")
@guard(Action.ADD_TRAINING_EXAMPLE)
def more_turns(skill: Skill) -> Response:
    """The form of a new example with room for one more exchange before the input."""
    form = TrainingExampleForm(request.form)
    form.add_exchange()
    if htmx.wants_fragment():
        return htmx.render(ADD_FORM, skill=skill, form=form, preview=_kept_preview(skill, form))
    return _tab(skill, form=form)


@blueprint.get("/live")
@guard(Open.CHECKS_ITSELF)
def live(slug: str) -> Response:
    """What open tabs poll: 304 after one query while nothing changed, else the list and the counts as they are now."""
    watched = find_watched_training_data(slug, session_token=session.get("_user_id"))
    return polls.answer_poll(watched, slug=slug, show_list=_live_list)


@blueprint.get("/<int:example_id>")
@guard(Action.VIEW_SKILLS)
def show(skill: Skill, example_id: int) -> Response:
    """One example by itself: what links to an example lead to."""
    row = find_row(skill, example_id)
    return htmx.render(
        "training_examples/show.html",
        "training_examples/_row.html",
        skill=skill,
        row=row,
        provenance=find_provenance(row.example),
        focus_row=htmx.wants_fragment(),
    )


@blueprint.get("/<int:example_id>/edit")
@guard(Action.EDIT_TRAINING_EXAMPLE)
def edit(skill: Skill, example_id: int) -> Response:
    """The form to change an example: in its row, or on a page of its own."""
    row = find_row(skill, example_id)
    return _edit_form(skill, row, form=TrainingExampleForm.of(row.example), revision=row.example.revision)


@blueprint.post("/<int:example_id>/edit")
@guard(Action.EDIT_TRAINING_EXAMPLE)
def update(skill: Skill, example_id: int) -> Response:
    """Save the changed example, unless somebody else changed it since: then both texts are shown."""
    row = find_row(skill, example_id)
    form = TrainingExampleForm(request.form)
    revision = _sent_revision()
    if not form.validate():
        return _edit_form(skill, row, form=form, revision=revision, status=422)
    try:
        saved = service.edit_training_example(
            signed_in_user(), example_id=example_id, revision=revision, **form.to_values()
        )
    except Invalid as error:
        form.add_errors(error.errors)
        return _edit_form(skill, row, form=form, revision=revision, status=422)
    except Stale as error:
        form.refuse(str(error))
        return _edit_form(skill, row, form=form, revision=error.revision, status=409, is_stale=True)
    except Duplicate as error:
        form.refuse(str(error))
        return _edit_form(skill, row, form=form, revision=revision, status=409, existing_id=error.existing_id)
    return htmx.done(
        url_for(".show", slug=skill.slug, example_id=example_id),
        Fragment("training_examples/_row.html", f"#training-example-{example_id}"),
        message=saved_message(f"Example {example_id} is saved.", saved.secrets_found),
        skill=skill,
        row=TrainingExampleWithUser(saved.example, row.user_name),
        focus_row=True,
    )


@blueprint.post("/<int:example_id>/preview")
@guard(Action.EDIT_TRAINING_EXAMPLE)
def preview_edit(skill: Skill, example_id: int) -> Response:
    """What would be taken out of the changed example, and saved nowhere."""
    row = find_row(skill, example_id)
    form = TrainingExampleForm(request.form)
    if htmx.wants_fragment():
        return htmx.render(PREVIEW, preview=_preview(skill, form))
    return _edit_form(skill, row, form=form, revision=_sent_revision(), preview=_preview(skill, form))


@blueprint.post("/<int:example_id>/more-turns")
@guard(Action.EDIT_TRAINING_EXAMPLE)
def more_turns_edit(skill: Skill, example_id: int) -> Response:
    """The form to change an example with room for one more exchange before the input."""
    form = TrainingExampleForm(request.form)
    form.add_exchange()
    return _edit_form(skill, find_row(skill, example_id), form=form, revision=_sent_revision())


@blueprint.get("/<int:example_id>/delete")
@guard(Action.DELETE_TRAINING_EXAMPLE)
def confirm_delete(skill: Skill, example_id: int) -> Response:
    """Ask before an example is deleted: in its row, or on a page of its own."""
    return _confirm_delete(skill, find_row(skill, example_id))


@blueprint.post("/<int:example_id>/delete")
@guard(Action.DELETE_TRAINING_EXAMPLE)
def delete(skill: Skill, example_id: int) -> Response:
    """Delete the example that was shown with the question."""
    row = find_row(skill, example_id)
    try:
        service.delete_training_example(signed_in_user(), example_id=example_id, revision=_sent_revision())
    except Stale as error:
        return _confirm_delete(skill, row, status=409, problem=str(error))
    return htmx.done(
        url_for(".index", slug=skill.slug),
        Fragment(None, f"#training-example-{example_id}", "delete"),
        *COUNTS,
        message=f"Example {example_id} is deleted.",
        skill=skill,
    )


def _tab(
    skill: Skill,
    *,
    form: TrainingExampleForm,
    status: int = 200,
    existing_id: int | None = None,
    preview: Preview | None = None,
) -> Response:
    preview = preview or _kept_preview(skill, form)
    if status != 200 and htmx.wants_fragment():
        return htmx.render(ADD_FORM, status=status, skill=skill, form=form, existing_id=existing_id, preview=preview)
    return htmx.render(
        "training_examples/index.html",
        "training_examples/_tab.html",
        status=status,
        form=form,
        existing_id=existing_id,
        preview=preview,
        **_filters(skill),
        **_list(skill),
    )


def _preview(skill: Skill, form: TrainingExampleForm) -> Preview:
    texts = {"input": form.example_input.data or "", "output": form.example_output.data or ""}
    for number, turn in enumerate(form.turns, start=1):
        texts[f"{turn.role}'s turn {number}"] = turn.content
    texts |= {"tags": form.tags.data or "", "metadata": form.metadata.data or ""}
    return preview_redaction(skill, texts, not_secret=form.not_secret.data or ())


def _kept_preview(skill: Skill, form: TrainingExampleForm) -> Preview | None:
    """Return the preview of a form that comes back with something ticked in it: nothing that was chosen is lost."""
    return _preview(skill, form) if form.not_secret.data else None


def _filters(skill: Skill) -> dict[str, Any]:
    """Return what the filters above the list need; who only watches it asks for none of that."""
    filters = FilterForm(request.args)
    return {
        "filters": filters,
        "wanted": filters.to_url(),
        "tags": get_tags(skill.id),
        "saved": get_saved_filters(acting_user(), skill.id),
    }


def _list(skill: Skill) -> dict[str, Any]:
    """Return what the list's templates need: the page that the URL asks for."""
    wanted = _wanted(skill, request.args)
    user = acting_user()
    return {
        "skill": skill,
        "list_url": url_for(".index", slug=skill.slug),
        "is_filtered": is_filtered(wanted),
        "page": service.get_training_examples_for_skill(
            skill.id,
            wanted=wanted,
            cursor=read_cursor(request.args, parts=KEY_PARTS[wanted.sort]),
            size=config.get("GOLDSET_PAGE_SIZE"),
        ),
        "watched": Watched(skill.training_data_version, user.id if user else None, is_admitted=True),
        "live_url": polls.live_url(".live", skill),
    }


def _wanted(skill: Skill, arguments: MultiDict[str, str]) -> Filter:
    """Return the filter that a list's URL names; raise where it asks for what the viewer may not see."""
    wanted = FilterForm(arguments).to_filter()
    if not shows_only_public(wanted):
        check(acting_user(), Action.SEE_UNAPPROVED_TRAINING_EXAMPLES, skill)
    return wanted


def _is_on_page(skill: Skill, example: TrainingExample) -> bool:
    """Return whether a new example belongs on top of the list that its author is looking at.

    The example is saved by now: a list that cannot be made out is one that does not show it.
    """
    try:
        arguments = htmx.page_arguments()
        wanted = _wanted(skill, arguments)
        is_first_page = read_cursor(arguments, parts=KEY_PARTS[wanted.sort]) is None
    except (Invalid, ValueError):
        return False
    is_newest_on_top = wanted.sort is Sort.NEWEST
    return is_first_page and is_newest_on_top and (not is_filtered(wanted) or service.is_shown(example, wanted=wanted))


@guard(Action.VIEW_SKILLS)
def _live_list(skill: Skill) -> Response:
    return htmx.swap(
        Fragment("training_examples/_rows.html", "#training-examples", "innerMorph"),
        Fragment("training_examples/_pages.html", "#training-example-pages"),
        polls.STATUS,
        *COUNTS,
        *((PENDING,) if can(acting_user(), Action.SEE_UNAPPROVED_TRAINING_EXAMPLES, skill) else ()),
        is_signed_out=polls.was_signed_in(),
        **_list(skill),
    )


def _edit_form(
    skill: Skill,
    row: TrainingExampleWithUser,
    *,
    form: TrainingExampleForm,
    revision: int,
    status: int = 200,
    is_stale: bool = False,
    existing_id: int | None = None,
    preview: Preview | None = None,
) -> Response:
    return htmx.render(
        "training_examples/edit.html",
        "training_examples/_edit_row.html",
        status=status,
        skill=skill,
        row=row,
        form=form,
        revision=revision,
        is_stale=is_stale,
        existing_id=existing_id,
        preview=preview or _kept_preview(skill, form),
    )


def _confirm_delete(
    skill: Skill, row: TrainingExampleWithUser, *, status: int = 200, problem: str | None = None
) -> Response:
    return htmx.render(
        "training_examples/delete.html",
        "training_examples/_delete_row.html",
        status=status,
        skill=skill,
        row=row,
        problem=problem,
    )


def _sent_revision() -> int:
    return request.form.get("revision", default=0, type=int)
