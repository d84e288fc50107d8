"""What the signed-in user is told: the count in every page's header, and the list.

Both are kept current by one poll: the count's element in the header asks, and where the list is on the page as well its
address says so, and the answer brings both.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, request, session, url_for

from app import config
from app.domain.notifications import BY_KEY, Page, sentence_of
from app.models import User
from app.policies import Action
from app.services import notifications as service
from app.services.notifications import NotificationWithNames
from app.services.users import find_user_by_session_token
from app.web import htmx
from app.web.guards import Open, acting_user, guard, signed_in_user
from app.web.htmx import Fragment
from app.web.paging import read_cursor

blueprint = Blueprint("notifications", __name__, url_prefix="/notifications")

COUNT = Fragment("notifications/_count.html", "#notification-count")
POLLS_APART = 3
"""The count is looked at every so many of the seconds that lists are looked at."""
PAGES: dict[Page, Callable[[NotificationWithNames], str]] = {
    Page.SKILL: lambda row: url_for("skills.show", slug=row.skill_slug),
    Page.SUGGESTION: lambda row: url_for(
        "suggestions.show", slug=row.skill_slug, suggestion_id=row.notification.subject_id
    ),
    Page.OPINION: lambda row: url_for("opinions.show", opinion_id=row.notification.subject_id),
    Page.REVIEW: lambda row: url_for("reviews.index", slug=row.skill_slug, example=row.notification.subject_id),
    Page.TRAINING_DATA: lambda row: url_for("training_examples.index", slug=row.skill_slug),
    Page.TRAINING_EXAMPLE: lambda row: url_for(
        "false_alarms.index", slug=row.skill_slug, example_id=row.notification.subject_id
    ),
}


@blueprint.record_once
def _declare(state: Any) -> None:
    app: Flask = state.app
    app.jinja_env.filters["sentence"] = _sentence
    app.jinja_env.globals["notifications_tag"] = _tag
    app.jinja_env.globals["notification_poll_seconds"] = POLLS_APART * app.config["GOLDSET_POLL_SECONDS"]


@blueprint.get("")
@guard(Action.USE_OWN_ACCOUNT)
def index() -> Response:
    """My notifications, newest first."""
    return htmx.render("notifications/index.html", **_list())


@blueprint.get("/live")
@guard(Open.CHECKS_ITSELF)
def live() -> Response:
    """What open pages poll: 304 after one query while nothing changed, else the count, and the list where it shows."""
    user = find_user_by_session_token(session.get("_user_id") or "")
    if user is None or htmx.is_unchanged(_tag(user)):
        return htmx.unchanged()
    return htmx.tagged(_live_list() if "list" in request.args else htmx.swap(COUNT), _tag(user))


@blueprint.post("/<int:notification_id>/reading")
@guard(Action.USE_OWN_ACCOUNT)
def create_reading(notification_id: int) -> Response:
    """Mark one as read; with `open`, go to what it is about."""
    row = service.mark_read(signed_in_user(), notification_id=notification_id)
    if "open" in request.form:
        return htmx.go(PAGES[BY_KEY[row.notification.kind].value.page](row))
    return htmx.done(
        url_for(".index"),
        Fragment("notifications/_row.html", f"#notification-{notification_id}"),
        COUNT,
        row=row,
        focus_row=True,
    )


@blueprint.post("/reading")
@guard(Action.USE_OWN_ACCOUNT)
def create_reading_of_all() -> Response:
    """Mark everything as read that the page showed or that is older."""
    service.mark_all_read(signed_in_user(), up_to=request.form.get("up_to", default=0, type=int))
    if not htmx.wants_fragment():
        return htmx.done(url_for(".index"), message="Everything is marked as read.")
    return _live_list(message="Everything is marked as read.")


@guard(Action.USE_OWN_ACCOUNT)
def _live_list(message: str | None = None) -> Response:
    return htmx.swap(
        Fragment("notifications/_rows.html", "#notifications", "innerMorph"),
        Fragment("notifications/_mark_all.html", "#mark-all"),
        COUNT,
        message=message,
        **_list(),
    )


def _list() -> dict[str, Any]:
    page = service.get_notifications(
        signed_in_user(), cursor=read_cursor(request.args), size=config.get("GOLDSET_PAGE_SIZE")
    )
    return {"page": page, "list_url": url_for(".index")}


def _sentence(row: NotificationWithNames) -> str:
    notification = row.notification
    return sentence_of(
        notification.kind, actor=row.actor_name, skill=f"“{row.skill_title}”", detail=notification.detail
    )


def _tag(user: User | None = None) -> str:
    """Return what an open page of the user (None: the acting one) has seen."""
    user = user or acting_user()
    return f"{user.id}-{user.notifications_version}" if user else ""
