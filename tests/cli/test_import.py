"""`goldset import`: a file's examples from the terminal, and what is said of those that cannot be added."""

import csv
import gzip
import io
import json
import signal
import zipfile

import pytest
from sqlalchemy import select, update

from app.cli import cli
from app.domain.errors import Invalid, NotAllowed, NotFound
from app.domain.imports import FIELDS, State
from app.jobs.worker import run_job
from app.models import Import, TrainingExample
from app.services import imports as service
from app.services.imports import begin_adding, stage_import
from app.services.transactions import reading, writing
from tests.support.factories import make_example
from tests.support.tables import dump
from tests.support.threads import look_anew
from tests.support.versions import frozen

pytestmark = pytest.mark.slow

SECRET = "ghp_" + "a1B2" * 9
LONG = (
    "The pump in hall 4 stands still since the day before yesterday and nobody knows the reason, says the shift. " * 2
)
GOOD = 'input,output,score\nOne,1,7\n"Two\nlines",2,\n'


@pytest.fixture
def run(app):
    def invoke(*words, **how):
        look_anew()
        result = app.test_cli_runner().invoke(cli, [str(word) for word in words], **how)
        look_anew()
        return result

    return invoke


@pytest.fixture
def bring(run, author, skill, tmp_path):
    """Return a function that imports this text, as the skill's author."""

    def invoke(text, *words, name="rows.csv", **how):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("import", "a-skill", file, "--author", author.email, *words, **how)

    return invoke


def examples():
    found = reading().scalars(select(TrainingExample).order_by(TrainingExample.id))
    return [(one.example_input, one.example_output, one.quality_score) for one in found]


def nothing_is_left():
    """Return whether no import waits, and nothing of its rows is kept."""
    rows = dump()
    return rows["import_rows"] == rows["import_bands"] == [] and "ready" not in str(rows["imports"])


def test_a_file_is_imported_and_counted(bring):
    result = bring(GOOD)

    assert result.exit_code == 0, result.output
    assert "new: 2\n" in result.stdout
    assert examples() == [("One", "1", 7), ("Two\nlines", "2", None)]
    assert nothing_is_left()


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(GOOD.encode(), mtime=0),
        GOOD.encode("utf-16"),
        json.dumps([{"question": "One", "answer": "1", "rating": 7}, {"question": "Two\nlines", "answer": "2"}]),
    ],
    ids=["gzip", "utf-16", "json"],
)
def test_what_a_file_is_is_seen_in_it_and_not_in_its_name(bring, data):
    assert bring(data, name="rows").exit_code == 0
    assert examples() == [("One", "1", 7), ("Two\nlines", "2", None)]


def test_standard_input_is_a_file_too(run, author, skill):
    result = run("import", "a-skill", "-", "--author", author.email, input=GOOD)

    assert result.exit_code == 0, result.output
    assert len(examples()) == 2


def test_a_dry_run_says_the_same_and_adds_nothing(bring):
    dry = bring(GOOD, "--dry-run")

    assert (dry.exit_code, examples()) == (0, [])
    assert nothing_is_left()
    assert bring(GOOD).stdout == dry.stdout


def test_the_same_file_again_adds_nothing_and_ends_well(bring):
    bring(GOOD)

    result = bring(GOOD)

    assert result.exit_code == 0
    assert result.stdout == "duplicate: 2\n"
    assert len(examples()) == 2


def left(author, skill, text, *, until):
    """Import a text as a command does that is killed once its import is in this state."""
    made = stage_import(author, skill_id=skill.id, file=io.BytesIO(text.encode()), file_name="left.csv")
    if until is State.READING:
        with writing() as session:
            session.execute(update(Import).values(state=State.READING.value, job_id=None))
    if until in (State.READY, State.ADDING):
        run_job()
    if until is State.ADDING:
        begin_adding(author, skill_id=skill.id, import_id=made.id)


@pytest.mark.parametrize("until", [State.CHECKING, State.READY, State.ADDING])
def test_an_import_that_was_killed_is_gone_on_with(run, bring, author, skill, until):
    left(author, skill, GOOD, until=until)
    refused = bring("input,output\nOther,3\n")
    assert (refused.exit_code, examples()) == (1, [])
    assert "--resume" in refused.stderr

    result = run("import", "a-skill", "--resume", "--author", author.email)

    assert result.exit_code == 0, result.output
    assert examples() == [("One", "1", 7), ("Two\nlines", "2", None)]
    assert nothing_is_left()


@pytest.mark.parametrize("until", [State.READING, State.CHECKING, State.READY, State.ADDING])
def test_an_import_that_was_killed_is_discarded(run, author, skill, until):
    left(author, skill, GOOD, until=until)

    result = run("import", "a-skill", "--discard", "--author", author.email)

    assert result.exit_code == 0, result.output
    assert nothing_is_left()
    run_job()
    assert examples() == []
    assert run("import", "a-skill", "--discard", "--author", author.email).exit_code == 1


def test_a_file_that_was_not_read_whole_is_not_gone_on_with(run, author, skill):
    left(author, skill, GOOD, until=State.READING)

    result = run("import", "a-skill", "--resume", "--author", author.email)

    assert result.exit_code == 1
    assert "not read whole" in result.stderr


@pytest.mark.parametrize("words", [(), ("--resume", "--discard"), ("rows.csv", "--resume")])
def test_it_is_one_of_a_file_resuming_and_discarding(run, author, skill, words, tmp_path):
    (tmp_path / "rows.csv").write_text(GOOD)
    words = [str(tmp_path / word) if word.endswith(".csv") else word for word in words]

    assert run("import", "a-skill", *words, "--author", author.email).exit_code == 2


def test_what_cannot_be_added_is_named_by_its_line_and_the_status_is_1(bring):
    result = bring(GOOD + ",3,\nFour,4,eleven\nFive,5\n")

    assert result.exit_code == 1
    assert "refused: 3\n" in result.stdout
    assert result.stderr.count("  line ") == 3
    for words in (
        "line 5: Write the input: it is empty.",
        "line 6: Give a score from 1 to 10",
        "line 7: The first line names 3 columns",
    ):
        assert words in result.stderr
    assert len(examples()) == 2
    assert nothing_is_left()


def test_what_is_not_new_is_written_to_a_file_that_can_be_brought_back(bring, tmp_path):
    wrong = tmp_path / "wrong.csv"
    text = 'a\rb, "c"\nd'
    rows = [{"input": "", "output": text}, {"input": "One", "output": "1"}, {"input": "", "output": "c\rd"}]

    result = bring(GOOD.replace("score", "quality_score"))
    result = bring("".join(json.dumps(row) + "\n" for row in rows), "--errors", wrong)

    assert result.exit_code == 1
    assert f"The rows that are not new are in {wrong}." in result.stderr
    with wrong.open(encoding="utf-8", newline="") as file:
        header, first, second, alone = csv.reader(file, strict=True)
    assert header == [*FIELDS, "line", "error"]
    assert (first[1], *first[-2:]) == (text, "1", "Write the input: it is empty.")
    assert second[-1].startswith("The skill has this example already")
    assert alone[1] == "c\rd"
    first[0] = "Mended"
    mended = io.StringIO()
    csv.writer(mended, quoting=csv.QUOTE_ALL).writerows([header, first, second])
    assert bring(mended.getvalue()).exit_code == 0
    assert examples()[-1] == ("Mended", text, None)


def test_near_duplicates_are_added_where_it_is_said(bring):
    text = "".join(json.dumps({"input": more + LONG, "output": "Go."}) + "\n" for more in ("", "So: "))

    assert bring(text).stdout == "new: 1\nnear duplicate: 1\n"
    assert len(examples()) == 1
    bring(text, "--near-duplicates")
    assert len(examples()) == 2


# ---- how it is read ----


def test_columns_that_nobody_knows_are_named(bring):
    result = bring("frage,antwort\nA,B\n")

    assert result.exit_code == 2
    assert "--map" in result.stderr
    assert "The file has: frage, antwort." in result.stderr
    assert nothing_is_left()


def test_columns_are_mapped(bring):
    text = "frage,antwort,note\nA,B,3\n"

    result = bring(text, "--map", "input=frage", "--map", "output=antwort", "--map", "quality_score=note")

    assert result.exit_code == 0, result.output
    assert examples() == [("A", "B", 3)]


def test_a_format_is_named(bring):
    row = {"instruction": "Do it", "input": "this", "output": "Done"}

    assert bring(json.dumps(row) + "\n" + json.dumps({**row, "input": ""}), "--format", "alpaca").exit_code == 0

    assert [given for given, _, _ in examples()] == ["Do it\n\nthis", "Do it"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--map", "question=frage"),
            "There is no field 'question': map input, output, expected_output, quality_score, evaluation_only, "
            "tags, metadata, turns.",
        ),
        (("--format", "docx"), "'docx' is not one of"),
    ],
)
def test_what_is_not_known_is_said_before_anything_is_read(bring, words, said):
    result = bring(GOOD, *words)

    assert (result.exit_code, said in result.stderr) == (2, True)
    assert dump()["imports"] == []


@pytest.mark.parametrize("words", [("--map", "input=weg", "--map", "output=output"), ("--map", "input=input")])
def test_a_column_that_is_not_there_is_refused(bring, words):
    result = bring(GOOD, *words)

    assert isinstance(result.exception, Invalid)
    assert dump()["imports"] == []


# ---- what cannot be ----


@pytest.mark.parametrize("text", ["", "just words\n", b"\xff\xfa\xfb", "[1"])
def test_a_file_that_cannot_be_read_is_refused(bring, text):
    assert isinstance(bring(text).exception, Invalid)
    assert dump()["imports"] == []


def test_a_file_that_is_not_there_is_said(run, author, skill, tmp_path):
    result = run("import", "a-skill", tmp_path / "none.csv", "--author", author.email)

    assert (result.exit_code, "does not exist" in result.stderr) == (2, True)


def test_a_skill_or_an_author_that_is_not_there_is_named(run, author, viewer, skill, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text(GOOD)

    assert isinstance(run("import", "none", file, "--author", author.email).exception, NotFound)
    assert isinstance(run("import", "a-skill", file, "--author", "nobody@example.com").exception, NotFound)
    assert isinstance(run("import", "a-skill", file, "--author", viewer.email).exception, NotAllowed)
    assert dump()["imports"] == []


def test_secrets_are_taken_out_and_counted(bring):
    result = bring(f"input,output\nUse {SECRET},{SECRET}\n")

    assert "secrets taken out of 1 rows" in result.stdout
    assert SECRET not in result.output
    assert SECRET not in str(dump())


# ---- exporting what was imported ----


def test_a_version_is_exported_as_a_folder(run, author, skill, tmp_path):
    for number in range(12):
        make_example(skill, f"Question {number}", f"Answer {number}")
    frozen(author, skill)
    file = tmp_path / "a-skill.zip"

    result = run("export", "a-skill", "--version", 1, "--format", "folder", "--output", file)

    assert result.exit_code == 0, result.output
    assert f"The folder is in {file}." in result.stderr
    with zipfile.ZipFile(file) as folder:
        assert folder.testzip() is None
        manifest = json.loads(folder.read("manifest.json"))
        assert {one["path"] for one in manifest["files"]} == set(folder.namelist()) - {"manifest.json"}
    assert (manifest["skill"], manifest["version"]) == ("a-skill", 1)
    assert sum(one.get("rows", 0) for one in manifest["files"]) == 12
    assert [one.name for one in tmp_path.iterdir()] == ["a-skill.zip"]


def test_a_folder_needs_a_version_and_a_place(run, author, skill, tmp_path):
    make_example(skill, "Question")
    frozen(author, skill)

    nowhere = run("export", "a-skill", "--version", 1, "--format", "folder")
    unfrozen = run("export", "a-skill", "--format", "folder", "--output", tmp_path / "a.zip")

    assert (nowhere.exit_code, "--output" in nowhere.stderr) == (2, True)
    assert isinstance(unfrozen.exception, Invalid)


def test_parquet_is_exported_and_comes_in_again(run, author, skill, tmp_path):
    pytest.importorskip("pyarrow")
    from pyarrow.parquet import read_table

    make_example(skill, "One", "1", quality_score=7)
    make_example(skill, "Two\nlines", "2")
    file = tmp_path / "rows.parquet"

    result = run("export", "a-skill", "--format", "parquet", "--output", file)

    assert result.exit_code == 0, result.output
    columns = read_table(file).to_pydict()
    assert (sorted(columns["input"]), sorted(columns["output"])) == (["One", "Two\nlines"], ["1", "2"])
    again = run("import", "a-skill", file, "--author", author.email)
    assert (again.exit_code, again.stdout) == (0, "duplicate: 2\n")


def test_ctrl_c_in_the_last_moment_of_reading_is_not_lost_and_leaves_nothing(run, author, skill, tmp_path, monkeypatch):
    def stage_and_press(*words, **how):
        made = stage_import(*words, **how)
        signal.raise_signal(signal.SIGINT)
        return made

    monkeypatch.setattr(service, "stage_import", stage_and_press)
    (tmp_path / "rows.csv").write_text(GOOD)

    result = run("import", "a-skill", tmp_path / "rows.csv", "--author", author.email)

    assert result.exit_code == 1
    assert reading().scalars(select(Import.state)).all() == [State.DISCARDED.value]
    assert reading().scalars(select(TrainingExample)).all() == []
