"""Full-text search behind one function, on SQLite (FTS5) and on PostgreSQL (an index over `to_tsvector`).

What is searched is declared in `INDEXES`; the migration that builds the indexes copies these expressions, and a test
compares the two. Only the first `INDEXED_CHARACTERS` of each field are indexed: PostgreSQL limits a document to 1 MB.
Every word must occur, the last one may be the beginning of a word, and case does not matter. Words are runs of letters
and digits, so punctuation in a query is never syntax.

How costs grow: on SQLite a page reads no more of the index than it shows, however many rows have its whole words; the
last word, which may be a beginning, is gathered first from all rows that have it (70 ms for a million). PostgreSQL
gathers all rows that match.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    Select,
    String,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute

Columns = TypeVarTuple("Columns")

INDEXED_CHARACTERS = 50_000
MAX_WORDS = 16

_WORD = re.compile(r"[^\W_]+")


class SearchIndex(NamedTuple):
    """One searchable table. `owner` is the column whose value a search may be limited to, where there is one."""

    fts_table: str
    table: str
    fields: tuple[str, ...]
    owner: str | None = None


SKILLS = SearchIndex("skills_search", "skills", ("slug", "title", "description"))
TRAINING_EXAMPLES = SearchIndex(
    "training_examples_search",
    "skill_feedback",
    ("example_input", "example_output", "expected_output"),
    owner="skill_id",
)
INDEXES: Mapping[str, SearchIndex] = {index.fts_table: index for index in (SKILLS, TRAINING_EXAMPLES)}


def words_of(query: str) -> list[str]:
    """Return the words of a query in lower case, at most `MAX_WORDS` of them."""
    return _WORD.findall(query.lower())[:MAX_WORDS]


def narrow(
    statement: Select[*Columns],
    index: SearchIndex,
    query: str,
    *,
    dialect: Dialect,
    id_column: InstrumentedAttribute[int],
    owner_id: int | None = None,
) -> tuple[Select[*Columns], ColumnElement[int]]:
    """Limit a query on `index` to the rows that contain every word of `query`; `id_column` is their id.

    Returns the query and the column to order and page it by: on SQLite the index's own, which then hands out its rows
    in that order and stops where the page ends, so that a page costs the same however many rows contain the words.

    With `owner_id` only that owner's rows are looked at, in the index itself. A query without a word in it matches
    nothing.
    """
    words = words_of(query)
    if not words:
        return statement.where(false()), id_column.expression
    if dialect.name != "sqlite":
        return statement.where(_tsvector_condition(index, words, owner_id)), id_column.expression
    fts = table(index.fts_table, column("rowid", Integer))
    matches = literal_column(index.fts_table).op("MATCH")(_fts5_expression(index, words, owner_id))
    return statement.join(fts, fts.c.rowid == id_column).where(matches), fts.c.rowid


def _fts5_expression(index: SearchIndex, words: list[str], owner_id: int | None) -> str:
    terms = [f'"{word}"' for word in words[:-1]] + [f'"{words[-1]}" *']
    expression = "{" + " ".join(index.fields) + "} : (" + " AND ".join(terms) + ")"
    return expression if owner_id is None else f'(owner : "{owner_id}") AND ({expression})'


def _tsvector_condition(index: SearchIndex, words: list[str], owner_id: int | None) -> ColumnElement[bool]:
    terms = [f"'{word}'" for word in words[:-1]] + [f"'{words[-1]}':*"]
    wanted: ColumnElement[str] = func.to_tsquery(literal_column("'simple'"), " & ".join(terms))
    if owner_id is not None:
        wanted = wanted.op("&&")(cast(literal(f"'={owner_id}'", String), TSQUERY))
    document: ColumnElement[str] = literal_column(f"({tsvector_expression(index)})")
    return document.op("@@")(wanted)


def tsvector_expression(index: SearchIndex) -> str:
    """Return the SQL of the document that PostgreSQL indexes for a row of `index`.

    Everything but letters and digits becomes a space first; otherwise PostgreSQL would take an address or a path as one
    word, which SQLite does not. The owner is added as a lexeme that no word can be.
    """
    parts = [f"left(coalesce({index.table}.{field}, ''), {INDEXED_CHARACTERS})" for field in index.fields]
    text = " || ' ' || ".join(parts)
    document = f"to_tsvector('simple', regexp_replace({text}, '[^[:alnum:]]+', ' ', 'g'))"
    if index.owner:
        document += f" || array_to_tsvector(ARRAY['=' || CAST({index.table}.{index.owner} AS text)])"
    return document
