"""Which rules every stored text was cleaned by; what is there by now counts as cleaned by none of them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES = ("audit_log", "skill_feedback", "skill_versions", "skills", "user_preferences", "users")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("rules_version", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
        op.create_index(f"ix_{table}_rules_version", table, ["rules_version"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_index(f"ix_{table}_rules_version", table)
        op.drop_column(table, "rules_version")
