"""False alarms of redaction: which placeholders somebody doubts, and which texts a skill's author has let through."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allowed_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_allowed_texts_digest")),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_allowed_texts_skill_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_allowed_texts_created_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowed_texts")),
        sa.UniqueConstraint("skill_id", "digest", name=op.f("uq_allowed_texts_skill_id_digest")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "false_alarms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.Column("placeholder", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["example_id"], ["skill_feedback.id"], name=op.f("fk_false_alarms_example_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_false_alarms_created_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_false_alarms")),
        sa.UniqueConstraint("example_id", "placeholder", name=op.f("uq_false_alarms_example_id_placeholder")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("false_alarms")
    op.drop_table("allowed_texts")
