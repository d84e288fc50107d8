"""The file of an export as an answer: written while it is sent, and where it broke off, gone on with.

A version's file is the same bytes each time it is made, so its tag names them, and whoever has its beginning asks for
the rest as browsers, curl and our clients do: by `Range` and `If-Range` (RFC 9110, sections 13.1 and 14). The
approved examples as they are change meanwhile: they have no tag, and come from their beginning.

How costs grow: with the rows, in flat memory and without a file here. Whoever sends the rest has to say how long the
whole is, which nobody knows before it is made: so it is made twice, once to be measured.
"""

from typing import Any

from flask import Response, request, stream_with_context
from werkzeug.exceptions import PreconditionFailed

from app.domain.formats import Format
from app.services.dataset_rows import Selection
from app.services.exports import export, tag_of


def send_export(wanted: Selection, chosen: Format) -> Response:
    """Return the answer that sends the file, or the part of it that is asked for."""
    tag = tag_of(wanted, chosen)
    if request.if_match and (tag is None or not request.if_match.contains(tag)):
        raise PreconditionFailed
    response = Response(stream_with_context(export(wanted, chosen)), mimetype=chosen.layout.mimetype)
    if tag is not None:
        asked = _what_is_asked()
        length = sum(map(len, export(wanted, chosen))) if "HTTP_RANGE" in asked else None
        response.set_etag(tag)
        response.accept_ranges = "bytes"
        response.make_conditional(asked, accept_ranges=True, complete_length=length)
    return response


def _what_is_asked() -> dict[str, Any]:
    """Return the request without what is answered already, and without ranges of anything but bytes, which mean
    nothing here."""
    asked = {name: value for name, value in request.environ.items() if name != "HTTP_IF_MATCH"}
    if request.range is None or request.range.units != "bytes":
        asked.pop("HTTP_RANGE", None)
    return asked
