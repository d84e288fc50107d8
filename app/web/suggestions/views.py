"""The suggestions tab of a skill: what people propose to improve, and what becomes of it.

Fragments are put in place by id, as on the training-data tab: a row is `#suggestion-<id>`, the list `#suggestions`, the
two counts share one template. A suggestion's own page shows what it brings beside what the skill says now.
"""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request, session, url_for

from app import config
from app.domain.diffs import compare_texts
from app.domain.errors import Conflict, Invalid, Stale
from app.domain.suggestions import Status, is_whole_file, possible_moves
from app.domain.text import normalise_newlines
from app.models import Skill, Suggestion
from app.policies import Action
from app.services import suggestions as service
from app.services.live import Watched, find_watched_suggestions
from app.services.skill_versions import get_current_version
from app.services.suggestion_lists import EVERYTHING, SuggestionWithUser
from app.web import htmx, polls
from app.web.guards import Open, acting_user, guard, signed_in_user
from app.web.htmx import Fragment
from app.web.messages import saved_message
from app.web.paging import read_cursor
from app.web.suggestions.forms import FilterForm, ReplyForm, SuggestionForm

blueprint = Blueprint("suggestions", __name__, url_prefix="/skills/<slug>/suggestions")

COUNTS = (
    Fragment("suggestions/_count.html", "#suggestion-count"),
    Fragment("suggestions/_count.html", "#suggestion-tab-count"),
)
ADD_FORM = "suggestions/_add_form.html"
ROW = "suggestions/_row.html"


@blueprint.app_template_filter()
def possible_statuses(suggestion: Suggestion) -> tuple[Status, ...]:
    """Return what the suggestion can become now."""
    return possible_moves(Status(str(suggestion.status)))


@blueprint.get("")
@guard(Action.VIEW_SKILLS)
def index(skill: Skill) -> Response:
    """The tab: the form to suggest something, the filters, and one page of the list."""
    return _tab(skill, form=SuggestionForm())


@blueprint.get("/new")
@guard(Action.ADD_SUGGESTION)
def new(skill: Skill) -> Response:
    """The form on a page of its own, with the skill's present text to start from."""
    form = SuggestionForm(suggested_content=get_current_version(skill).content)
    return htmx.render("suggestions/new.html", skill=skill, form=form, is_page=True)


@blueprint.post("")
@guard(Action.ADD_SUGGESTION)
def create(skill: Skill) -> Response:
    """Add a suggestion, and show it on top of the list that its maker is looking at."""
    form = SuggestionForm(request.form)
    try:
        saved = service.submit_suggestion(signed_in_user(), skill_id=skill.id, **form.data)
    except Invalid as error:
        form.add_errors(error.errors)
        return _tab(skill, form=form, status=422)
    suggestion = saved.suggestion
    is_on_page = _is_on_page(suggestion)
    row = (Fragment(ROW, "#suggestions", "afterbegin"),) if is_on_page else ()
    return htmx.done(
        url_for(".index", slug=skill.slug, _anchor=f"suggestion-{suggestion.id}"),
        Fragment(ADD_FORM, "#suggestion-form"),
        *row,
        *COUNTS,
        message=saved_message(f"Suggestion {suggestion.id} is added.", saved.secrets_found, is_on_page=is_on_page),
        skill=skill,
        form=SuggestionForm(formdata=None),
        focus_form=True,
        swap=True,
        row=SuggestionWithUser(suggestion, signed_in_user().name, None, suggestion.suggested_content is not None),
    )


@blueprint.get("/live")
@guard(Open.CHECKS_ITSELF)
def live(slug: str) -> Response:
    """What open tabs poll: 304 after one query while nothing changed, else the list and the counts as they are now."""
    watched = find_watched_suggestions(slug, session_token=session.get("_user_id"))
    return polls.answer_poll(watched, slug=slug, show_list=_live_list)


@blueprint.get("/<int:suggestion_id>")
@guard(Action.VIEW_SKILLS)
def show(skill: Skill, suggestion_id: int) -> Response:
    """One suggestion by itself, beside what the skill says now: what links to a suggestion lead to."""
    return _show(skill, service.get_suggestion_with_user(skill.id, suggestion_id))


@blueprint.post("/<int:suggestion_id>/status")
@guard(Action.MOVE_SUGGESTION)
def update_status(skill: Skill, suggestion_id: int) -> Response:
    """Move the suggestion to the state `status`, where the lifecycle lets it."""
    row = service.get_suggestion_with_user(skill.id, suggestion_id)
    try:
        moved = service.move_suggestion(
            signed_in_user(),
            suggestion_id=suggestion_id,
            status=request.form.get("status", ""),
            revision=_sent_revision(),
        )
    except Conflict as error:
        return _show(skill, row, status=409, problem=str(error))
    return _done(skill, row, message=f"Suggestion {suggestion_id} is {moved.status}.")


@blueprint.get("/<int:suggestion_id>/reply")
@guard(Action.REPLY_TO_SUGGESTION)
def edit_reply(skill: Skill, suggestion_id: int) -> Response:
    """The form for the author's reply: in its row, or on a page of its own."""
    row = service.get_suggestion_with_user(skill.id, suggestion_id)
    return _reply_form(skill, row, form=ReplyForm(obj=row.suggestion), revision=row.suggestion.revision)


@blueprint.post("/<int:suggestion_id>/reply")
@guard(Action.REPLY_TO_SUGGESTION)
def update_reply(skill: Skill, suggestion_id: int) -> Response:
    """Save the author's reply, unless the suggestion changed since: then what was typed is kept beside it."""
    row = service.get_suggestion_with_user(skill.id, suggestion_id)
    form = ReplyForm(request.form)
    revision = _sent_revision()
    try:
        saved = service.reply_to_suggestion(
            signed_in_user(), suggestion_id=suggestion_id, reply=form.reply.data or "", revision=revision
        )
    except Invalid as error:
        form.add_errors(error.errors)
        return _reply_form(skill, row, form=form, revision=revision, status=422)
    except Stale as error:
        form.refuse("This suggestion was changed after you opened it. Look at it and save again.")
        return _reply_form(skill, row, form=form, revision=error.revision, status=409)
    row = row._replace(replier_name=signed_in_user().name)
    return _done(skill, row, message=saved_message("Your reply is saved.", saved.secrets_found))


@blueprint.post("/<int:suggestion_id>/application")
@guard(Action.APPLY_SUGGESTION)
def create_application(skill: Skill, suggestion_id: int) -> Response:
    """Make the suggested SKILL.md the skill's next version."""
    row = service.get_suggestion_with_user(skill.id, suggestion_id)
    try:
        service.apply_suggestion(
            signed_in_user(),
            suggestion_id=suggestion_id,
            revision=_sent_revision(),
            version_number=request.form.get("version_number", default=0, type=int),
        )
    except Invalid as error:
        return _show(skill, row, status=422, faults=list(error.errors.values()))
    except Conflict as error:
        return _show(skill, row, status=409, problem=str(error))
    return _done(skill, row, message=f"Suggestion {suggestion_id} is the skill's version {skill.version_number} now.")


def _tab(skill: Skill, *, form: SuggestionForm, status: int = 200) -> Response:
    if status != 200 and htmx.wants_fragment():
        return htmx.render(ADD_FORM, status=status, skill=skill, form=form)
    return htmx.render("suggestions/index.html", "suggestions/_tab.html", status=status, form=form, **_list(skill))


def _list(skill: Skill) -> dict[str, Any]:
    """Return what the list's templates need: the page that the URL asks for, and its filters."""
    filters = FilterForm(request.args)
    wanted = filters.to_filter()
    user = acting_user()
    return {
        "skill": skill,
        "list_url": url_for(".index", slug=skill.slug),
        "filters": filters,
        "is_filtered": wanted != EVERYTHING,
        "swap": True,
        "page": service.get_suggestions_for_skill(
            skill.id, wanted=wanted, cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE")
        ),
        "watched": Watched(skill.suggestions_version, user.id if user else None, is_admitted=True),
        "live_url": polls.live_url(".live", skill),
    }


def _is_on_page(suggestion: Suggestion) -> bool:
    """Return whether a new suggestion belongs on top of the list that its maker is looking at.

    The suggestion is saved by now: a list that cannot be made out is one that does not show it.
    """
    try:
        arguments = htmx.page_arguments()
        is_first_page = read_cursor(arguments) is None
    except (Invalid, ValueError):
        return False
    return is_first_page and service.is_shown(suggestion, wanted=FilterForm(arguments).to_filter())


@guard(Action.VIEW_SKILLS)
def _live_list(skill: Skill) -> Response:
    return htmx.swap(
        Fragment("suggestions/_rows.html", "#suggestions", "innerMorph"),
        Fragment("suggestions/_pages.html", "#suggestion-pages"),
        polls.STATUS,
        *COUNTS,
        is_signed_out=polls.was_signed_in(),
        **_list(skill),
    )


def _show(
    skill: Skill, row: SuggestionWithUser, *, status: int = 200, problem: str | None = None, faults: Sequence[str] = ()
) -> Response:
    context: dict[str, Any] = {"skill": skill, "row": row, "problem": problem, "faults": faults}
    if htmx.wants_fragment():
        return htmx.render(ROW, status=status, swap=True, **context)
    version = get_current_version(skill)
    content = row.suggestion.suggested_content
    return htmx.render(
        "suggestions/show.html",
        status=status,
        version=version,
        is_whole=content is not None and is_whole_file(content),
        pieces_of_diff=compare_texts(normalise_newlines(version.content), content or ""),
        applied_version=service.get_applied_version_number(row.suggestion),
        **context,
    )


def _reply_form(
    skill: Skill, row: SuggestionWithUser, *, form: ReplyForm, revision: int, status: int = 200
) -> Response:
    return htmx.render(
        "suggestions/reply.html",
        "suggestions/_reply_row.html",
        status=status,
        skill=skill,
        row=row,
        form=form,
        revision=revision,
    )


def _done(skill: Skill, row: SuggestionWithUser, *, message: str) -> Response:
    return htmx.done(
        url_for(".show", slug=skill.slug, suggestion_id=row.suggestion.id),
        Fragment(ROW, f"#suggestion-{row.suggestion.id}"),
        message=message,
        skill=skill,
        row=row,
        swap=True,
        focus_row=True,
    )


def _sent_revision() -> int:
    return request.form.get("revision", default=0, type=int)
