"""The words of each FTS5 index as a table to ask: a view of the index that keeps nothing of its own."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

INDEXES = ("skills_search", "training_examples_search")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in INDEXES:
            op.execute(f"CREATE VIRTUAL TABLE {name}_words USING fts5vocab({name}, instance)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in INDEXES:
            op.execute(f"DROP TABLE {name}_words")
