"""What the texts of a skill's examples have to look like, where its author says so."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("skills", sa.Column("input_schema", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("skills", sa.Column("output_schema", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("skills", "output_schema")
    op.drop_column("skills", "input_schema")
