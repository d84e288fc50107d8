"""What captured examples were known by in files before they were changed: hashes, for the erasure manifest."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["skills.id"], name=op.f("fk_former_rows_skill_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_former_rows_user_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_rows")),
        sa.UniqueConstraint("example_id", "row_hash", name=op.f("uq_former_rows_example_id_row_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_former_rows_user_id", "former_rows", ["user_id", "skill_id"])
    op.create_index("ix_former_rows_skill_id", "former_rows", ["skill_id"])


def downgrade() -> None:
    op.drop_table("former_rows")
