"""Skills that their authors retired, and an author's skills newest first."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("skills", sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_skills_author_id", "skills")
    op.create_index("ix_skills_author_id", "skills", ["author_id", "id"])
    op.create_index("ix_skills_listed", "skills", ["id"], **_where("retired_at IS NULL"))
    op.create_index("ix_skills_retired", "skills", ["id"], **_where("retired_at IS NOT NULL"))


def downgrade() -> None:
    op.drop_index("ix_skills_retired", "skills")
    op.drop_index("ix_skills_listed", "skills")
    op.drop_index("ix_skills_author_id", "skills")
    op.create_index("ix_skills_author_id", "skills", ["author_id"])
    op.drop_column("skills", "retired_at")


def _where(condition: str) -> dict[str, sa.TextClause]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
