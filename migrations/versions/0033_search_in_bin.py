"""The search index and the bin: what is deleted stays in the index until it is gone for good, and then leaves it.

The triggers looked at training examples only, so what was deleted first and erased then stayed. The index is made anew,
without what was left behind.
"""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

NAME = "training_examples_search"
TABLE = "skill_feedback"
FIELDS = ("example_input", "example_output", "expected_output")
COLUMNS = (*FIELDS, "owner")
WATCHED = (*FIELDS, "skill_id")
BEFORE, SINCE = "('training_example')", "('training_example', 'deleted_example')"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        follow(SINCE)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        follow(BEFORE)


def follow(kinds: str) -> None:
    """Let the index follow rows of these kinds, and fill it anew."""
    columns = ", ".join(COLUMNS)
    take = f"INSERT INTO {NAME}({NAME}, rowid, {columns}) VALUES ('delete', {values('old')}); "
    add = f"INSERT INTO {NAME}(rowid, {columns}) VALUES ({values('new')}); "
    for moment, event, row, done in (
        ("insert", "INSERT", "new", add),
        ("update", f"UPDATE OF {', '.join(WATCHED)}", "new", take + add),
        ("delete", "DELETE", "old", take),
    ):
        op.execute(f"DROP TRIGGER {NAME}_{moment}")
        op.execute(
            f"CREATE TRIGGER {NAME}_{moment} AFTER {event} ON {TABLE} WHEN {row}.feedback_type IN {kinds} "
            f"BEGIN {done}END"
        )
    op.execute(f"INSERT INTO {NAME}({NAME}) VALUES ('delete-all')")
    op.execute(
        f"INSERT INTO {NAME}(rowid, {columns}) SELECT {values(TABLE)} FROM {TABLE} WHERE feedback_type IN {kinds}"
    )


def values(row: str) -> str:
    texts = (f"substr(coalesce({row}.{name}, ''), 1, 50000)" for name in FIELDS)
    return ", ".join([f"{row}.id", *texts, f"{row}.skill_id"])
