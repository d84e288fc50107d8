"""The audit log, for administrators to read: no route changes it."""

from typing import Any

from flask import Blueprint, Response, request, stream_with_context

from app import config
from app.domain.errors import Invalid
from app.policies import Action
from app.services import audit_log as service
from app.services.paging import Page
from app.web import htmx
from app.web.audit_log.exports import csv_lines
from app.web.audit_log.forms import AuditFilterForm
from app.web.guards import guard
from app.web.paging import read_cursor

blueprint = Blueprint("audit_log", __name__, url_prefix="/admin")


@blueprint.get("/audit")
@guard(Action.SEE_AUDIT_LOG)
def index() -> Response:
    """One page of the records that the filters in the URL let through, newest first."""
    form = AuditFilterForm(request.args)
    form.offer(actions=service.list_audited_actions(), subjects=service.list_audited_subjects())
    cursor = read_cursor(request.args)
    page: Page[service.AuditEntry] = Page([])
    if form.validate():
        try:
            page = service.get_audit_records(
                wanted=form.to_filter(), cursor=cursor, size=config.get("GOLDSET_PAGE_SIZE")
            )
        except Invalid as error:
            form.add_errors(error.errors)
    status = 422 if form.first_invalid or form.form_errors else 200
    return htmx.render(
        "audit_log/index.html", "audit_log/_log.html", status=status, form=form, page=page, plainly=_plainly
    )


@blueprint.get("/audit.csv")
@guard(Action.SEE_AUDIT_LOG)
def export() -> Response:
    """Every record that the filters in the URL let through, as a file that is written while it is sent."""
    form = AuditFilterForm(request.args)
    if not form.validate():
        raise Invalid({field.name: str(field.errors[0]) for field in form if field.errors})
    lines = csv_lines(service.iterate_audit_records(wanted=form.to_filter()))
    response = Response(stream_with_context(lines), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="goldset-audit.csv"'
    return response


def _plainly(value: Any) -> str:
    """Return a value of a record's details in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)
