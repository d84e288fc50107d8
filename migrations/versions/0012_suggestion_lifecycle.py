"""What happens to a suggestion after it is made: the author's reply, the version it became, and what open pages watch.

The checks and foreign keys stand on the added columns: SQLite's own ADD COLUMN takes them there, so the table is not
rebuilt.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

REPLIED = (
    "(reply IS NULL) = (replied_at IS NULL) AND (reply IS NULL) = (replied_by IS NULL)"
    " AND (reply IS NULL OR feedback_type = 'suggestion')"
)
APPLIED = "applied_version_id IS NULL OR (feedback_type = 'suggestion' AND status = 'implemented')"
INDEXES = {
    "ix_skill_feedback_category": (["skill_id", "category", "id"], "category IS NOT NULL"),
    "ix_skill_feedback_severity": (["skill_id", "severity", "id"], "severity IS NOT NULL"),
    "ix_skill_feedback_applied_version_id": (["applied_version_id"], "applied_version_id IS NOT NULL"),
}


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("skills", sa.Column("suggestions_version", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("skill_feedback", sa.Column("reply", sa.Text(), nullable=True))
    op.add_column("skill_feedback", sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "skill_feedback",
        sa.Column(
            "replied_by",
            sa.Integer(),
            sa.ForeignKey("users.id", name=op.f("fk_skill_feedback_replied_by"), ondelete="RESTRICT"),
            sa.CheckConstraint(REPLIED, name=op.f("ck_skill_feedback_replied")),
            nullable=True,
        ),
        inline_references=is_sqlite,
    )
    op.add_column(
        "skill_feedback",
        sa.Column(
            "applied_version_id",
            sa.Integer(),
            sa.ForeignKey("skill_versions.id", name=op.f("fk_skill_feedback_applied_version_id"), ondelete="SET NULL"),
            sa.CheckConstraint(APPLIED, name=op.f("ck_skill_feedback_applied")),
            nullable=True,
        ),
        inline_references=is_sqlite,
    )
    for name, (columns, condition) in INDEXES.items():
        where = sa.text(condition)
        op.create_index(name, "skill_feedback", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name in reversed(INDEXES):
        op.drop_index(name, "skill_feedback")
    # SQLite's own DROP COLUMN, those with checks first; rebuilding the table would lose its search triggers.
    for column in ("applied_version_id", "replied_by", "replied_at", "reply"):
        op.drop_column("skill_feedback", column)
    op.drop_column("skills", "suggestions_version")
