"""Bulk changes of examples: what each did, so that it can be undone, and deleted examples that are kept for that.

Two tables get other CHECKs. On SQLite that would mean to copy them, and `skill_feedback` may be large and would lose its
search triggers; a CHECK is nothing but words in the schema, so these are changed there, as SQLite's documentation of
ALTER TABLE describes (https://www.sqlite.org/lang_altertable.html, "Making other kinds of table schema changes").
"""

import sqlite3

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

HAS_CONTENT = (
    "(example_input IS NOT NULL AND example_output IS NOT NULL AND status IS NOT NULL AND source IS NOT NULL AND content_digest IS NOT NULL"
    " AND suggested_content IS NULL AND status IN ('pending', 'approved', 'rejected'))"
)
CHECKS = {
    ("jobs", "kind"): (
        "kind IN ('freeze', 'check_import', 'add_import')",
        "kind IN ('freeze', 'check_import', 'add_import', 'change', 'undo_change')",
    ),
    ("skill_feedback", "feedback_type"): (
        "feedback_type IN ('thumbs_up', 'thumbs_down', 'suggestion', 'training_example')",
        "feedback_type IN ('thumbs_up', 'thumbs_down', 'suggestion', 'training_example', 'deleted_example')",
    ),
    ("skill_feedback", "training_example"): (
        f"feedback_type <> 'training_example' OR {HAS_CONTENT}",
        f"feedback_type NOT IN ('training_example', 'deleted_example') OR {HAS_CONTENT}",
    ),
}
GOLDEN, GOLDEN_AND_THERE = "source = 'web'", "source = 'web' AND feedback_type = 'training_example'"
IS_DELETED = sa.text("feedback_type = 'deleted_example'")


def upgrade() -> None:
    for (table, name), (before, after) in CHECKS.items():
        change_check(table, name, before, after)
    make_golden_content_unique(where=GOLDEN_AND_THERE)
    op.create_index(
        "ix_skill_feedback_deleted",
        "skill_feedback",
        ["updated_at"],
        sqlite_where=IS_DELETED,
        postgresql_where=IS_DELETED,
    )
    op.create_table(
        "example_changes",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_example_changes_job_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["example_id"], ["skill_feedback.id"], name=op.f("fk_example_changes_example_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "example_id", name=op.f("pk_example_changes")),
    )
    op.create_index("ix_example_changes_example_id", "example_changes", ["example_id"])


def downgrade() -> None:
    op.drop_table("example_changes")
    op.drop_index("ix_skill_feedback_deleted", "skill_feedback")
    # The state before knows neither: what was deleted is gone there, and nothing is left to undo.
    op.execute("DELETE FROM skill_feedback WHERE feedback_type = 'deleted_example'")
    op.execute("DELETE FROM jobs WHERE kind IN ('change', 'undo_change')")
    make_golden_content_unique(where=GOLDEN)
    for (table, name), (before, after) in CHECKS.items():
        change_check(table, name, after, before)


def make_golden_content_unique(*, where: str) -> None:
    op.drop_index("uq_skill_feedback_golden_content", "skill_feedback")
    op.create_index(
        "uq_skill_feedback_golden_content",
        "skill_feedback",
        ["skill_id", "content_digest"],
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def change_check(table: str, name: str, before: str, after: str) -> None:
    constraint = f"ck_{table}_{name}"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(constraint), table)
        op.create_check_constraint(op.f(constraint), table, after)
        return
    connection = op.get_bind()
    is_table = "type = 'table' AND name = :table"
    statement = sa.text(f"SELECT sql FROM sqlite_master WHERE {is_table}").bindparams(table=table)
    words = connection.execute(statement).scalar_one()
    if f"{constraint} CHECK ({before})" not in words:
        raise RuntimeError(f"The table {table} has not the CHECK {constraint} that this migration changes.")
    changed = words.replace(f"{constraint} CHECK ({before})", f"{constraint} CHECK ({after})")
    plain = connection.connection.driver_connection
    if hasattr(plain, "setconfig"):  # Python 3.12; some systems build SQLite so that it lets nobody do this otherwise
        plain.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, False)
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    statement = sa.text(f"UPDATE sqlite_master SET sql = :sql WHERE {is_table}")
    connection.execute(statement.bindparams(sql=changed, table=table))
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
