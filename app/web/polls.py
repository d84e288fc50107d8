"""How views answer the polls of open pages."""

from flask import Response, request

from app.domain.errors import NotFound
from app.services.live import Watched
from app.web import htmx
from app.web.guards import View, acting_user
from app.web.htmx import Fragment

STATUS = Fragment("_live_status.html", "#live-status")


def answer_poll(watched: Watched | None, *, slug: str, show_list: View) -> Response:
    """Answer 304 while nothing changed, else with what `show_list` (a guarded view) shows of the skill now."""
    if watched is None:
        raise NotFound(f"skill named {slug!r}")
    if htmx.is_unchanged(watched.tag):
        return htmx.unchanged()
    answer = show_list(slug=slug) if watched.is_admitted else htmx.swap(STATUS, is_signed_out=True)
    return htmx.tagged(answer, watched.tag)


def is_signed_out() -> bool:
    """Return whether the page that polls was opened by somebody who is signed in no more."""
    user = acting_user()
    return request.args.get("viewer", "0") not in ("0", str(user.id if user else 0))
