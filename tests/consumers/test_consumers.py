"""What reads our files really reads them: Hugging Face datasets, DuckDB, inspect-ai, DeepEval and promptfoo, each in a
process of its own, offline. The last three are in environments of their own, where they can be installed (`make test`).

The rows and the texts that arrive there are compared with those that were exported.
"""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.domain.example_details import Details, Turn
from app.domain.formats import FORMATS, Record
from app.domain.reviews import Verb
from app.domain.splits import Plan
from app.services.dataset_folders import stream_folder
from app.services.dataset_rows import Selection, read_records
from app.services.exports import export
from app.services.reviews import decide
from tests.support.factories import capture, make_example
from tests.support.versions import frozen

# Both databases make the same bytes, which other tests compare: what reads them need not do so twice.
pytestmark = [pytest.mark.slow, pytest.mark.parametrize("migrated_app", ["sqlite"], indirect=True)]

TEXT = 'Grüße, "Zitat",\r\nzweite Zeile\t{{Vorlage}} 🙂 \\n\n'


@pytest.fixture
def conversation(skill):
    """An example with all that one may have beside its texts."""
    turns = (Turn("system", "Be short."), Turn("user", TEXT), Turn("assistant", "Yes"))
    return make_example(skill, "And then?", "This", details=Details(("a tag",), {"lang": "de"}, turns))


@pytest.fixture
def version(author, viewer, skill):
    for number in range(12):
        make_example(skill, f"{TEXT}{number}", f"Answer {number} {TEXT}", quality_score=None if number % 3 else 7)
    corrected = capture(skill, viewer, "Asked", "Answered badly")
    decide(author, example_id=corrected.id, revision=1, verb=Verb.CORRECT, expected_output="Answered well")
    return frozen(author, skill, plan=Plan(validation_percent=30, test_percent=30))


OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "DEEPEVAL_TELEMETRY_OPT_OUT": "YES"}
CONSUMERS = Path(sys.prefix) / "consumers" / "bin" / "python"
with_consumers = pytest.mark.skipif(
    not (Path(sys.prefix) / ".consumers-installed").exists(), reason="inspect-ai and DeepEval are not installed"
)


PROMPTFOO = Path(sys.prefix) / "promptfoo" / "node_modules" / "promptfoo" / "dist" / "src" / "entrypoint.js"
with_promptfoo = pytest.mark.skipif(
    not (Path(sys.prefix) / ".promptfoo-installed").exists(), reason="promptfoo is not installed"
)


def run(script: str, folder: Path, *words: str, python: str | Path = sys.executable):
    """Run a script in a process of its own, and return the JSON that it prints last."""
    environment = {**os.environ, **OFFLINE, "HF_HOME": str(folder / "home"), "HOME": str(folder)}
    command = (python, "-c", script, *words)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def written(folder: Path, wanted: Selection, name: str) -> Path:
    path = folder / f"rows.{FORMATS[name].layout.extension}"
    path.write_bytes(b"".join(export(wanted, FORMATS[name])))
    return path


LOAD_FILES = """
import json, sys
from datasets import load_dataset
found = {}
for name, kind, path in (pair.split("=") for pair in sys.argv[1:]):
    rows = load_dataset(kind, data_files=path, split="train")
    found[name] = [dict(row) for row in rows]
print(json.dumps(found))
"""


def test_datasets_loads_every_file_of_lines_and_tables(skill, version, tmp_path):
    wanted = Selection(skill, version)
    names = [name for name, one in FORMATS.items() if one.layout.extension in ("jsonl", "csv", "parquet")]
    files = []
    for name in names:
        (tmp_path / name).mkdir()
        kind = {"jsonl": "json"}.get(FORMATS[name].layout.extension, FORMATS[name].layout.extension)
        files.append(f"{name}={kind}={written(tmp_path / name, wanted, name)}")

    loaded = run(LOAD_FILES, tmp_path, *files)

    for name in names:
        chosen = FORMATS[name]
        values = [chosen.value(record, skill.slug) for record in read_records(wanted)]
        expected = [value for value in values if value is not None]
        if name == "trl-unpaired":
            assert len(loaded[name]) == len(expected) + sum("rejected" in value for value in expected)
            continue
        assert len(loaded[name]) == len(expected), name
        rows = [chosen.read_value(_without_gaps({**row, "quality_score": None})) for row in loaded[name]]
        assert [row.input for row in rows] == [chosen.read_value(value).input for value in expected], name
        assert [row.gold for row in rows] == [chosen.read_value(value).gold for value in expected], name


def _without_gaps(row):
    """A column that only some rows have is None in the others there, and a number with gaps is 7.0."""
    if isinstance(row, dict):
        return {name: _without_gaps(value) for name, value in row.items() if value is not None}
    return [_without_gaps(value) for value in row] if isinstance(row, list) else row


LOAD_FOLDER = """
import json, sys
from datasets import load_dataset
splits = load_dataset(sys.argv[1])
print(json.dumps({name: [dict(row) for row in rows] for name, rows in splits.items()}))
"""


def test_datasets_loads_the_folder_with_its_splits(skill, version, tmp_path):
    file = io.BytesIO(b"".join(stream_folder(Selection(skill, version))))
    with zipfile.ZipFile(file) as folder:
        folder.extractall(tmp_path / "folder")

    loaded = run(LOAD_FOLDER, tmp_path, str(tmp_path / "folder"))

    rows = [(row["input"], row["output"], row["expected_output"]) for part in loaded.values() for row in part]
    stored = [record.row for record in read_records(Selection(skill, version))]
    assert sorted(map(str, rows)) == sorted(str((row.input, row.output, row.expected_output)) for row in stored)
    assert {name: len(part) for name, part in loaded.items()} == {
        name: count for name, count in version.split_report["rows"].items() if count
    }


QUERY = """
import json, sys
import duckdb
found = {}
for name, call in (pair.split("=", 1) for pair in sys.argv[1:]):
    found[name] = duckdb.sql(f"SELECT input, output, expected_output, quality_score FROM {call}").fetchall()
print(json.dumps(found))
"""


def test_duckdb_queries_our_own_files(skill, version, tmp_path):
    wanted = Selection(skill, version)
    paths = {name: written(tmp_path, wanted, name) for name in ("jsonl", "csv", "parquet")}

    found = run(
        QUERY,
        tmp_path,
        f"jsonl=read_json('{paths['jsonl']}')",
        f"parquet='{paths['parquet']}'",
        f"csv=read_csv('{paths['csv']}', all_varchar = true)",
    )

    stored = [record.row for record in read_records(wanted)]
    rows = [[row.input, row.output, row.expected_output, row.quality_score] for row in stored]
    as_cells = [[row[0], row[1], row[2], None if row[3] is None else str(row[3])] for row in rows]
    assert found["jsonl"] == rows
    assert found["parquet"] == rows
    assert [[cell or None for cell in row] for row in found["csv"]] == as_cells


INSPECT = """
import json, sys
from inspect_ai.dataset import json_dataset
samples = json_dataset(sys.argv[1])
said = lambda one: one if isinstance(one, str) else [[message.role, message.content] for message in one]
print(json.dumps([[said(sample.input), sample.target, sample.metadata] for sample in samples]))
"""


@with_consumers
def test_inspect_ai_reads_samples_and_conversations(skill, conversation, version, tmp_path):
    path = written(tmp_path, Selection(skill, version), "inspect-ai")

    loaded = run(INSPECT, tmp_path, str(path), python=CONSUMERS)

    records = list(read_records(Selection(skill, version)))
    assert [[given, target, metadata["hash"]] for given, target, metadata in loaded] == [
        [
            [[turn.role, turn.content] for turn in (*row.turns, Turn("user", row.input))] if row.turns else row.input,
            row.gold,
            row_hash,
        ]
        for row, row_hash in records
    ]
    [metadata] = [metadata for given, _, metadata in loaded if isinstance(given, list)]
    assert metadata | {"tags": ["a tag"], "lang": "de"} == metadata


DEEPEVAL = """
import json, sys
from deepeval.dataset import EvaluationDataset
dataset = EvaluationDataset()
dataset.add_goldens_from_json_file(sys.argv[1])
goldens = dataset.goldens
print(json.dumps([[one.input, one.actual_output, one.expected_output, one.additional_metadata] for one in goldens]))
"""


@with_consumers
def test_deepeval_reads_goldens(skill, conversation, version, tmp_path):
    path = written(tmp_path, Selection(skill, version), "deepeval")

    loaded = run(DEEPEVAL, tmp_path, str(path), python=CONSUMERS)

    assert [[given, actual, expected, metadata["hash"]] for given, actual, expected, metadata in loaded] == [
        [row.input, row.output if row.is_pair else None, row.gold, row_hash]
        for row, row_hash in read_records(Selection(skill, version))
    ]


@with_promptfoo
def test_promptfoo_runs_every_row_as_a_test_case(author, viewer, skill, tmp_path):
    """Its own provider answers with the prompt, so a row whose gold answer is its input passes, and no other does."""
    text = TEXT.replace("{{", "{").replace("}}", "}")
    make_example(skill, text, f"Answer {text}", quality_score=7)
    make_example(skill, "Grüße, 🙂", "Grüße, 🙂")
    make_example(skill, "Asked", "Answered", details=Details(("a tag",), {"lang": "de"}))
    corrected = capture(skill, viewer, "contains: this", "Answered badly")
    decide(author, example_id=corrected.id, revision=1, verb=Verb.CORRECT, expected_output="contains: that")
    wanted = Selection(skill, frozen(author, skill))
    config = {
        "prompts": ["{{input}}"],
        "providers": ["echo"],
        "tests": f"file://{written(tmp_path, wanted, 'promptfoo')}",
    }
    (tmp_path / "promptfooconfig.json").write_text(json.dumps(config))
    quiet = ("TELEMETRY", "UPDATE", "REMOTE_GENERATION", "SHARING")
    environment = {**os.environ, **{f"PROMPTFOO_DISABLE_{name}": "1" for name in quiet}, "HOME": str(tmp_path)}

    words = ("eval", "-c", "promptfooconfig.json", "--no-cache", "--no-write", "--no-table", "-o", "results.json")
    done = subprocess.run(
        ("node", PROMPTFOO, *words), cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )

    found = json.loads((tmp_path / "results.json").read_text())["results"]["results"]
    rows = {record.hash[:12]: record.row for record in read_records(wanted)}
    assert {one["testCase"]["description"]: one["vars"] for one in found} == {
        name: {"input": row.input, "expected": row.gold} for name, row in rows.items()
    }, done.stderr
    assert {one["testCase"]["description"] for one in found if one["success"]} == {
        name for name, row in rows.items() if row.input == row.gold
    }
    assert len(found) == 4


def test_trainers_get_the_columns_that_they_ask_for(skill, version):
    """The names and types of TRL's dataset formats (huggingface.co/docs/trl/dataset_formats)."""
    records = list(read_records(Selection(skill, version)))

    def values(name):
        return [value for record in records if (value := FORMATS[name].value(Record(*record), skill.slug)) is not None]

    assert all(set(one) == {"prompt", "completion"} for one in values("trl-sft"))
    assert all(turn.keys() == {"role", "content"} for one in values("trl-sft") for turn in one["prompt"])
    assert [set(one) for one in values("trl-preference")] == [{"prompt", "chosen", "rejected"}]
    lines = b"".join(export(Selection(skill, version), FORMATS["trl-unpaired"])).decode().splitlines()
    assert {json.loads(line)["label"] for line in lines} == {True, False}
