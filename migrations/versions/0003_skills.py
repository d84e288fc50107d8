"""Skills and their immutable versions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total_feedback", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("positive_feedback_pct", sa.Integer(), nullable=True),
        sa.Column("suggestion_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("training_examples_pending", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("training_examples_approved", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("training_examples_rejected", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("training_data_version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("length(slug) BETWEEN 1 AND 64 AND slug = lower(slug)", name=op.f("ck_skills_slug")),
        sa.CheckConstraint("positive_feedback_pct BETWEEN 0 AND 100", name=op.f("ck_skills_positive_feedback_pct")),
        sa.CheckConstraint("suggestion_count >= 0", name=op.f("ck_skills_suggestion_count")),
        sa.CheckConstraint("total_feedback >= 0", name=op.f("ck_skills_total_feedback")),
        sa.CheckConstraint(
            "training_examples_pending >= 0 AND training_examples_approved >= 0 AND training_examples_rejected >= 0",
            name=op.f("ck_skills_training_example_counts"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_skills_author_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skills")),
        sa.UniqueConstraint("slug", name=op.f("uq_skills_slug")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_skills_author_id", "skills", ["author_id"], unique=False)

    op.create_table(
        "skill_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(content_digest) = 64", name=op.f("ck_skill_versions_content_digest")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_skill_versions_number")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_skill_versions_created_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_skill_versions_skill_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_versions")),
        sa.UniqueConstraint("skill_id", "number", name=op.f("uq_skill_versions_skill_id_number")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("skill_versions")
    op.drop_table("skills")
