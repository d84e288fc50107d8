"""`goldset purge`: what somebody took back goes out of files that were exported before, and nothing else changes."""

import hashlib
import json
import os
import shutil

import pytest

from app.cli import cli
from app.domain.formats import FORMATS
from app.domain.reviews import Verb
from app.services.contributions import take_back
from app.services.reviews import decide
from app.services.training_examples import create_training_example
from tests.support.factories import capture
from tests.support.threads import look_anew
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow

WORDS = "the canary sings"


@pytest.fixture
def run(app):
    def invoke(*words):
        look_anew()
        return app.test_cli_runner().invoke(cli, [str(word) for word in words])

    return invoke


@pytest.fixture
def captured(author, viewer, skill):
    """A version of pairs, which every format holds, one of them of the viewer's usage; return that one's number."""
    for number in range(3):
        create_training_example(
            skill_id=skill.id,
            user_id=author.id,
            example_input=f'Question "{number}",\nwith marks',
            example_output=f"Answer {number}\r\n",
            expected_output=f"Bëtter {number}",
            quality_score=number + 1,
        )
    example = approve(author, capture(skill, viewer, f"Asked: {WORDS}", f"Answered: {WORDS}"))
    decide(author, example_id=example.id, revision=2, verb=Verb.CORRECT, expected_output=f"Better: {WORDS}")
    frozen(author, skill)
    return example.id


@pytest.fixture
def export(run, tmp_path):
    """Return a function that exports version 1 into a file of this name, with its manifest beside it."""

    def write(file_name, name, *more):
        file = tmp_path / file_name
        result = run("export", "a-skill", "--format", name, *(more or ("--version", "1")), "--output", file)
        assert result.exit_code == 0, result.output
        return file

    return write


@pytest.fixture
def erasures(run, tmp_path, viewer, captured):
    """Return a function that lets the viewer take their usage back, and writes the erasure manifest."""

    def write():
        take_back(viewer, example_id=captured)
        file = tmp_path / "erasures.json"
        file.write_text(run("erasures", "a-skill").stdout)
        return file

    return write


def beside(file):
    return file.with_name(f"{file.name}.manifest.json")


def text_of(file, name):
    """Everything that the file says, whether it is text or not."""
    with file.open("rb") as opened:
        return str(list(FORMATS[name].split(opened)))


def manifest_beside(file):
    return json.loads(beside(file).read_text())


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_taken_back_goes_and_the_rest_is_as_exported_now(run, export, erasures, tmp_path, name):
    file = export(f"rows.{FORMATS[name].layout.extension}", name)
    before = manifest_beside(file)
    assert WORDS in text_of(file, name)

    result = run("purge", file, "--manifest", erasures())

    assert result.exit_code == 0, result.output
    assert result.output == f"{file}: 1 rows taken out, 3 left.\n"
    now = export(f"now.{FORMATS[name].layout.extension}", name)
    assert file.read_bytes() == now.read_bytes()
    assert WORDS not in text_of(file, name)
    after = manifest_beside(file)
    assert after["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (after["rows"], after["purged"]) == (3, 1)
    kept = before.keys() - {"sha256", "rows", "rows_hash", "version_hash", "captured_rows"}
    assert {key: after[key] for key in kept} == {key: before[key] for key in kept}
    assert {"rows_hash", "version_hash"} & after.keys() == set()
    assert before["captured_rows"] == 1
    assert after.get("captured_rows", "not told") == (0 if name in ("jsonl", "csv", "parquet") else "not told")
    assert not list(tmp_path.glob(".*")), "no draft is left behind"


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_without_a_manifest_beside_it_is_purged_too(run, export, erasures, name):
    file = export(f"rows.{FORMATS[name].layout.extension}", name)
    beside(file).unlink()

    result = run("purge", file, "--manifest", erasures())

    assert result.exit_code == 0, result.output
    assert WORDS not in text_of(file, name)
    assert file.read_bytes() == export(f"now.{FORMATS[name].layout.extension}", name).read_bytes()
    assert not beside(file).exists()


def test_a_file_that_ends_otherwise_is_purged_where_its_format_is_said(run, export, erasures):
    file = export("rows.txt", "trl-preference")
    beside(file).unlink()
    manifest = erasures()

    unknown = run("purge", file, "--manifest", manifest)
    assert (unknown.exit_code, WORDS in file.read_text()) == (1, True)
    assert "say which it is with --format" in unknown.output
    known = run("purge", file, "--manifest", manifest, "--format", "trl-preference")

    assert known.exit_code == 0, known.output
    assert WORDS not in file.read_text()


def test_what_was_exported_without_a_version_is_purged_too(run, export, erasures):
    file = export("rows.csv", "csv", "--query", "canary")
    assert WORDS in file.read_text()

    run("purge", file, "--manifest", erasures())

    assert WORDS not in file.read_text()
    assert file.read_bytes() == export("now.csv", "csv", "--query", "canary").read_bytes()


def test_a_file_with_nothing_to_take_out_is_not_touched(run, export, erasures):
    manifest = erasures()
    file = export("rows.jsonl", "jsonl")
    for one in (file, beside(file)):
        os.utime(one, (1_000_000_000, 1_000_000_000))
    before = [(one.read_bytes(), one.stat()) for one in (file, beside(file))]

    result = run("purge", file, "--manifest", manifest)

    assert result.output == f"{file}: 0 rows taken out, 3 left.\n"
    assert [(one.read_bytes(), one.stat()) for one in (file, beside(file))] == before


def test_a_second_time_there_is_nothing_left_to_do(run, export, erasures):
    file, manifest = export("rows.json", "alpaca"), erasures()
    run("purge", file, "--manifest", manifest)
    before = file.read_bytes(), manifest_beside(file)

    result = run("purge", file, "--manifest", manifest)

    assert (result.exit_code, result.output) == (0, f"{file}: 0 rows taken out, 3 left.\n")
    assert (file.read_bytes(), manifest_beside(file)) == before


@pytest.mark.parametrize(
    ("broken_name", "content"),
    [
        ("broken.jsonl", b"{not json\n"),
        ("broken.json", b"[1, 2"),
        ("broken.csv", b"a,b\n1,2\n"),
        ("bytes.jsonl", b"\xff\xfe\x00"),
        ("rows.floppy", b"whatever"),
    ],
)
def test_a_broken_file_is_named_and_the_others_are_done(run, export, erasures, tmp_path, broken_name, content):
    first, last = export("first.jsonl", "jsonl"), export("last.csv", "csv")
    broken = tmp_path / broken_name
    broken.write_bytes(content)

    result = run("purge", first, broken, last, "--manifest", erasures())

    assert result.exit_code == 1
    assert f"{broken}: " in result.stderr
    assert result.stdout == f"{first}: 1 rows taken out, 3 left.\n{last}: 1 rows taken out, 3 left.\n"
    assert broken.read_bytes() == content
    assert WORDS not in first.read_text() + last.read_text()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    "content", ["{}", "[]", '{"goldset_erasure_manifest": 2, "skill": "a", "rows": []}', "no json"]
)
def test_without_an_erasure_manifest_nothing_is_done(run, export, tmp_path, captured, content):
    file = export("rows.jsonl", "jsonl")
    before = file.read_bytes()
    manifest = tmp_path / "other.json"
    manifest.write_text(content)

    result = run("purge", file, "--manifest", manifest)

    assert result.exit_code == 1
    assert file.read_bytes() == before


def test_a_file_that_is_not_there_is_named(run, erasures, tmp_path):
    result = run("purge", tmp_path / "none.jsonl", "--manifest", erasures())

    assert result.exit_code == 2
    assert "none.jsonl" in result.output


def test_every_split_is_purged_by_the_same_manifest(run, export, erasures, tmp_path):
    files = [export(f"{split}.jsonl", "jsonl", "--version", "1", "--split", split) for split in ("train", "test")]
    assert WORDS in "".join(file.read_text() for file in files)

    result = run("purge", *files, "--manifest", erasures())

    assert result.exit_code == 0
    assert WORDS not in "".join(file.read_text() for file in files)


def test_what_a_link_leads_to_is_purged_and_its_mode_stays(run, export, erasures, tmp_path):
    file = export("real.jsonl", "jsonl")
    file.chmod(0o600)
    link = tmp_path / "train.jsonl"
    link.symlink_to(file)

    assert run("purge", link, "--manifest", erasures()).exit_code == 0

    assert link.is_symlink()
    assert WORDS not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert manifest_beside(file)["rows"] == 3


def test_the_manifest_of_another_skill_takes_nothing_out(run, export, erasures):
    file, manifest = export("rows.jsonl", "jsonl"), erasures()
    beside(file).write_text(json.dumps(manifest_beside(file) | {"skill": "another-skill"}))

    result = run("purge", file, "--manifest", manifest)

    assert result.exit_code == 1
    assert "training data of another-skill, and the erasure manifest is of a-skill" in result.stderr
    assert WORDS in file.read_text()


def test_a_cell_of_any_size_is_purged(run, export, erasures, author, skill):
    create_training_example(
        skill_id=skill.id, user_id=author.id, example_input="Long", example_output="An answer. " * 9_000
    )
    frozen(author, skill)
    file = export("rows.csv", "csv", "--version", "2")
    file.write_bytes(file.read_bytes().replace(b"An answer. ", b"An answer, much longer. "))

    result = run("purge", file, "--manifest", erasures())

    assert (result.exit_code, result.stdout) == (0, f"{file}: 1 rows taken out, 4 left.\n"), result.output


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_dataset_folder_is_purged_with_its_manifest_and_card(run, export, erasures, tmp_path, is_packed):
    packed = export("folder.zip", "folder")
    manifest = erasures()
    folder = tmp_path / "unpacked"
    if not is_packed:
        shutil.unpack_archive(packed, folder)

    result = run("purge", packed if is_packed else folder, "--manifest", manifest)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(": 1 rows taken out, 3 left.\n")
    if is_packed:
        shutil.unpack_archive(packed, folder)
    about = json.loads((folder / "manifest.json").read_text())
    for one in about["files"]:
        assert one["sha256"] == hashlib.sha256((folder / one["path"]).read_bytes()).hexdigest()
    splits = {one["split"]: one for one in about["files"] if "split" in one}
    assert sum(one["rows"] for one in splits.values()) == 3
    assert sum(one["captured_rows"] for one in splits.values()) == 0
    assert "version_hash" not in about
    card = (folder / "README.md").read_text()
    assert all(f"| {split} | {one['rows']} |" in card for split, one in splits.items() if f"| {split} |" in card)
    assert "Its rows are known by" not in card
    assert all(WORDS not in text_of(folder / one["path"], one["format"]) for one in splits.values())
    assert not list(tmp_path.glob(".*"))
    again = run("purge", packed if is_packed else folder, "--manifest", manifest)
    assert again.stdout.endswith(": 0 rows taken out, 3 left.\n")


def test_a_folder_that_is_none_is_named(run, erasures, tmp_path):
    (tmp_path / "empty").mkdir()

    result = run("purge", tmp_path / "empty", "--manifest", erasures())

    assert result.exit_code == 1
    assert "This folder has no manifest.json of a dataset." in result.stderr
