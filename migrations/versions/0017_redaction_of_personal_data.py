"""Whether personal data is taken out too: for the site, off; and for a skill, NULL where it does as the site does."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMN = "redact_personal_data"


def upgrade() -> None:
    op.add_column("site_settings", sa.Column(COLUMN, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("skills", sa.Column(COLUMN, sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("skills", COLUMN)
    op.drop_column("site_settings", COLUMN)
