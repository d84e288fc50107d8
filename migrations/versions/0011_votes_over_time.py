"""Votes by the moment they were last cast: an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

VOTES = "feedback_type IN ('thumbs_up', 'thumbs_down')"


def upgrade() -> None:
    op.create_index(
        "ix_skill_feedback_vote_updated_at",
        "skill_feedback",
        ["skill_id", "updated_at", "feedback_type"],
        unique=False,
        sqlite_where=sa.text(VOTES),
        postgresql_where=sa.text(VOTES),
    )


def downgrade() -> None:
    op.drop_index("ix_skill_feedback_vote_updated_at", table_name="skill_feedback")
