"""Importing: every row gets its verdict, the good ones become examples, and nothing is stored before it is redacted."""

import gzip
import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain.datasets import Row
from app.domain.errors import Conflict, Invalid, NotAllowed
from app.domain.example_details import Turn
from app.domain.formats import FORMATS, Record
from app.domain.imports import COLUMNS, FIELDS, Reading, State, Verdict
from app.domain.near_duplicates import bands_of, shingles_of
from app.domain.redaction import RedactedText
from app.jobs import WORK
from app.jobs.worker import run_job
from app.models import ExampleBand, Import, ImportRow, TrainingExample
from app.services import import_mending, imports
from app.services.dataset_rows import Selection, read_records
from app.services.golden_examples import NewExample, create_golden_examples
from app.services.import_checks import table_of_wrong_rows
from app.services.import_mending import mend_row
from app.services.imports import (
    begin_adding,
    count_verdicts,
    discard_import,
    get_import,
    read_again,
    stage_import,
    state_of,
)
from app.services.jobs import cancel_job, claim_job, get_job
from app.services.redaction import change_skill_redaction
from app.services.skills import get_skill
from app.services.training_examples import submit_training_example
from app.services.transactions import reading, writing
from tests.support.factories import make_example
from tests.support.tables import counters_are_right, dump, last_audit_record

pytestmark = pytest.mark.slow

SECRET = "ghp_" + "a1B2" * 9
LONG = "The pump in hall {0} stands still since the day before yesterday and nobody knows the reason for it, says {1}."


def stage(author, skill, text, **how):
    data = text if isinstance(text, bytes) else text.encode()
    return stage_import(author, skill_id=skill.id, file=io.BytesIO(data), file_name="a file", **how)


def checked(author, skill, text, **how):
    made = stage(author, skill, text, **how)
    run_job()
    return get_import(author, skill.id, made.id)


def verdicts_of(found):
    rows = reading().scalars(select(ImportRow).where(ImportRow.import_id == found.id).order_by(ImportRow.number))
    return [row.verdict for row in rows]


def added(author, skill, found, **how):
    job = begin_adding(author, skill_id=skill.id, import_id=found.id, **how)
    run_job()
    job = get_job(author, job.id)
    assert job.result, job.problem
    return job.result["added"]


def lines(*values):
    return "".join(json.dumps(value) + "\n" for value in values)


def test_what_an_update_made_an_import_forget_is_made_anew(author, skill):
    found = checked(author, skill, lines({"input": LONG.format(1, 2), "output": "Yes"}))
    with writing() as session:
        session.execute(update(ImportRow).values(bands=None))

    added(author, skill, found)

    kept = set(reading().scalars(select(ExampleBand.band)))
    assert kept == set(bands_of(shingles_of(LONG.format(1, 2), "Yes")))


def test_the_rows_of_a_file_become_golden_examples(author, skill):
    found = checked(author, skill, 'input,output,score\nOne,1,7\n"Two\nlines",2,\n')

    assert added(author, skill, found) == 2

    examples = reading().scalars(select(TrainingExample).order_by(TrainingExample.id)).all()
    assert [(one.example_input, one.example_output, one.quality_score) for one in examples] == [
        ("One", "1", 7),
        ("Two\nlines", "2", None),
    ]
    assert {(one.source, one.status, one.user_id) for one in examples} == {("web", "approved", author.id)}
    assert counters_are_right(get_skill(skill.id))
    assert reading().scalars(select(ExampleBand)).first() is not None
    assert get_import(author, skill.id, found.id).state == State.DONE
    assert last_audit_record().action == "training_examples.imported"


def test_the_same_file_again_adds_nothing(author, skill):
    text = lines({"input": "One", "output": "1"}, {"input": "Two", "output": "2"})
    found = checked(author, skill, text)
    added(author, skill, found)

    again = checked(author, skill, text)

    assert verdicts_of(again) == ["duplicate", "duplicate"]
    with pytest.raises(Conflict, match="nothing to add"):
        begin_adding(author, skill_id=skill.id, import_id=again.id)


def test_every_row_gets_its_verdict_and_why(author, skill):
    there = make_example(skill, "There", "already")
    like = make_example(skill, LONG.format(1, "the shift"), "Send somebody.")
    found = checked(
        author,
        skill,
        lines(
            {"input": "There", "output": "already"},
            {"input": LONG.format(1, "the shift") + " Please.", "output": "Send somebody."},
            {"input": "New", "output": "1"},
            {"input": "New", "output": "1"},
            {"input": "", "output": "1"},
            {"input": "Scored", "output": "1", "quality_score": 11},
        )
        + "{broken\n",
    )

    rows = reading().scalars(select(ImportRow).where(ImportRow.import_id == found.id).order_by(ImportRow.number)).all()
    assert [(row.verdict, row.line) for row in rows] == [
        ("duplicate", 1),
        ("near_duplicate", 2),
        ("new", 3),
        ("duplicate", 4),
        ("refused", 5),
        ("refused", 6),
        ("refused", 7),
    ]
    assert [row.like_example_id for row in rows[:2]] == [there.id, like.id]
    assert rows[3].reason == "Row 3 of this file says the same."
    assert rows[4].reason == "Write the input: it is empty."
    assert "score from 1 to 10" in rows[5].reason
    assert "no JSON" in rows[6].reason


def test_rows_that_are_alike_within_the_file_are_found_also_across_chunks(author, skill, monkeypatch):
    monkeypatch.setattr(imports, "ROWS_AT_ONCE", 2)
    texts = [LONG.format(1, "the shift"), "Another", "One more", LONG.format(1, "the shift") + " Now."]

    found = checked(author, skill, lines(*({"input": text, "output": "Send somebody."} for text in texts)))

    assert verdicts_of(found) == ["new", "new", "new", "near_duplicate"]
    assert added(author, skill, found) == 3


def test_near_duplicates_are_added_where_the_author_wants_them(author, skill):
    texts = [LONG.format(1, "the shift"), LONG.format(1, "the shift") + " Now."]
    found = checked(author, skill, lines(*({"input": text, "output": "Send somebody."} for text in texts)))

    assert added(author, skill, found, near_duplicates=True) == 2


def test_secrets_are_gone_before_anything_is_stored(author, skill):
    found = stage(
        author,
        skill,
        lines({"input": f"Use {SECRET}", "output": "I will", "extra": {"deep": [SECRET]}, SECRET: "key"})
        + f'{{"broken": "{SECRET}"\n',
    )

    assert SECRET not in str(dump())
    run_job()
    added(author, skill, get_import(author, skill.id, found.id))
    assert SECRET not in str(dump())
    assert reading().scalars(select(TrainingExample)).one().example_input == "Use [GITHUB_TOKEN_1]"
    assert count_verdicts(found.id).redacted == 1


def conversation(*messages, **beside):
    return {
        "messages": [*messages, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes"}],
        **beside,
    }


def parts(*texts):
    return [{"type": "text", "text": text} for text in texts]


IN_PIECES = {
    "parts of a message": conversation({"role": "system", "content": parts(f"Use {SECRET[:9]}", SECRET[9:], " now")}),
    "parts of an answer": {
        "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": parts(SECRET[:4], SECRET[4:])}]
    },
    "two system prompts": conversation(
        {"role": "system", "content": "The password is"}, {"role": "developer", "content": "Sommer2024x!"}
    ),
    "a system prompt beside": conversation({"role": "system", "content": "Sommer2024x!"}, system="The password is"),
    "parts of two system prompts": conversation(
        {"role": "system", "content": parts("Be kind. ", "The password is")},
        {"role": "system", "content": parts("Sommer", "2024x!")},
    ),
    "instruction and input": {"instruction": "The password is", "input": "Sommer2024x!", "output": "Noted"},
    "a conversation within": {
        "input": {"messages": [{"role": "user", "content": parts(SECRET[:9], SECRET[9:])}]},
        "expectedOutput": "Noted",
    },
}


@pytest.mark.parametrize("value", IN_PIECES.values(), ids=IN_PIECES)
def test_a_secret_told_in_pieces_is_gone_before_anything_is_stored(author, skill, value):
    found = stage(author, skill, lines(value))
    staged = str(dump())
    run_job()
    assert verdicts_of(found) == ["new"]
    added(author, skill, get_import(author, skill.id, found.id))

    for told in (SECRET[9:], "2024x!"):
        assert told not in staged
        assert told not in str(dump())
    assert count_verdicts(found.id).redacted == 1


def test_pieces_that_say_no_more_together_stay_as_they_are(author, skill):
    value = conversation({"role": "system", "content": parts("Be kind. ", f"Use {SECRET}")})
    found = checked(author, skill, lines(value))

    kept = reading().scalars(select(ImportRow).where(ImportRow.import_id == found.id)).one().value
    assert kept["messages"][0]["content"] == parts("Be kind. ", "Use [GITHUB_TOKEN_1]")
    added(author, skill, found)
    assert reading().scalars(select(TrainingExample)).one().turns[0]["content"] == "Be kind. Use [GITHUB_TOKEN_1]"


def test_what_was_staged_in_pieces_before_an_upgrade_is_cleaned_when_it_is_put_together(author, skill):
    found = checked(author, skill, lines(IN_PIECES["instruction and input"]))
    with writing() as session:
        session.execute(update(ImportRow).values(value=IN_PIECES["instruction and input"]))

    added(author, skill, found)

    assert reading().scalars(select(TrainingExample)).one().example_input == "The password is\n\n[PASSWORD_1]"


@pytest.mark.parametrize("good_first", [True, False])
def test_two_opinions_on_answers_to_one_prompt_are_a_corrected_row(author, skill, good_first):
    good = {"prompt": "Ask", "completion": "Good", "label": True}
    bad = {"prompt": "Ask", "completion": "Bad", "label": False}
    alone = {"prompt": "Other", "completion": "Bad", "label": False}
    found = checked(author, skill, lines(*([good, bad] if good_first else [bad, good]), alone, {**good, "prompt": "X"}))

    assert verdicts_of(found) == ["new", "refused", "new"]
    added(author, skill, found)
    example = reading().scalars(select(TrainingExample).where(TrainingExample.example_input == "Ask")).one()
    assert (example.example_output, example.expected_output) == ("Bad", "Good")


def test_a_secret_of_one_text_is_known_in_the_other(author, skill):
    found = checked(
        author, skill, lines({"input": "The password is Sommer2024x!", "output": "I typed Sommer2024x! and it works"})
    )
    added(author, skill, found)

    example = reading().scalars(select(TrainingExample)).one()
    assert example.example_output == "I typed [PASSWORD_1] and it works"


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_exported_in_any_format_comes_in_again(author, skill, name):
    rows = [Row("What is due?", "The invoice.", quality_score=8), Row("Say it", "Bad", "Good")]
    text = b"".join(FORMATS[name].write((Record(row, row.hash) for row in rows), "a-skill"))
    held = [row for row in rows if not (FORMATS[name].loses(row) or "").startswith("the row itself")]

    found = checked(author, skill, text)

    assert verdicts_of(found) == ["new"] * len(held)
    added(author, skill, found)
    assert [record.row.gold for record in read_records(Selection(skill))] == [row.gold for row in held]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty"),
        (b"\n \n", "This file is empty"),
        (b"\xff\xfa\xfb\x00", "not UTF-8"),
        (b"abc\x00def", "no text"),
        (gzip.compress(b"input,output\n1,2\n", mtime=0)[:-8], "gzip file is broken or cut off"),
        (gzip.compress(b"input,output\n" + (b"1," + b"2 " * 1_000 + b"\n") * 800, mtime=0), "larger than 1 MB"),
        (b"PK\x03\x04rest", "zip file, is broken"),
        (b"PAR1rest", "Parquet file is broken"),
        (b"[1, 2", "no JSON"),
        (b"[]", "has no rows"),
        (b"input,output\n", "has no rows"),
        (b"input,input\n1,2\n", "each by another name"),
        (b"just some words\nand more of them\n", "neither JSON nor a table"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_leaves_nothing(app, author, skill, data, sentence, monkeypatch):
    monkeypatch.setitem(app.config, "GOLDSET_MAX_IMPORT_BYTES", 1_000_000)

    with pytest.raises(Invalid, match=sentence):
        stage(author, skill, data)

    assert dump()["imports"] == []
    assert dump()["import_rows"] == []


@pytest.mark.parametrize(
    "data",
    [
        "input\toutput\nGrüße\tJa\n".encode(),
        "\ufeffinput;output\nGrüße;Ja\n".encode(),
        "input,output\r\nGrüße,Ja\r\n".encode("utf-16"),
        gzip.compress("input,output\nGrüße,Ja\n".encode(), mtime=0),
        json.dumps([{"input": "Grüße", "output": "Ja"}], indent=2).encode(),
        json.dumps({"examples": [{"question": "Grüße", "answer": "Ja"}]}).encode(),
    ],
    ids=["tsv", "mark and semicolons", "utf-16", "gzip", "json", "nested json"],
)
def test_what_a_file_is_is_seen_in_it(author, skill, data):
    found = checked(author, skill, data)
    added(author, skill, found)

    example = reading().scalars(select(TrainingExample)).one()
    assert (example.example_input, example.example_output) == ("Grüße", "Ja")


def test_columns_that_nobody_knows_are_asked_for(author, skill):
    found = stage(author, skill, "frage,antwort\nWas?,Das.\n")
    assert (found.state, found.job_id) == (State.READY, None)

    with pytest.raises(Invalid, match="one of the file's columns"):
        read_again(
            author,
            skill_id=skill.id,
            import_id=found.id,
            how=Reading(COLUMNS, {"input": "frage", "output": "nothing"}),
        )
    read_again(
        author, skill_id=skill.id, import_id=found.id, how=Reading(COLUMNS, {"input": "frage", "output": "antwort"})
    )
    run_job()

    assert verdicts_of(found) == ["new"]


def test_a_row_that_is_mended_gets_its_verdict_again(author, skill):
    found = checked(author, skill, lines({"input": "One", "output": "1"}, {"input": "", "output": "2"}) + "{broken\n")

    for number in (2, 3):
        row = mend_row(
            author,
            skill_id=skill.id,
            import_id=found.id,
            number=number,
            texts={"input": f"Mended {number} with {SECRET}", "output": "2", "quality_score": "5"},
        )
        assert (row.verdict, row.removed) == (Verdict.NEW, "github_token")

    assert added(author, skill, found) == 3
    assert SECRET not in str(dump())


def mend(author, skill, found, number, **texts):
    return mend_row(author, skill_id=skill.id, import_id=found.id, number=number, texts=texts)


def rows_of(found):
    rows = reading().scalars(select(ImportRow).where(ImportRow.import_id == found.id).order_by(ImportRow.number))
    return [(row.verdict, row.like_number) for row in rows]


def test_a_row_that_is_mended_is_not_compared_with_what_it_was(author, skill):
    text = LONG.format(1, "the shift")
    found = checked(author, skill, lines({"input": text, "output": "Yes", "score": 99}, {"input": "B", "output": "C"}))
    assert verdicts_of(found) == ["refused", "new"]
    assert mend(author, skill, found, 1, input=text, output="Yes").verdict == Verdict.NEW
    assert mend(author, skill, found, 1, input=text + " Now.", output="Yes").verdict == Verdict.NEW


@pytest.mark.parametrize("at_once", [200, 1])
def test_rows_that_were_like_a_mended_one_are_looked_at_again(author, skill, monkeypatch, at_once):
    monkeypatch.setattr(import_mending, "MOST_AT_ONCE", at_once)
    text = LONG.format(1, "the shift")
    found = checked(
        author, skill, lines(*({"input": text + end, "output": "Yes"} for end in ("", "", "", " Now.", " Now!")))
    )
    assert rows_of(found) == [
        ("new", None), ("duplicate", 1), ("duplicate", 1), ("near_duplicate", 1), ("near_duplicate", 1)
    ]  # fmt: skip

    mend(author, skill, found, 1, input="Another thing", output="Yes")
    run_job()

    assert rows_of(found) == [
        ("new", None), ("new", None), ("duplicate", 2), ("near_duplicate", 2), ("near_duplicate", 2)
    ]  # fmt: skip
    assert added(author, skill, found) == 2


def test_a_row_that_is_mended_badly_is_refused_with_why(author, skill):
    found = checked(author, skill, lines({"input": "", "output": "2"}, {"input": "One", "output": "1"}))

    row = mend_row(
        author,
        skill_id=skill.id,
        import_id=found.id,
        number=1,
        texts={"input": "One", "output": "1", "quality_score": "x"},
    )

    assert (row.verdict, row.reason) == ("refused", "Give a score from 1 to 10, or leave it empty.")


def test_only_the_author_imports(viewer, admin, skill):
    for somebody in (viewer, admin):
        with pytest.raises(NotAllowed, match="author"):
            stage(somebody, skill, lines({"input": "One", "output": "1"}))
    with pytest.raises(NotAllowed, match="author"):
        create_golden_examples(
            skill_id=skill.id, user_id=admin.id, examples=[NewExample(RedactedText("a"), RedactedText("b"))]
        )


def test_one_import_of_a_skill_is_finished_before_the_next(author, skill):
    found = checked(author, skill, lines({"input": "One", "output": "1"}))

    with pytest.raises(Conflict, match="not finished"):
        stage(author, skill, lines({"input": "Two", "output": "2"}))

    discard_import(author, skill_id=skill.id, import_id=found.id)
    assert dump()["import_rows"] == []
    assert checked(author, skill, lines({"input": "Two", "output": "2"})).state == State.READY


def test_what_somebody_adds_meanwhile_is_not_added_twice(author, skill):
    found = checked(author, skill, lines({"input": "One", "output": "1"}, {"input": "Two", "output": "2"}))
    submit_training_example(author, skill_id=skill.id, example_input="One", example_output="1")

    assert added(author, skill, found) == 1
    assert verdicts_of(found) == ["duplicate", "added"]


def test_an_addition_that_is_taken_over_goes_on_where_the_last_commit_was(author, skill, monkeypatch):
    monkeypatch.setattr(imports, "ROWS_AT_ONCE", 3)
    found = checked(author, skill, lines(*({"input": f"Question {n}", "output": f"{n}"} for n in range(10))))
    job = begin_adding(author, skill_id=skill.id, import_id=found.id)
    first = claim_job()
    first.run_chunk(WORK[first.kind])
    with writing():
        get_job(author, job.id).leased_until = get_job(author, job.id).created_at

    run_job()

    assert get_job(author, job.id).result["added"] == 10
    assert len({one.example_input for one in reading().scalars(select(TrainingExample))}) == 10
    assert counters_are_right(get_skill(skill.id))


def test_rows_that_are_not_new_are_taken_away_with_why(author, skill):
    found = checked(
        author,
        skill,
        lines({"input": "One", "output": "1"}, {"input": "One", "output": "1"}, {"input": "", "output": "x"}),
    )

    header, *rows = table_of_wrong_rows(found)

    assert header == [*FIELDS, "line", "error"]
    assert [(row[0], *row[-2:]) for row in rows] == [
        ("One", 2, "Row 1 of this file says the same."),
        ("", 3, "Write the input: it is empty."),
    ]


def test_a_conversation_of_many_turns_is_kept_and_one_of_tools_is_refused_by_name(author, skill):
    turn = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    good = {"messages": [{"role": "system", "content": "Be short."}, *turn * 2]}
    bad = {"messages": [turn[0], {"role": "tool", "content": "3"}, turn[1]]}
    found = checked(author, skill, lines(good, bad), how=Reading("openai-chat", {}))

    rows = reading().scalars(select(ImportRow).order_by(ImportRow.number)).all()
    assert [row.verdict for row in rows] == ["new", "refused"]
    assert "end with a user's turn" in rows[1].reason
    added(author, skill, found)
    [record] = read_records(Selection(skill))
    said = (Turn("system", "Be short."), Turn("user", "a"), Turn("assistant", "b"))
    assert record.row == Row("a", "b", turns=said)


def test_personal_data_goes_where_the_skill_says_so(author, skill):
    change_skill_redaction(author, skill_id=skill.id, redact_personal_data=True)
    found = checked(author, skill, lines({"input": "Write to ada@example.org", "output": "Done"}))
    added(author, skill, found)

    assert "ada@example.org" not in str(dump()["skill_feedback"])


def test_how_columns_were_read_is_remembered(author, skill):
    text = "frage,antwort\n{},Das.\n"
    found = stage(author, skill, text.format("Was?"))
    how = Reading(COLUMNS, {"input": "frage", "output": "antwort"})
    read_again(author, skill_id=skill.id, import_id=found.id, how=how)
    run_job()
    discard_import(author, skill_id=skill.id, import_id=found.id)

    for other in (text.format("Wer?"), "id,antwort,frage\n7,Das.,Wo?\n"):
        again = checked(author, skill, other)

        assert verdicts_of(again) == ["new"]
        discard_import(author, skill_id=skill.id, import_id=again.id)


def test_an_import_whose_check_was_cancelled_can_be_read_again_or_discarded(author, skill):
    found = stage(author, skill, lines({"input": "One", "output": "1"}))
    cancel_job(author, job_id=found.job_id)
    assert state_of(get_import(author, skill.id, found.id)) == State.READY

    read_again(author, skill_id=skill.id, import_id=found.id, how=Reading("jsonl", {}))
    run_job()

    assert verdicts_of(found) == ["new"]


def test_a_read_is_discarded_while_it_goes_on(author, skill):
    class File(io.BytesIO):
        """A file that is discarded by somebody once some of it was read."""

        def read(self, size=-1):
            found = reading().scalars(select(Import)).first()
            if found is not None and found.rows and found.state == State.READING:
                discard_import(author, skill_id=skill.id, import_id=found.id)
            return super().read(min(size, 10_000))

    data = lines(*({"input": f"{number} " + LONG, "output": "Yes"} for number in range(5_000))).encode()
    with pytest.raises(Conflict, match="discarded while it was read"):
        stage_import(author, skill_id=skill.id, file=File(data), file_name="a file")

    assert reading().scalars(select(ImportRow)).first() is None
    assert checked(author, skill, lines({"input": "One", "output": "1"})).rows == 1


def test_a_read_that_died_keeps_nobody_from_importing(author, skill):
    found = checked(author, skill, lines({"input": "One", "output": "1"}))
    with writing():
        left = get_import(author, skill.id, found.id)
        left.state, left.read_at = State.READING.value, left.read_at - timedelta(minutes=3)

    again = checked(author, skill, lines({"input": "Two", "output": "2"}))

    assert again.state == State.READY
    assert {row.import_id for row in reading().scalars(select(ImportRow))} == {again.id}


def test_what_is_for_evaluation_only_stays_so_whichever_way_it_comes(author, skill):
    found = checked(author, skill, "question,answer,eval_only\nOne,1,yes\nTwo,2,\nTwo,2,yes\n,4,yes\n")
    mend_row(
        author,
        skill_id=skill.id,
        import_id=found.id,
        number=4,
        texts={"input": "Four", "output": "4", "evaluation_only": "yes"},
    )

    assert added(author, skill, found) == 3

    examples = reading().scalars(select(TrainingExample)).all()
    assert {one.example_input: one.evaluation_only for one in examples} == {"One": True, "Two": False, "Four": True}
    header, wrong = table_of_wrong_rows(found)
    assert dict(zip(header, wrong, strict=True))["evaluation_only"] == "yes"
