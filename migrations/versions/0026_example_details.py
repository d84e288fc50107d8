"""What examples may have beside their texts: tags, metadata, and the turns before the input."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

COLUMNS = ("tags", "example_metadata", "turns")


def upgrade() -> None:
    for table in ("skill_feedback", "frozen_rows"):
        for column in COLUMNS:
            op.add_column(table, sa.Column(column, sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "example_tags",
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name=op.f("fk_example_tags_skill_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["example_id"], ["skill_feedback.id"], name=op.f("fk_example_tags_example_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("skill_id", "tag", "example_id", name=op.f("pk_example_tags")),
    )
    op.create_index("ix_example_tags_example_id", "example_tags", ["example_id"])


def downgrade() -> None:
    op.drop_table("example_tags")
    for table in ("frozen_rows", "skill_feedback"):
        for column in reversed(COLUMNS):
            op.drop_column(table, column)
