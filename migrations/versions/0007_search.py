"""Full-text search over skills and training examples: FTS5 tables fed by triggers, or GIN indexes on PostgreSQL.

The FTS5 tables are contentless: they hold the index only, so each trigger passes the values to add or to take away. A
migration that rebuilds one of the searched tables loses its triggers and must create them again.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEXED_CHARACTERS = 50_000
FIELDS = {
    "skills_search": ("skills", ("slug", "title", "description"), None),
    "training_examples_search": ("skill_feedback", ("example_input", "example_output", "expected_output"), "skill_id"),
}
ONLY = {"skills_search": "1 = 1", "training_examples_search": "{row}feedback_type = 'training_example'"}
DOCUMENTS = {
    "skills_search": (
        "to_tsvector('simple', regexp_replace("
        "left(coalesce(skills.slug, ''), 50000)"
        " || ' ' || left(coalesce(skills.title, ''), 50000)"
        " || ' ' || left(coalesce(skills.description, ''), 50000)"
        ", '[^[:alnum:]]+', ' ', 'g'))"
    ),
    "training_examples_search": (
        "to_tsvector('simple', regexp_replace("
        "left(coalesce(skill_feedback.example_input, ''), 50000)"
        " || ' ' || left(coalesce(skill_feedback.example_output, ''), 50000)"
        " || ' ' || left(coalesce(skill_feedback.expected_output, ''), 50000)"
        ", '[^[:alnum:]]+', ' ', 'g'))"
        " || array_to_tsvector(ARRAY['=' || CAST(skill_feedback.skill_id AS text)])"
    ),
}


def upgrade() -> None:
    for name in FIELDS:
        if op.get_bind().dialect.name == "sqlite":
            create_fts5(name)
        else:
            table, only = FIELDS[name][0], ONLY[name].format(row="")
            op.execute(f"CREATE INDEX {name} ON {table} USING gin (({DOCUMENTS[name]})) WHERE {only}")


def downgrade() -> None:
    for name in reversed(FIELDS):
        if op.get_bind().dialect.name == "sqlite":
            for moment in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER {name}_{moment}")
            op.execute(f"DROP TABLE {name}")
        else:
            op.execute(f"DROP INDEX {name}")


def create_fts5(name: str) -> None:
    table, fields, owner = FIELDS[name]
    columns = ", ".join([*fields, *(["owner"] if owner else [])])
    op.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='', tokenize='unicode61 remove_diacritics 0')"
    )
    watched = ", ".join([*fields, *([owner] if owner else [])])
    for moment, event in (
        ("insert", f"INSERT ON {table}"),
        ("update", f"UPDATE OF {watched} ON {table}"),
        ("delete", f"DELETE ON {table}"),
    ):
        row = "old" if moment == "delete" else "new"
        take = f"INSERT INTO {name}({name}, rowid, {columns}) VALUES ('delete', {values(name, 'old')});"
        add = f"INSERT INTO {name}(rowid, {columns}) VALUES ({values(name, 'new')});"
        op.execute(
            f"CREATE TRIGGER {name}_{moment} AFTER {event} WHEN {ONLY[name].format(row=row + '.')} BEGIN "
            + (take if moment != "insert" else "")
            + (add if moment != "delete" else "")
            + " END"
        )
    op.execute(
        f"INSERT INTO {name}(rowid, {columns}) SELECT {values(name, table)} FROM {table} "
        f"WHERE {ONLY[name].format(row='')}"
    )


def values(name: str, row: str) -> str:
    _table, fields, owner = FIELDS[name]
    parts = [f"{row}.id", *(f"substr(coalesce({row}.{field}, ''), 1, {INDEXED_CHARACTERS})" for field in fields)]
    return ", ".join([*parts, *([f"{row}.{owner}"] if owner else [])])
