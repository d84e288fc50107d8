"""Votes, suggestions and training examples: one table."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skill_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("feedback_type", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=True),
        sa.Column("category", sa.String(length=32), nullable=True),
        sa.Column("severity", sa.String(length=32), nullable=True),
        sa.Column("suggested_content", sa.Text(), nullable=True),
        sa.Column("example_input", sa.Text(), nullable=True),
        sa.Column("example_output", sa.Text(), nullable=True),
        sa.Column("expected_output", sa.Text(), nullable=True),
        sa.Column("quality_score", sa.SmallInteger(), nullable=True),
        sa.Column("source", sa.String(length=32), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("usage_event_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "category IN ('output_quality', 'missing_feature', 'error', 'performance', 'other')",
            name=op.f("ck_skill_feedback_category"),
        ),
        sa.CheckConstraint(
            "feedback_type <> 'suggestion' OR (comment IS NOT NULL AND status IS NOT NULL AND category IS NOT NULL AND severity IS NOT NULL AND example_input IS NULL AND status IN ('pending', 'accepted', 'implemented', 'dismissed'))",
            name=op.f("ck_skill_feedback_suggestion"),
        ),
        sa.CheckConstraint(
            "feedback_type <> 'training_example' OR (example_input IS NOT NULL AND example_output IS NOT NULL AND status IS NOT NULL AND source IS NOT NULL AND content_digest IS NOT NULL AND suggested_content IS NULL AND status IN ('pending', 'approved', 'rejected'))",
            name=op.f("ck_skill_feedback_training_example"),
        ),
        sa.CheckConstraint(
            "feedback_type IN ('thumbs_up', 'thumbs_down', 'suggestion', 'training_example')",
            name=op.f("ck_skill_feedback_feedback_type"),
        ),
        sa.CheckConstraint(
            "feedback_type NOT IN ('thumbs_up', 'thumbs_down') OR (status IS NULL AND example_input IS NULL AND suggested_content IS NULL)",
            name=op.f("ck_skill_feedback_vote"),
        ),
        sa.CheckConstraint(
            "severity IN ('nice_to_have', 'important', 'critical')", name=op.f("ck_skill_feedback_severity")
        ),
        sa.CheckConstraint("source IN ('web', 'usage_capture')", name=op.f("ck_skill_feedback_source")),
        sa.CheckConstraint("(reviewed_at IS NULL) = (reviewed_by IS NULL)", name=op.f("ck_skill_feedback_reviewed")),
        sa.CheckConstraint("quality_score BETWEEN 1 AND 10", name=op.f("ck_skill_feedback_quality_score")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_skill_feedback_revision")),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["users.id"], name=op.f("fk_skill_feedback_reviewed_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_skill_feedback_skill_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_skill_feedback_user_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_feedback")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_skill_feedback_content", "skill_feedback", ["skill_id", "feedback_type", "content_digest"], unique=False
    )
    op.create_index("ix_skill_feedback_newest", "skill_feedback", ["skill_id", "feedback_type", "id"], unique=False)
    op.create_index(
        "ix_skill_feedback_source",
        "skill_feedback",
        ["skill_id", "feedback_type", "status", "source", "id"],
        unique=False,
    )
    op.create_index(
        "ix_skill_feedback_status", "skill_feedback", ["skill_id", "feedback_type", "status", "id"], unique=False
    )
    op.create_index("ix_skill_feedback_user_id", "skill_feedback", ["user_id", "feedback_type", "id"], unique=False)
    op.create_index(
        "uq_skill_feedback_golden_content",
        "skill_feedback",
        ["skill_id", "content_digest"],
        unique=True,
        sqlite_where=sa.text("source = 'web'"),
        postgresql_where=sa.text("source = 'web'"),
    )
    op.create_index(
        "uq_skill_feedback_vote",
        "skill_feedback",
        ["skill_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("feedback_type IN ('thumbs_up', 'thumbs_down')"),
        postgresql_where=sa.text("feedback_type IN ('thumbs_up', 'thumbs_down')"),
    )
    op.create_index(
        "ix_skill_feedback_score",
        "skill_feedback",
        ["skill_id", "feedback_type", "status", sa.text("coalesce(quality_score, 0)"), "id"],
    )


def downgrade() -> None:
    op.drop_table("skill_feedback")
