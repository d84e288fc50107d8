"""The administrators' switch for capturing training data from real usage: off until somebody turns it on."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "site_settings",
        sa.Column("training_data_capture_enabled", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    # SQLite's own DROP COLUMN; rebuilding the table would lose what hangs on it.
    op.drop_column("site_settings", "training_data_capture_enabled")
