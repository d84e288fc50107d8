"""One index per way the audit log is looked through, each ending in the moment and the id that its pages are keyed on."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEFORE = {
    "ix_audit_log_subject": ["subject", "subject_id", "id"],
    "ix_audit_log_actor_id": ["actor_id", "id"],
}
AFTER = {
    "ix_audit_log_at": ["at", "id"],
    "ix_audit_log_actor": ["actor_id", "at", "id"],
    "ix_audit_log_action": ["action", "at", "id"],
    "ix_audit_log_subject_kind": ["subject", "at", "id"],
    "ix_audit_log_subject": ["subject", "subject_id", "at", "id"],
}


def upgrade() -> None:
    _replace(BEFORE, AFTER)


def downgrade() -> None:
    _replace(AFTER, BEFORE)


def _replace(old: dict[str, list[str]], new: dict[str, list[str]]) -> None:
    for name in old:
        op.drop_index(name, "audit_log")
    for name, columns in new.items():
        op.create_index(name, "audit_log", columns, unique=False)
