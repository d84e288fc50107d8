"""The scores of training examples in their search index: a list in their order is then read off the index as well.

FTS5 hands out what it finds by id. With the score as something to find, what is sorted by score is one such list for
each score, and no more of them is read than a page shows. Columns cannot be added, so the index is made anew.
"""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

NAME = "training_examples_search"
TABLE = "skill_feedback"
KINDS = "('training_example', 'deleted_example')"
TEXTS = {
    name: f"substr(coalesce({{row}}.{name}, ''), 1, 50000)"
    for name in ("example_input", "example_output", "expected_output")
}
BEFORE = {**TEXTS, "owner": "{row}.skill_id"}
SINCE = {**BEFORE, "grade": "'grade' || coalesce({row}.quality_score, 0)"}
WATCHED = {"grade": "quality_score", "owner": "skill_id"}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        make_anew(SINCE)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        make_anew(BEFORE)


def make_anew(columns: dict[str, str]) -> None:
    """Make the index with these columns, let it follow the table, and fill it."""
    for moment in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER {NAME}_{moment}")
    op.execute(f"DROP TABLE {NAME}_words")
    op.execute(f"DROP TABLE {NAME}")
    names = ", ".join(columns)
    op.execute(f"CREATE VIRTUAL TABLE {NAME} USING fts5({names}, content='', tokenize='unicode61 remove_diacritics 0')")
    op.execute(f"CREATE VIRTUAL TABLE {NAME}_words USING fts5vocab({NAME}, instance)")

    def values(row: str) -> str:
        return ", ".join([f"{row}.id", *(value.format(row=row) for value in columns.values())])

    take = f"INSERT INTO {NAME}({NAME}, rowid, {names}) VALUES ('delete', {values('old')}); "
    add = f"INSERT INTO {NAME}(rowid, {names}) VALUES ({values('new')}); "
    watched = ", ".join(WATCHED.get(name, name) for name in columns)
    for moment, event, row, done in (
        ("insert", "INSERT", "new", add),
        ("update", f"UPDATE OF {watched}", "new", take + add),
        ("delete", "DELETE", "old", take),
    ):
        op.execute(
            f"CREATE TRIGGER {NAME}_{moment} AFTER {event} ON {TABLE} WHEN {row}.feedback_type IN {KINDS} "
            f"BEGIN {done}END"
        )
    op.execute(f"INSERT INTO {NAME}(rowid, {names}) SELECT {values(TABLE)} FROM {TABLE} WHERE feedback_type IN {KINDS}")
