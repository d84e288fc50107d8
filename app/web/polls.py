"""How views answer the polls of open pages."""

from flask import Response, request, url_for

from app.domain.errors import NotAllowed, NotFound, SignInRequired
from app.models import Skill
from app.policies import Action, can
from app.services.live import OUTSIDE, Watched
from app.services.site_settings import get_site_settings
from app.web import htmx
from app.web.guards import View, acting_user
from app.web.htmx import Fragment
from app.web.paging import page_url

STATUS = Fragment("_live_status.html", "#live-status")


def answer_poll(watched: Watched | None, *, slug: str, show_list: View) -> Response:
    """Answer 304 while nothing changed, else with what `show_list` (a guarded view) shows of the skill now."""
    if watched is None or not watched.is_admitted:
        return _answer_outsider(slug)
    if htmx.is_unchanged(watched.tag):
        return htmx.unchanged()
    try:
        answer = show_list(slug=slug)
    except (SignInRequired, NotAllowed):
        if not was_signed_in():
            raise
        answer = _ask_to_sign_in()
    return htmx.tagged(answer, watched.tag)


def live_url(endpoint: str, skill: Skill, **shown: str) -> str:
    """Return what an open page asks for changes: the list as its URL and `shown` say, and who opened it."""
    user = acting_user()
    position = {name: request.args[name] for name in ("after", "before") if name in request.args}
    return page_url(url_for(endpoint, slug=skill.slug), **{**position, **shown}, viewer=str(user.id if user else 0))


def was_signed_in() -> bool:
    """Return whether the page that polls was opened by somebody who is not the one signed in now."""
    user = acting_user()
    return request.args.get("viewer", "0") not in ("0", str(user.id if user else 0))


def _answer_outsider(slug: str) -> Response:
    """Answer a poll about no skill, or by somebody whom the site does not admit: they learn not which of the two."""
    if can(acting_user(), Action.VIEW_SKILLS, get_site_settings()):
        raise NotFound(f"skill named {slug!r}")
    return htmx.unchanged() if htmx.is_unchanged(OUTSIDE) else htmx.tagged(_ask_to_sign_in(), OUTSIDE)


def _ask_to_sign_in() -> Response:
    return htmx.swap(STATUS, is_signed_out=True)
