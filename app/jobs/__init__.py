"""Long work by name: which service does each kind of job."""

from collections.abc import Mapping

from app.domain.jobs import Kind
from app.services import bulk_changes, bulk_undo, freezes, import_additions, import_checks
from app.services.jobs import Work

WORK: Mapping[Kind, Work] = {
    Kind.FREEZE: Work(freezes.prepare, freezes.write, freezes.abandon),
    Kind.CHECK_IMPORT: Work(import_checks.prepare, import_checks.write, import_checks.abandon),
    Kind.ADD_IMPORT: Work(import_additions.prepare, import_additions.write, import_additions.abandon),
    Kind.CHANGE: Work(bulk_changes.prepare, bulk_changes.write, bulk_changes.abandon),
    Kind.UNDO_CHANGE: Work(bulk_undo.prepare, bulk_undo.write, bulk_undo.abandon),
}
