"""Search finds the same on SQLite and on PostgreSQL: one table of queries, walked on both."""

import pytest
from sqlalchemy import select, text

from app.domain.training_examples import Sort, Status
from app.extensions import db
from app.services import search
from app.services import training_examples as service
from app.services.training_examples import Filter
from tests.support.factories import make_example, make_skill

TEXTS = {
    "invoice": "Total of invoice INV-2041 is 12.50 EUR, see https://pay.example.com/inv/2041?x=1",
    "mail": "Write to support@example.com and user_name about C++ and the re-run",
    "accents": "Café Zoë naïve Ærø ΑΘΗΝΑ Москва Straße",
    "logic": "this AND that NEAR the other OR not, said quotes",
    "code": "def parse_line(self): return self.line.split('|')  # don't",
    "numbers": "version 3.11.7 of 2026-11-23 costs 1000",
    "other scripts": "\u6771\u4eac \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 end",
    "emoji": "ship\N{ROCKET}it done\N{WHITE HEAVY CHECK MARK}",
}

# What is asked, and which of the texts contain every word of it (the last one may be a beginning).
QUERIES = {
    "invoice": {"invoice"},
    "INVOICE": {"invoice"},
    "inv": {"invoice"},
    "inv total": {"invoice"},
    "invo total": set(),  # only the last word may be a beginning
    "total inv": {"invoice"},
    "voice": set(),
    "inv-2041": {"invoice"},
    "2041": {"invoice"},
    "12.50": {"invoice"},
    "12,50": {"invoice"},
    "pay.example.com": {"invoice"},
    "https://pay.example.com/inv": {"invoice"},
    "example.com": {"invoice", "mail"},
    "example": {"invoice", "mail"},
    "support@example.com": {"mail"},
    "user_name": {"mail"},
    "user": {"mail"},
    "name user": {"mail"},
    "c++ write": {"mail"},
    "re-run": {"mail"},
    "rerun": set(),
    "café": {"accents"},
    "CAFÉ": {"accents"},
    "cafe": set(),  # an accent makes another word
    "zoë naïve": {"accents"},
    "ærø": {"accents"},
    "αθηνα": {"accents"},
    "москва": {"accents"},
    "МОСКВА": {"accents"},
    "straße": {"accents"},
    "AND": {"logic", "mail"},
    "this AND that": {"logic"},
    "that OR invoice": set(),
    "NOT": {"logic"},
    "this NEAR that": {"logic"},
    "NEAR(this that)": {"logic"},
    '"quotes"': {"logic"},
    '"said quotes': {"logic"},
    "quo*": {"logic"},
    "*": set(),
    "^this": {"logic"},
    "example_input : invoice": set(),
    "{example_input} : (invoice)": set(),
    "owner": set(),
    "this:*": {"logic"},
    "this & that": {"logic"},
    "this | !that": {"logic"},
    "this <-> that": {"logic"},
    "'this'": {"logic"},
    "don't": {"code"},
    "don": {"code", "emoji"},
    "g": set(),  # nor is what the index says of an owner a word
    "gold": set(),
    "split('|')": {"code"},
    "parse line self": {"code"},
    "\\": set(),
    "'": set(),
    '"': set(),
    "()": set(),
    "%": set(),
    "_": set(),
    "-invoice": {"invoice"},
    "3.11": {"numbers"},
    "2026-11": {"numbers"},
    "100": {"numbers"},
    "\u6771\u4eac": {"other scripts"},
    "\u05e9\u05dc\u05d5\u05dd": {"other scripts"},
    "\u0645\u0631\u062d": {"other scripts"},
    "ship it": {"emoji"},
    "\N{ROCKET}": set(),
    "it\N{ROCKET}": {"emoji"},
    "done": {"emoji"},
    "nowhere": set(),
    "a\x00b": set(),
    "invoice\x00": {"invoice"},
    "invoice \ud800": {"invoice"},
    "invoice " * 40: {"invoice"},
}


@pytest.fixture
def ids(skill):
    return {make_example(skill, words).id: label for label, words in TEXTS.items()}


def found(skill, query, **rest):
    page = service.get_training_examples_for_skill(skill.id, wanted=Filter(query=query, **rest))
    return {row.example.id for row in page.rows}


@pytest.mark.parametrize("most", [0, 1, search.MAX_BEGINNINGS])
def test_every_query_finds_the_same_on_both_databases(skill, ids, most, monkeypatch):
    monkeypatch.setattr(search, "MAX_BEGINNINGS", most)
    wrong = {}
    for query, expected in QUERIES.items():
        labels = {ids[one] for one in found(skill, query)}
        if labels != expected:
            wrong[query] = labels

    assert wrong == {}


def test_the_last_word_is_asked_for_as_the_few_words_that_begin_with_it(skill):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL gathers what matches either way")
    make_example(skill, "order orders ordered 0 orderly" + "".join(f" case{number}" for number in range(16)))

    asked = {
        words[-1]: db.session.scalar(select(search.fts5_expression(search.TRAINING_EXAMPLES, words, 7)))
        for words in (["all", "ordere"], ["orders"], ["order"], ["case"], ["cases"], ["zzz"])
    }

    fields = "{example_input example_output expected_output}"
    assert asked == {
        "ordere": f'(owner : "7") AND ({fields} : ("all" AND ("ordered")))',
        "orders": f'(owner : "7") AND ({fields} : (("orders")))',
        "order": f'(owner : "7") AND ({fields} : (("order" OR "ordered" OR "orderly" OR "orders")))',
        "case": f'(owner : "7") AND ({fields} : (("case" *)))',
        "cases": f'(owner : "7") AND ({fields} : (("cases" *)))',
        "zzz": f'(owner : "7") AND ({fields} : (("zzz" *)))',
    }


def test_a_query_of_spaces_alone_limits_nothing(skill, ids):
    assert found(skill, " \t ") == set(ids)


@pytest.mark.parametrize("field", ["example_input", "example_output", "expected_output"])
def test_every_text_of_an_example_is_searched(skill, field):
    texts = {"example_input": "one", "example_output": "two", "expected_output": "three", field: "the needle here"}
    example = service.create_training_example(skill_id=skill.id, user_id=skill.author_id, **texts)

    assert found(skill, "needle") == {example.id}


def test_words_may_lie_in_different_texts_of_one_example_but_not_of_two(skill):
    example = make_example(skill, "apples", "pears")
    make_example(skill, "plums", "cherries")

    assert found(skill, "pears apples") == {example.id}
    assert found(skill, "apples cherries") == set()


def test_a_search_never_leaves_its_skill(author, skill):
    mine = make_example(skill, "a word that both have")
    other_skill = make_skill(author)
    others = make_example(other_skill, "a word that both have")

    assert found(skill, "word") == {mine.id}
    assert found(other_skill, "word") == {others.id}
    for query in (f"{other_skill.id}", f"goldsetowner{other_skill.id}", f"owner : {other_skill.id}", "goldsetowner"):
        assert found(skill, query) == set()


def test_the_index_follows_every_change(author, skill):
    example = make_example(skill, "the old words")

    service.edit_training_example(
        author, example_id=example.id, revision=1, example_input="the new words", example_output="b"
    )
    edited = [found(skill, query) for query in ("old", "new")]
    service.delete_training_example(author, example_id=example.id, revision=2)

    assert edited == [set(), {example.id}]
    assert found(skill, "words") == set()


def test_the_index_follows_a_score_that_changes(author, skill):
    example = make_example(skill, "needle", "and nothing else changes", quality_score=3)
    make_example(skill, "another needle", quality_score=5)
    best_first = Filter(query="needle", sort=Sort.SCORE)

    service.edit_training_example(
        author,
        example_id=example.id,
        revision=1,
        example_input="needle",
        example_output="and nothing else changes",
        quality_score=9,
    )

    rows = service.get_training_examples_for_skill(skill.id, wanted=best_first).rows
    assert [row.example.quality_score for row in rows] == [9, 5]


def test_nothing_of_a_deleted_example_stays_in_the_index(author, skill):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own indexes")
    example = make_example(skill, "needle")
    count = text("SELECT count(*) FROM training_examples_search WHERE training_examples_search MATCH 'needle'")

    before = db.session.scalar(count)
    service.delete_training_example(author, example_id=example.id, revision=1)

    assert (before, db.session.scalar(count)) == (1, 0)


def test_search_and_filters_narrow_each_other(skill):
    make_example(skill, "a word")
    pending = make_example(skill, "a word as well", source="usage_capture", status="pending")

    assert found(skill, "word", statuses=(Status.PENDING,)) == {pending.id}


def test_a_text_is_searched_up_to_the_limit(skill):
    inside = make_example(skill, "x " * (search.INDEXED_CHARACTERS // 2 - 10) + "needle " + "y " * 10_000 + "beyond")

    assert found(skill, "needle") == {inside.id}
    assert found(skill, "beyond") == set()


def test_a_text_of_many_different_words_and_one_endless_word_are_stored(skill):
    many = make_example(skill, " ".join(f"w{number}" for number in range(14_000)))
    endless = make_example(skill, "x" * 99_000)

    assert found(skill, "w77") == {many.id}
    assert endless.id in {row.example.id for row in service.get_training_examples_for_skill(skill.id).rows}


def test_the_database_uses_its_index(skill):
    """A query whose expression is not the index's own still answers, but by reading every row."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no other way to answer MATCH")
    statement, _ = search.narrow(
        select(service.TrainingExample.id),
        search.TRAINING_EXAMPLES,
        "question777",
        dialect=db.engine.dialect,
        id_column=service.TrainingExample.id,
        owner_id=skill.id,
    )
    sql = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    with db.engine.connect() as connection:  # never committed
        connection.execute(text(MANY_ROWS), {"skill_id": skill.id, "user_id": skill.author_id})
        # What waits to be put into the index would be read as a whole for each query, and how much that is, is chance.
        connection.execute(text("SELECT gin_clean_pending_list('training_examples_search')"))
        connection.execute(text("ANALYZE skill_feedback"))
        plan = connection.exec_driver_sql(f"EXPLAIN {sql}").scalars()

        assert "training_examples_search" in "\n".join(plan)


MANY_ROWS = """
INSERT INTO skill_feedback (skill_id, user_id, feedback_type, created_at, updated_at, status, source, example_input,
    example_output, content_digest)
SELECT :skill_id, :user_id, 'training_example', now(), now(), 'approved', 'web', 'question' || n, 'answer', 'd' || n
FROM generate_series(1, 1500) AS n
"""
