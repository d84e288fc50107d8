"""Bands made by another hash, in tables that hold them once. They are derived: the worker makes them anew."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make_tables(sqlite_with_rowid=False)


def downgrade() -> None:
    make_tables()


def make_tables(**how: bool) -> None:
    """Make both tables anew, empty, and forget what rows that wait in imports would bring into them."""
    op.drop_table("example_bands")
    op.drop_table("import_bands")
    op.create_table(
        "example_bands",
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("example_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_example_bands_skill_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["example_id"], ["skill_feedback.id"], name=op.f("fk_example_bands_example_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("skill_id", "band", "example_id", name=op.f("pk_example_bands")),
        **how,
    )
    op.create_index("ix_example_bands_example_id", "example_bands", ["example_id"])
    op.create_table(
        "import_bands",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_bands_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "band", name=op.f("pk_import_bands")),
        **how,
    )
    op.execute(sa.text("UPDATE import_rows SET bands = NULL WHERE bands IS NOT NULL"))
