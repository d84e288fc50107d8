"""After a rescan the words are nowhere: not in the search, and not in a byte of the database's files."""

from pathlib import Path

import pytest

from app import database
from app.domain.errors import Conflict
from app.extensions import db
from app.services import rescan as service
from app.services.training_examples import Filter, get_training_examples_for_skill
from tests.support.factories import make_example, make_user
from tests.support.older_rules import leave_behind, rescan

pytestmark = pytest.mark.slow

WORD = "violetmarzipan4711"


def found(skill, query):
    return len(get_training_examples_for_skill(skill.id, wanted=Filter(query=query)).rows)


def test_search_finds_what_stands_beside_a_secret_and_the_secret_no_more(skill):
    leave_behind(make_example(skill), example_input=f"neighbour password={WORD} garden")
    before = [found(skill, query) for query in ("neighbour garden", WORD)]

    rescan()

    assert before == [1, 1]
    assert [found(skill, query) for query in ("neighbour garden", WORD)] == [1, 0]


@pytest.fixture
def files(app):
    """Return a function that reads every byte of the database's files."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files are its own")
    database = Path(str(db.engine.url.database))
    return lambda: b"".join(file.read_bytes() for file in sorted(database.parent.glob(f"{database.name}*")))


@pytest.fixture
def words_in_the_files(skill, files):
    """Many rows with a secret, in the database's file and in its log."""
    for number in range(40):
        filling = "long text " * (number * 40)
        leave_behind(make_example(skill), example_input=f"{number} {filling} password={WORD}", expected_output=filling)
        leave_behind(make_user(), name=f"password={WORD}")
        if number == 20:
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    leave_behind(skill, title=f"A title password={WORD}")
    assert files().count(WORD.encode()) > 80


def test_no_byte_of_a_secret_stays_in_the_files(words_in_the_files, files):
    rescan(rows_at_once=7)

    assert files().count(WORD.encode()) == 0


def test_no_byte_stays_where_a_rescan_was_interrupted_before_its_end(words_in_the_files, files):
    interrupted = service.rescan()
    while sum(service.count_rows_behind().values()):
        next(interrupted)
    interrupted.close()

    rescan()

    assert files().count(WORD.encode()) == 0


def test_somebody_who_reads_for_long_is_said_so_and_the_next_rescan_ends_it(words_in_the_files, files, monkeypatch):
    monkeypatch.setattr(database, "SCRUB_SECONDS", 1)
    with db.engine.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM users")
        with pytest.raises(Conflict, match="long read"):
            rescan()

    rescan()

    assert files().count(WORD.encode()) == 0
