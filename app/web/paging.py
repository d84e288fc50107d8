"""Pages of a list, as their URLs name them."""

from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import MultiDict

from app.services.paging import Cursor

NOT_FILTERS = ("after", "before", "viewer")


def read_cursor(arguments: MultiDict[str, str], *, parts: int = 1) -> Cursor | None:
    """Return where the page that a URL names begins; `parts` is how many numbers make a key of this list."""
    return Cursor.parse(after=arguments.get("after"), before=arguments.get("before"), parts=parts)


def page_url(list_url: str, **position: str) -> str:
    """Return the URL of a list, the filters of this request kept, at another `after` or `before`."""
    kept = {name: value for name, value in request.args.items() if name not in NOT_FILTERS and value}
    return f"{list_url}?{urlencode({**kept, **position})}"
