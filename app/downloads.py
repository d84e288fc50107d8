"""The file of an export as an answer: written while it is sent, and where it broke off, gone on with.

A version's file is the same bytes each time it is made, so its tag names them, and whoever has its beginning asks for
the rest as browsers, curl and our clients do: by `Range` and `If-Range` (RFC 9110, sections 13.1.5 and 14). That answer
has to say how long the file is, which nobody knows before it is made: it is made on disk then, in a file without a
name. The approved examples as they are change meanwhile: they have no tag, and come from their beginning.

How costs grow: with the rows, in flat memory; the rest of a file costs what all of it does.
"""

import tempfile
from collections.abc import Iterable

from flask import Response, request, stream_with_context
from werkzeug.wsgi import wrap_file

from app.domain.formats import Format
from app.services.dataset_rows import Selection
from app.services.exports import export, tag_of


def send_export(wanted: Selection, chosen: Format) -> Response:
    """Return the answer that sends the file, or the part of it that is asked for."""
    tag = tag_of(wanted, chosen)
    pieces = export(wanted, chosen)
    if tag is None or request.range is None:
        response = Response(stream_with_context(pieces), mimetype=chosen.layout.mimetype)
        length = None
    else:
        response, length = _on_disk(pieces, chosen.layout.mimetype)
    if tag is None:
        return response
    response.set_etag(tag)
    response.accept_ranges = "bytes"
    response.make_conditional(request, accept_ranges=True, complete_length=length)
    return response


def _on_disk(pieces: Iterable[bytes], mimetype: str) -> tuple[Response, int]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the answer
    try:
        file.writelines(pieces)
        length = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return Response(wrap_file(request.environ, file), mimetype=mimetype, direct_passthrough=True), length
