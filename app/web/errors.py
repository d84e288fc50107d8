"""What people see when something goes wrong: each kind of error has its status here, once, and nowhere else.

Without htmx an error is a page; with htmx it is a message, and what was typed stays where it is. Whoever sends a form
after their session has ended gets it back on a page that signs them in beside it.
"""

import logging
from http import HTTPStatus

from flask import Flask, Response, current_app, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, TooManyRequests

from app.domain.errors import Conflict, GoldsetError, Invalid, NotAllowed, NotFound, SignInRequired
from app.extensions import seconds_to_wait
from app.web import htmx
from app.web.htmx import Fragment

log = logging.getLogger(__name__)

STATUSES: dict[type[GoldsetError], int] = {
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}
SENTENCES: dict[int, str] = {
    400: "This request cannot be understood. Go back and try again.",
    404: "There is nothing at this address. It may have been deleted, or the link is incomplete.",
    405: "This address does not answer that kind of request.",
    413: "That is too large to send. Shorten it and try again; your browser's back button keeps what you typed.",
    429: "That was too often in a short time. Wait a minute and try again.",
    500: "Something went wrong on our side. It has been noted; please try again.",
}
TITLES: dict[int, str] = {
    400: "Not understood",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible",
    409: "Changed meanwhile",
    413: "Too large",
    422: "Not accepted",
    429: "Too often",
    500: "Something went wrong",
}


def init_app(app: Flask) -> None:
    """Register an answer for every kind of error."""
    app.register_error_handler(SignInRequired, _ask_to_sign_in)
    app.register_error_handler(GoldsetError, _answer_known_error)
    app.register_error_handler(CSRFError, _answer_stale_form)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(Exception, _answer_fault)


def _ask_to_sign_in(error: SignInRequired) -> Response:
    back = request.full_path.rstrip("?") if request.method == "GET" else _page_of_form()
    sign_in = url_for("sessions.new", next=back)
    if htmx.wants_fragment():
        return htmx.swap(Fragment("errors/_signed_out.html", "#messages", "innerHTML"), status=401, sign_in=sign_in)
    if request.method == "GET":
        return htmx.go(sign_in) if htmx.is_asked() else redirect(sign_in, 302)  # type: ignore[return-value]
    fields = [(name, value) for name, value in request.form.items(multi=True) if not _is_private(name)]
    return htmx.render("errors/signed_out.html", status=401, sign_in=sign_in, fields=fields, reason=str(error))


def _page_of_form() -> str:
    """Return the path of the page whose form was sent: the form's own path, or the nearest above it that is a page."""
    routes = current_app.url_map.bind("")
    path = request.path
    while path != "/" and not routes.test(path, "GET"):
        path = path.rpartition("/")[0] or "/"
    return path


def _is_private(field: str) -> bool:
    return "password" in field


def _answer_known_error(error: GoldsetError) -> Response:
    status = next(status for kind, status in STATUSES.items() if isinstance(error, kind))
    return _answer(status, str(error))


def _answer_stale_form(error: CSRFError) -> Response:
    return _answer(400, "This form was opened in another session. Go back, reload the page and send it again.")


def _answer_http_error(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()  # type: ignore[return-value]  # werkzeug's response is Flask's here
    code = error.code or 500
    if code == 500:
        log.error("%s", error.description)
    response = _answer(code, SENTENCES.get(code, error.description or ""))
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(seconds_to_wait())
    if isinstance(error, RequestEntityTooLarge):
        response.headers["Connection"] = "close"
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _answer_fault(error: Exception) -> Response:
    log.exception("A request failed: %s %s", request.method, request.endpoint)
    return _answer(500, SENTENCES[500], page="errors/fault.html")


def _answer(status: int, sentence: str, *, page: str = "errors/error.html") -> Response:
    if htmx.wants_fragment():
        return htmx.swap(message=sentence, status=status)
    title = TITLES.get(status, "Not possible")
    try:
        return htmx.render(page, status=status, title=title, sentence=sentence)
    except Exception:  # whatever is broken broke the page as well: the sentence still gets through
        log.exception("An error page failed: %s", request.endpoint)
        return Response(f"{title}. {sentence}\n", status, mimetype="text/plain")
