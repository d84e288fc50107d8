"""A version as a folder: what reads such folders reads it, and the same version makes the same bytes."""

import hashlib
import io
import json
import zipfile

import pytest
import yaml

from app.domain.datasets import hash_of_rows
from app.domain.errors import Invalid
from app.domain.formats import FORMATS
from app.domain.splits import Plan
from app.services import dataset_rows, exports
from app.services.dataset_folders import stream_folder
from app.services.dataset_rows import Selection
from tests.support.factories import make_example
from tests.support.versions import frozen

pytestmark = pytest.mark.slow


def folder_of(skill, version):
    return b"".join(stream_folder(Selection(skill, version)))


@pytest.fixture
def version(author, skill):
    for number in range(20):
        make_example(skill, f"Question {number}", f"Answer {number}", quality_score=None if number % 2 else 5)
    return frozen(author, skill, plan=Plan(validation_percent=30, test_percent=30))


def test_every_split_is_a_file_and_together_they_are_the_version(skill, version):
    with zipfile.ZipFile(io.BytesIO(folder_of(skill, version))) as folder:
        manifest = json.loads(folder.read("manifest.json"))
        hashes = []
        for file in manifest["files"]:
            data = folder.read(file["path"])
            assert hashlib.sha256(data).hexdigest() == file["sha256"]
            if file["path"].startswith("data/"):
                rows = list(FORMATS["parquet"].read(io.BytesIO(data)))
                assert len(rows) == file["rows"]
                hashes += [row.hash for row in rows]

    assert hash_of_rows(hashes) == version.content_hash == manifest["version_hash"]


def test_the_card_names_the_file_of_every_split(skill, version):
    with zipfile.ZipFile(io.BytesIO(folder_of(skill, version))) as folder:
        card = folder.read("README.md").decode()
        head = yaml.safe_load(card.split("---\n")[1])
        names = set(folder.namelist())

    [config] = head["configs"]
    assert {one["split"] for one in config["data_files"]} == {"train", "validation", "test"}
    assert {one["path"] for one in config["data_files"]} <= names
    assert head["size_categories"] == ["n<1K"]
    assert version.content_hash in card


def test_the_same_version_makes_the_same_bytes(skill, version):
    assert folder_of(skill, version) == folder_of(skill, version)


def test_a_folder_is_sent_while_it_is_made(skill, version, monkeypatch):
    monkeypatch.setattr(dataset_rows, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(exports, "ROWS_AT_ONCE", 2)
    told = []

    pieces = stream_folder(Selection(skill, version), told.append)

    assert next(pieces)
    assert sum(told) < version.rows
    assert all(pieces)
    assert sum(told) == version.rows


def test_only_a_version_is_a_folder(skill):
    with pytest.raises(Invalid, match="Choose a version"):
        stream_folder(Selection(skill))
