"""Review: what was done and how to undo it, second opinions, and the bands that near-duplicates are found by."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=16), nullable=False),
        sa.Column("examples", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "verb IN ('approve', 'correct', 'reject', 'score', 'fold')", name=op.f("ck_review_actions_verb")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_review_actions_skill_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["users.id"], name=op.f("fk_review_actions_reviewer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_actions")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_review_actions_reviewer", "review_actions", ["skill_id", "reviewer_id", "id"])
    op.create_table(
        "review_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("expected_output", sa.Text(), nullable=True),
        sa.Column("quality_score", sa.SmallInteger(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("rules_version", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("status IN ('pending', 'approved', 'rejected')", name=op.f("ck_review_changes_status")),
        sa.ForeignKeyConstraint(
            ["action_id"], ["review_actions.id"], name=op.f("fk_review_changes_action_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["example_id"], ["skill_feedback.id"], name=op.f("fk_review_changes_example_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["users.id"], name=op.f("fk_review_changes_reviewed_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_changes")),
        sa.UniqueConstraint("action_id", "example_id", name=op.f("uq_review_changes_action_id_example_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_review_changes_example_id", "review_changes", ["example_id"])
    op.create_index("ix_review_changes_rules_version", "review_changes", ["rules_version"])
    create_opinions()
    op.create_table(
        "example_bands",
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_example_bands_skill_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["example_id"], ["skill_feedback.id"], name=op.f("fk_example_bands_example_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("skill_id", "band", "example_id", name=op.f("pk_example_bands")),
    )
    op.create_index("ix_example_bands_example_id", "example_bands", ["example_id"])


def downgrade() -> None:
    for table in ("example_bands", "opinions", "review_changes", "review_actions"):
        op.drop_table(table)


def create_opinions() -> None:
    op.create_table(
        "opinions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_of", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("quality_score", sa.SmallInteger(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rules_version", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("verdict IN ('approve', 'reject')", name=op.f("ck_opinions_verdict")),
        sa.CheckConstraint("quality_score BETWEEN 1 AND 10", name=op.f("ck_opinions_quality_score")),
        sa.CheckConstraint("(answered_at IS NULL) = (verdict IS NULL)", name=op.f("ck_opinions_answered")),
        sa.ForeignKeyConstraint(
            ["example_id"], ["skill_feedback.id"], name=op.f("fk_opinions_example_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_opinions_asked_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["asked_of"], ["users.id"], name=op.f("fk_opinions_asked_of"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
        sa.UniqueConstraint("example_id", "asked_of", name=op.f("uq_opinions_example_id_asked_of")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_opinions_asked_of", "opinions", ["asked_of", "id"])
    op.create_index("ix_opinions_rules_version", "opinions", ["rules_version"])
