"""The file of an export as an answer: written while it is sent, and where it broke off, gone on with.

A version's file is the same bytes each time it is made, so its tag names them, and whoever has its beginning asks for
the rest as browsers, curl and our clients do: by `Range` and `If-Range` (RFC 9110, sections 13.1.5 and 14). The
approved examples as they are change meanwhile: they have no tag, and come from their beginning.

How costs grow: with the rows, in flat memory and without a file here. Whoever sends the rest has to say how long the
whole is, which nobody knows before it is made: so it is made twice, once to be measured.
"""

from flask import Response, request, stream_with_context

from app.domain.formats import Format
from app.services.dataset_rows import Selection
from app.services.exports import export, tag_of


def send_export(wanted: Selection, chosen: Format) -> Response:
    """Return the answer that sends the file, or the part of it that is asked for."""
    tag = tag_of(wanted, chosen)
    response = Response(stream_with_context(export(wanted, chosen)), mimetype=chosen.layout.mimetype)
    if tag is not None:
        length = sum(map(len, export(wanted, chosen))) if request.range else None
        response.set_etag(tag)
        response.accept_ranges = "bytes"
        response.make_conditional(request, accept_ranges=True, complete_length=length)
    return response
