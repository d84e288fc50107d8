"""The review of a skill's pending examples: one at a time beside its queue, and all that a filter matches.

Every view answers with the page or with `#review`, the part of it that changes; the next example is there at once.
"""

from typing import Any

from flask import Blueprint, Response, request, session, url_for

from app.domain.errors import Conflict, Invalid, Stale
from app.domain.reviews import DONE, Verb, agrees
from app.models import Skill, TrainingExample
from app.policies import Action
from app.services import opinions, review_undo
from app.services import reviews as service
from app.services.live import Watched, find_watched_training_data
from app.services.near_duplicates import find_alike, find_near_duplicates
from app.services.provenance import find_provenance
from app.services.review_queue import get_queue
from app.services.training_examples import get_training_example_with_user
from app.web import htmx, polls
from app.web.guards import Open, acting_user, guard, signed_in_user
from app.web.htmx import Fragment
from app.web.messages import saved_message
from app.web.reviews.forms import AskForm, BulkForm, DecisionForm, FilterForm
from app.web.training_examples.views import COUNTS

blueprint = Blueprint("reviews", __name__, url_prefix="/skills/<slug>/training-data/review")

REVIEW = "reviews/_review.html"
TAB_COUNT = COUNTS[1]
LIVE = Fragment("reviews/_live.html", "#review-live", "outerHTML")
WAITING = Fragment("reviews/_waiting.html", "#review-waiting")
QUEUE = (
    Fragment("reviews/_queue.html", "#review-queue", "innerMorph"),
    WAITING,
)


@blueprint.get("")
@guard(Action.SEE_UNAPPROVED_TRAINING_EXAMPLES)
def index(skill: Skill) -> Response:
    """What waits, and the first of it, or the one that the URL names."""
    example_id = request.args.get("example", type=int)
    return _show(skill, example_id=example_id, after=request.args.get("after", default=0, type=int))


@blueprint.get("/live")
@guard(Open.CHECKS_ITSELF)
def live(slug: str) -> Response:
    """What an open review polls: 304 while nothing changed, else the queue and the counts as they are now."""
    watched = find_watched_training_data(slug, session_token=session.get("_user_id"))
    return polls.answer_poll(watched, slug=slug, show_list=_live_queue)


@blueprint.post("/<int:example_id>/approval")
@guard(Action.REVIEW_TRAINING_EXAMPLES)
def approve(skill: Skill, example_id: int) -> Response:
    """Approve an example as it is."""
    return _decide(skill, example_id, Verb.APPROVE)


@blueprint.post("/<int:example_id>/correction")
@guard(Action.REVIEW_TRAINING_EXAMPLES)
def correct(skill: Skill, example_id: int) -> Response:
    """Write what should have been answered, keep what was, and approve the pair."""
    return _decide(skill, example_id, Verb.CORRECT)


@blueprint.post("/<int:example_id>/rejection")
@guard(Action.REVIEW_TRAINING_EXAMPLES)
def reject(skill: Skill, example_id: int) -> Response:
    """Reject an example, with the reason."""
    return _decide(skill, example_id, Verb.REJECT)


@blueprint.post("/<int:example_id>/score")
@guard(Action.REVIEW_TRAINING_EXAMPLES)
def score(skill: Skill, example_id: int) -> Response:
    """Score an example and decide later."""
    return _decide(skill, example_id, Verb.SCORE, stay=True)


@blueprint.post("/<int:example_id>/folding")
@guard(Action.REVIEW_TRAINING_EXAMPLES)
def fold(skill: Skill, example_id: int) -> Response:
    """Reject a near-duplicate, naming the example that stays."""
    get_training_example_with_user(skill.id, example_id)
    try:
        done = service.fold(
            signed_in_user(),
            example_id=example_id,
            revision=_sent_revision(),
            into_id=request.form.get("into", default=0, type=int),
        )
    except (Invalid, Conflict) as error:
        return _show(skill, example_id=example_id, status=_status_of(error), problem=str(error))
    return _done(skill, f"Example {example_id} is folded.", action_id=done.action_id)


@blueprint.post("/bulk")
@guard(Action.REVIEW_TRAINING_EXAMPLES)
def decide_on_all(skill: Skill) -> Response:
    """Approve or reject everything that the filter matches and that was there when it was looked at."""
    form = BulkForm(request.form)
    try:
        verb = Verb(request.form.get("verb", ""))
    except ValueError:
        return _show(skill, status=422, bulk=form, problem="Choose whether to approve or to reject them.")
    try:
        action = service.decide_on_all(
            signed_in_user(),
            skill_id=skill.id,
            verb=verb,
            wanted=FilterForm(request.form).to_filter(),
            up_to=form.up_to.data or 0,
            reason=form.reason.data or "",
        )
    except Invalid as error:
        form.add_errors(error.errors)
        return _show(skill, status=422, bulk=form, problem=error.errors.get("verb"))
    except Conflict as error:
        return _show(skill, status=409, problem=str(error))
    return _done(skill, f"Of the queue {DONE[verb]}: {action.examples:,}.", action_id=action.id)


@blueprint.post("/undo")
@guard(Action.REVIEW_TRAINING_EXAMPLES)
def undo(skill: Skill) -> Response:
    """Take back what I did last here."""
    try:
        action_id = request.form.get("action_id", default=0, type=int)
        undone = review_undo.undo(signed_in_user(), action_id=action_id, skill_id=skill.id)
    except Conflict as error:
        return _show(skill, status=409, problem=str(error))
    message = f"{undone.restored:,} as before." if undone.restored != 1 else "Undone."
    if undone.left_alone:
        message += f" {undone.left_alone:,} changed or deleted since, not brought back."
    return _done(skill, message)


@blueprint.post("/<int:example_id>/opinions")
@guard(Action.REVIEW_TRAINING_EXAMPLES)
def ask(skill: Skill, example_id: int) -> Response:
    """Ask somebody for a second opinion."""
    form = AskForm(request.form)
    get_training_example_with_user(skill.id, example_id)
    try:
        opinions.ask_for_opinion(signed_in_user(), example_id=example_id, email=form.email.data or "")
    except Invalid as error:
        form.add_errors(error.errors)
        return _show(skill, example_id=example_id, status=422, ask=form)
    except Conflict as error:
        form.add_errors({"email": str(error)})
        return _show(skill, example_id=example_id, status=409, ask=form)
    return _done(skill, "Asked. The answer comes as a notification.", example_id=example_id)


def _decide(skill: Skill, example_id: int, verb: Verb, *, stay: bool = False) -> Response:
    form = DecisionForm(request.form)
    get_training_example_with_user(skill.id, example_id)
    try:
        done = service.decide(
            signed_in_user(),
            example_id=example_id,
            revision=_sent_revision(),
            verb=verb,
            reason=(form.reason.data or "") if verb is Verb.REJECT else "",
            expected_output=form.expected_output.data,
            quality_score=form.quality_score.data,
        )
    except Invalid as error:
        form.add_errors(error.errors)
        return _show(skill, example_id=example_id, status=422, form=form)
    except Stale as error:
        form.refuse(f"Somebody decided on this example or changed it after you opened it. {error}")
        return _show(skill, example_id=example_id, status=409, form=form)
    except Conflict as error:
        return _show(skill, example_id=example_id, status=409, problem=str(error))
    message = saved_message(f"Example {example_id} is {DONE[verb]}.", done.secrets_found)
    where = {"example_id": example_id} if stay else {"after": example_id}
    return _done(skill, message, action_id=done.action_id, **where)


def _done(
    skill: Skill, message: str, *, action_id: int | None = None, example_id: int | None = None, after: int = 0
) -> Response:
    filters = FilterForm(request.form)
    if not htmx.wants_fragment():
        here = url_for(".index", slug=skill.slug, example=example_id, after=after or None, q=filters.q.data or None)
        return htmx.done(here, message=message)
    context = _context(skill, filters, example_id=example_id, after=after)
    return htmx.done("", Fragment(REVIEW, "#review"), LIVE, WAITING, TAB_COUNT, message=message, **context)


def _show(
    skill: Skill,
    *,
    status: int = 200,
    example_id: int | None = None,
    after: int = 0,
    form: DecisionForm | None = None,
    bulk: BulkForm | None = None,
    ask: AskForm | None = None,
    problem: str | None = None,
) -> Response:
    filters = FilterForm(request.args if request.method == "GET" else request.form)
    context = _context(skill, filters, example_id=example_id, after=after, form=form, bulk=bulk, ask=ask)
    return htmx.render("reviews/index.html", REVIEW, status=status, problem=problem, **context)


def _context(
    skill: Skill,
    filters: FilterForm,
    *,
    example_id: int | None = None,
    after: int = 0,
    form: DecisionForm | None = None,
    bulk: BulkForm | None = None,
    ask: AskForm | None = None,
) -> dict[str, Any]:
    """Return what the review's templates need."""
    user = acting_user()
    queue = get_queue(skill.id, filters.to_filter(), example_id=example_id, after=after)
    example = queue.current
    if form is None:
        form = DecisionForm(obj=example) if example else DecisionForm()
        form.reason.data = None
        form.expected_output.data = (example.expected_output or example.example_output) if example else None
    return {
        "skill": skill,
        "filters": filters,
        "queue": queue,
        "looked_at": example.id if example else None,
        "alike": find_alike([one.id for one in queue.upcoming]),
        "near_duplicates": find_near_duplicates(example) if example else [],
        "provenance": find_provenance(example) if example else None,
        "opinions": opinions.get_opinions_on(example.id) if example else [],
        "agreement": opinions.count_agreement(skill.id),
        "agrees": agrees,
        "last_action": review_undo.find_last_action(user, skill.id) if user else None,
        "done_words": {verb.value: words for verb, words in DONE.items()},
        "form": form,
        "bulk": bulk or BulkForm(),
        "ask": ask or AskForm(),
        "watched": Watched(skill.training_data_version, user.id if user else None, is_admitted=True),
        "live_url": polls.live_url(".live", skill, **_shown(filters, example, after)),
    }


def _shown(filters: FilterForm, example: TrainingExample | None, after: int) -> dict[str, str]:
    """Return what a poll must know to show the queue as it is shown now."""
    shown = {"q": filters.q.data, "after": after, "looked_at": example.id if example else None}
    return {name: str(value) for name, value in shown.items() if value}


@guard(Action.SEE_UNAPPROVED_TRAINING_EXAMPLES)
def _live_queue(skill: Skill) -> Response:
    filters = FilterForm(request.args)
    queue = get_queue(skill.id, filters.to_filter(), after=request.args.get("after", default=0, type=int))
    return htmx.swap(
        *QUEUE,
        polls.STATUS,
        TAB_COUNT,
        is_signed_out=polls.was_signed_in(),
        skill=skill,
        queue=queue,
        looked_at=request.args.get("looked_at", type=int),
        filters=filters,
        alike=find_alike([one.id for one in queue.upcoming]),
    )


def _status_of(error: Exception) -> int:
    return 422 if isinstance(error, Invalid) else 409


def _sent_revision() -> int:
    return request.form.get("revision", default=0, type=int)
