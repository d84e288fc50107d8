"""Dataset versions: frozen rows, which version has which in which split, and what was withdrawn from them."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

WITHDRAWALS = "'consent_withdrawn', 'skill_excluded', 'taken_back', 'redacted_more', 'user_deleted', 'cleaned_again'"


def upgrade() -> None:
    op.add_column(
        "skill_feedback",
        sa.Column("evaluation_only", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "dataset_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("rows", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("validation_percent", sa.SmallInteger(), nullable=False),
        sa.Column("test_percent", sa.SmallInteger(), nullable=False),
        sa.Column("split_report", sa.JSON(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rules_version", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_dataset_versions_number")),
        sa.CheckConstraint("rows >= 0", name=op.f("ck_dataset_versions_rows")),
        sa.CheckConstraint("(number IS NULL) = (content_hash IS NULL)", name=op.f("ck_dataset_versions_frozen")),
        sa.CheckConstraint("(number IS NULL) = (frozen_at IS NULL)", name=op.f("ck_dataset_versions_frozen_at")),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_dataset_versions_skill_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_dataset_versions_job_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_dataset_versions_created_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset_versions")),
        sa.UniqueConstraint("skill_id", "number", name=op.f("uq_dataset_versions_skill_id_number")),
        sa.UniqueConstraint("job_id", name=op.f("uq_dataset_versions_job_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_dataset_versions_rules_version", "dataset_versions", ["rules_version"])
    create_rows()
    create_withdrawals()


def create_rows() -> None:
    op.create_table(
        "frozen_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("example_input", sa.Text(), nullable=True),
        sa.Column("example_output", sa.Text(), nullable=True),
        sa.Column("expected_output", sa.Text(), nullable=True),
        sa.Column("quality_score", sa.SmallInteger(), nullable=True),
        sa.Column("evaluation_only", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rules_version", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("source IN ('web', 'usage_capture')", name=op.f("ck_frozen_rows_source")),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (example_input IS NOT NULL)", name=op.f("ck_frozen_rows_input")),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (example_output IS NOT NULL)", name=op.f("ck_frozen_rows_output")),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR (expected_output IS NULL AND user_id IS NULL)",
            name=op.f("ck_frozen_rows_withdrawn"),
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name=op.f("fk_frozen_rows_skill_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_frozen_rows_user_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_rows")),
        sa.UniqueConstraint("example_id", "revision", name=op.f("uq_frozen_rows_example_id_revision")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_frozen_rows_user_id", "frozen_rows", ["user_id", "skill_id"])
    op.create_index("ix_frozen_rows_skill_id", "frozen_rows", ["skill_id"])
    op.create_index("ix_frozen_rows_rules_version", "frozen_rows", ["rules_version"])
    op.create_table(
        "dataset_entries",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.Column("frozen_row_id", sa.Integer(), nullable=False),
        sa.Column("split", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "split IN ('train', 'validation', 'test', 'held_out')", name=op.f("ck_dataset_entries_split")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_versions.id"], name=op.f("fk_dataset_entries_version_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["frozen_row_id"], ["frozen_rows.id"], name=op.f("fk_dataset_entries_frozen_row_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "row_hash", "frozen_row_id", name=op.f("pk_dataset_entries")),
    )
    op.create_index("ix_dataset_entries_newest", "dataset_entries", ["version_id", "frozen_row_id"])
    op.create_index("ix_dataset_entries_frozen_row_id", "dataset_entries", ["frozen_row_id"])


def create_withdrawals() -> None:
    op.create_table(
        "version_successors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"reason IN ({WITHDRAWALS})", name=op.f("ck_version_successors_reason")),
        sa.CheckConstraint("rows >= 0 AND withdrawn >= 1", name=op.f("ck_version_successors_counts")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_versions.id"], name=op.f("fk_version_successors_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_successors")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_version_successors_version_id", "version_successors", ["version_id", "id"])
    op.create_table(
        "withdrawn_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"reason IN ({WITHDRAWALS})", name=op.f("ck_withdrawn_rows_reason")),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_withdrawn_rows_skill_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn_rows")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_withdrawn_rows_skill_id", "withdrawn_rows", ["skill_id", "id"])
    op.create_index("ix_withdrawn_rows_row_hash", "withdrawn_rows", ["row_hash"])


def downgrade() -> None:
    for table in ("withdrawn_rows", "version_successors", "dataset_entries", "frozen_rows", "dataset_versions"):
        op.drop_table(table)
    op.drop_column("skill_feedback", "evaluation_only")
