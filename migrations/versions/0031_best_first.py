"""An index for the list of all examples, best first: the one that there is begins with one status."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_skill_feedback_best",
        "skill_feedback",
        ["skill_id", "feedback_type", sa.text("coalesce(quality_score, 0)"), "id"],
    )


def downgrade() -> None:
    op.drop_index("ix_skill_feedback_best", "skill_feedback")
