"""Full-text search behind one function, on SQLite (FTS5) and on PostgreSQL (an index over `to_tsvector`).

What is searched is declared in `INDEXES`; the migration that builds the indexes copies these expressions, and a test
compares the two. Only the first `INDEXED_CHARACTERS` of each field are indexed: PostgreSQL limits a document to 1 MB.
Every word must occur, the last one may be the beginning of a word, and case does not matter. Words are runs of letters
and digits, so punctuation in a query is never syntax.

How costs grow: on SQLite a page reads no more of the index than it shows, however many rows match: FTS5 gathers a
beginning from all rows that have it before it shows the first, so where few words begin so, they are asked for as whole
words. It hands out its rows by their id, so a list in another order asks for one value of what it is ordered by after
the other: the index of training examples has their score for that (`grade`). PostgreSQL gathers all rows that match.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Dialect,
    Integer,
    Select,
    String,
    TextClause,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute

Columns = TypeVarTuple("Columns")

INDEXED_CHARACTERS = 50_000
MAX_WORDS = 16
MAX_BEGINNINGS = 15
"""So many words that begin with the last one of a query are looked up in the index; with more it is searched as a
beginning."""

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
    grade: int | None = None,
    is_selective: bool = False,
) -> tuple[Select[*Columns], ColumnElement[int]]:
    """Limit a query on `index` to the rows that contain every word of `query`; `id_column` is their id.

    Returns the query and the column to order and page it by: on SQLite the index's own, which then hands out its rows
    in that order and stops where the page ends, so that a page costs the same however many rows contain the words.
    Where the query `is_selective` already, so that few rows are left, each of them is looked up there instead.

    With `owner_id` only that owner's rows are looked at, in the index itself, and with `grade`, where the index hands
    out its rows (`hands_out`), those of this grade (0: of none). A query without a word in it matches nothing.
    """
    words = words_of(query)
    if not words:
        return statement.where(false()), id_column.expression
    if dialect.name != "sqlite":
        return statement.where(_tsvector_condition(index, words, owner_id)), id_column.expression
    fts = table(index.fts_table, column("rowid", Integer))
    matches = literal_column(index.fts_table).op("MATCH")(fts5_expression(index, words, owner_id, grade))
    if is_selective:
        has_words = select(fts.c.rowid).where(fts.c.rowid == id_column, matches).exists()
        return statement.where(has_words), id_column.expression
    return statement.join(fts, fts.c.rowid == id_column).where(matches), fts.c.rowid


def hands_out(index: SearchIndex, key: ColumnElement[int]) -> bool:
    """Return whether the rows come out of the index, by their id: for another order it gathers all that match."""
    return isinstance(key, ColumnClause) and getattr(key.table, "name", "") == index.fts_table


_FTS5_EXPRESSION = """(
    WITH RECURSIVE beginnings(term) AS (
        SELECT (SELECT term FROM {words} WHERE term >= :search_beginning LIMIT 1)
        UNION ALL
        SELECT (SELECT term FROM {words} WHERE term >= beginnings.term || '0' LIMIT 1)
        FROM beginnings WHERE beginnings.term < :search_behind
        LIMIT :search_most + 1
    )
    SELECT printf(:search_expression, CASE
        WHEN count(*) BETWEEN 1 AND :search_most THEN group_concat('"' || term || '"', ' OR ')
        ELSE '"' || :search_beginning || '" *'
    END)
    FROM beginnings WHERE term < :search_behind
)"""
"""From each word in the index to the next it is a jump: no longer word comes before this one with a zero behind it."""


def fts5_expression(
    index: SearchIndex, words: Sequence[str], owner_id: int | None, grade: int | None = None
) -> TextClause:
    """Return the SQL of what FTS5 is asked: all of these words, the last one as the words that begin with it."""
    terms = [f'"{word}"' for word in words[:-1]] + ["(%s)"]
    conditions = [] if owner_id is None else [f'owner : "{owner_id}"']
    conditions += [] if grade is None else [f'grade : "grade{grade}"']
    conditions.append("{" + " ".join(index.fields) + "} : (" + " AND ".join(terms) + ")")
    return text(_FTS5_EXPRESSION.format(words=f"{index.fts_table}_words")).bindparams(
        search_expression=" AND ".join(f"({condition})" for condition in conditions),
        search_beginning=words[-1],
        search_behind=words[-1] + "\U0010ffff",
        search_most=MAX_BEGINNINGS,
    )


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
    joined = " || ' ' || ".join(parts)
    document = f"to_tsvector('simple', regexp_replace({joined}, '[^[:alnum:]]+', ' ', 'g'))"
    if index.owner:
        document += f" || array_to_tsvector(ARRAY['=' || CAST({index.table}.{index.owner} AS text)])"
    return document
