"""The page of exports and its files."""

import io
import itertools
import json

import pytest

from app.domain.formats import FORMATS
from app.domain.splits import Plan
from app.services import exports
from app.services.dataset_versions import count_splits, hash_now
from app.services.training_examples import delete_training_example
from tests.support.factories import make_example, make_skill
from tests.support.inspection import words_in
from tests.support.versions import frozen

pytestmark = pytest.mark.slow

PATH = "/skills/a-skill/training-data/export"


@pytest.fixture
def examples(skill):
    make_example(skill, "<b>First</b>", quality_score=3)
    make_example(skill, "Second")


def test_the_page_says_what_each_format_cannot_hold_and_of_how_many_rows(browser_of, viewer, examples):
    words = words_in(browser_of(viewer).page(PATH))

    assert all(one.label in words for one in FORMATS.values())
    assert "It cannot hold the score (1 row)." in words
    assert "It holds all of every row." in words


def test_of_very_many_rows_the_page_says_how_many_were_looked_at(browser_of, examples, skill, monkeypatch):
    monkeypatch.setattr(exports, "MOST_LOOKED_AT", 2)
    for number in (3, 4):  # any two of the four have a score between them
        make_example(skill, f"Example {number}", quality_score=5)

    words = words_in(browser_of().page(PATH))

    assert "It cannot hold the score (at least" in words
    assert "It holds all of every row that was looked at." in words
    assert "Of so many rows, 2 were looked at for what a format cannot hold." in words


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_downloaded_under_a_name_of_its_own(browser_of, examples, name):
    response = browser_of().get(f"{PATH}/{name}")

    assert response.status_code == 200
    assert response.mimetype == FORMATS[name].layout.mimetype
    extension = FORMATS[name].layout.extension
    assert response.headers["Content-Disposition"] == f"attachment; filename=a-skill.{name}.{extension}"
    assert len(list(FORMATS[name].read(io.BytesIO(response.data)))) == (0 if "preference" in name else 2)


def test_the_search_goes_with_the_links(browser_of, examples):
    page = browser_of().page(f"{PATH}?q=second")
    [link] = [one.get("href") for one in page.iter("a") if one.get("aria-label") == "Download CSV"]

    assert link.endswith("/csv?q=second")
    assert browser_of().get(link).text.count("\n") == 2


def test_the_manifest_begins_before_the_export_is_made(browser_of, examples, statements):
    response = browser_of().client.get(f"{PATH}/jsonl/manifest", buffered=False)
    pieces = response.iter_encoded()

    assert next(pieces) == b"{\n"
    asked = len(statements)
    rest = b"".join(pieces)
    assert json.loads(b"{" + rest)["rows"] == 2
    assert len(statements) > asked


def test_the_manifest_is_json_beside_the_file(browser_of, examples):
    response = browser_of().get(f"{PATH}/jsonl/manifest")

    assert json.loads(response.text)["rows"] == 2
    assert "a-skill.jsonl.manifest.json" in response.headers["Content-Disposition"]


def test_an_unknown_format_is_not_there(browser_of, examples):
    assert browser_of().get(f"{PATH}/floppy").status_code == 404
    assert browser_of().get(f"{PATH}/floppy/manifest").status_code == 404


# ---- versions ----


@pytest.fixture
def version(author, skill):
    """A version of twelve rows in three splits, and what became of the examples since."""
    kept = [make_example(skill, f"Question {number}", "An answer") for number in range(12)]
    version = frozen(author, skill, plan=Plan(seed=7, validation_percent=30, test_percent=30))
    delete_training_example(author, example_id=kept[0].id, revision=1)
    make_example(skill, "Later", "An answer")
    return version


FROZEN = {f"Question {number}" for number in range(12)}


def inputs_in(response):
    assert response.status_code == 200
    return [json.loads(line)["input"] for line in response.text.splitlines()]


def test_a_version_is_downloaded_as_it_was(browser_of, version):
    for asked in ("1", "latest"):
        response = browser_of().get(f"{PATH}/jsonl?version={asked}")

        assert set(inputs_in(response)) == FROZEN
        assert response.headers["Content-Disposition"] == "attachment; filename=a-skill.v1.jsonl.jsonl"


def test_without_a_version_the_examples_are_downloaded_as_they_are(browser_of, version):
    assert set(inputs_in(browser_of().get(f"{PATH}/jsonl"))) == FROZEN - {"Question 0"} | {"Later"}


def test_every_split_is_downloaded_by_itself_under_a_name_of_its_own(browser_of, version):
    found = {}
    for split in ("train", "validation", "test"):
        response = browser_of().get(f"{PATH}/jsonl?version=1&split={split}")
        found[split] = inputs_in(response)
        assert response.headers["Content-Disposition"] == f"attachment; filename=a-skill.v1.{split}.jsonl.jsonl"

    assert {split: len(rows) for split, rows in found.items()} == {
        split.value: count for split, count in count_splits(version.id).items() if split != "held_out"
    }
    assert all(found.values())
    assert sorted(itertools.chain(*found.values())) == sorted(FROZEN)


@pytest.mark.parametrize("query", ["?split=train", "?split=none", "?version=&split=test"])
def test_a_file_of_a_split_without_a_version_is_refused_and_the_page_shows_all(browser_of, version, query):
    for more in ("/jsonl", "/jsonl/manifest"):
        refused = browser_of().get(f"{PATH}{more}{query}")
        assert refused.status_code == 422
        assert "Ask for one of train, validation, test, of a version." in refused.text
    assert browser_of().get(f"{PATH}{query}").status_code == 200


@pytest.mark.parametrize("split", ["none", "held_out"])
def test_a_file_of_what_is_no_split_is_refused(browser_of, version, split):
    assert browser_of().get(f"{PATH}/jsonl?version=1&split={split}").status_code == 422
    assert set(inputs_in(browser_of().get(f"{PATH}/jsonl?version=1&split="))) == FROZEN


def test_a_version_is_not_searched(browser_of, version):
    assert set(inputs_in(browser_of().get(f"{PATH}/jsonl?version=1&q=nowhere"))) == FROZEN


@pytest.mark.parametrize(
    "number", ["0", "2", "x", "-1", "1.0", "\u0661", "9" * 30, "9" * 5_000], ids=lambda one: one[:40]
)
def test_a_version_that_is_not_there_is_not_exported(browser_of, author, version, number):
    other = make_skill(author)
    for _ in range(2):
        make_example(other)
        frozen(author, other)

    for path in ("", "/jsonl", "/jsonl/manifest"):
        assert browser_of(author).get(f"{PATH}{path}?version={number}").status_code == 404


def test_before_there_is_a_version_there_is_no_latest(browser_of, examples):
    assert browser_of().get(f"{PATH}?version=latest").status_code == 404


def test_the_page_of_a_version_links_to_its_files_and_counts_its_splits(browser_of, version):
    browser = browser_of()
    page = browser.page(f"{PATH}?version=latest&split=test")
    links = {one.get("aria-label"): one.get("href") for one in page.iter("a")}

    assert links["Download CSV"].endswith("/csv?version=1&split=test")
    assert "Export version 1: test" in words_in(page)
    for split, count in count_splits(version.id).items():
        if split != "held_out":
            assert f"{split.value.capitalize()} {count}" in words_in(page)


def test_the_manifest_of_a_version_says_which_and_what_it_is_known_by(browser_of, version):
    response = browser_of().get(f"{PATH}/jsonl/manifest?version=1")

    made = json.loads(response.text)
    assert (made["version"], made["split"], made["seed"], made["rows"]) == (1, None, 7, 12)
    assert made["version_hash"] == made["rows_hash"] == hash_now(version).content_hash
    assert "a-skill.v1.jsonl.manifest.json" in response.headers["Content-Disposition"]
    part = json.loads(browser_of().get(f"{PATH}/jsonl/manifest?version=1&split=test").text)
    assert (part["split"], part["version_hash"]) == ("test", made["version_hash"])
    assert part["rows_hash"] != made["rows_hash"]


def test_the_same_version_is_the_same_file_every_time(browser_of, version):
    first, second = (browser_of().get(f"{PATH}/csv?version=1").data for _ in range(2))

    assert first == second


def test_a_download_that_broke_off_goes_on_where_it_was(browser_of, version):
    """As browsers and `curl -C -` ask for it."""
    whole = browser_of().get(f"{PATH}/csv?version=1")
    tag = whole.headers["ETag"]
    assert whole.headers["Accept-Ranges"] == "bytes"

    rest = browser_of().get(f"{PATH}/csv?version=1", headers={"Range": "bytes=100-", "If-Range": tag})

    assert (rest.status_code, rest.data) == (206, whole.data[100:])
    assert rest.headers["Content-Range"] == f"bytes 100-{len(whole.data) - 1}/{len(whole.data)}"
    assert rest.headers["Content-Disposition"] == whole.headers["Content-Disposition"]
    assert rest.headers["ETag"] == tag


@pytest.mark.parametrize("query", ["version=1&split=test", "version=2", ""])
def test_nobody_goes_on_with_another_file(browser_of, author, skill, version, query):
    frozen(author, skill)
    tag = browser_of().get(f"{PATH}/csv?version=1").headers["ETag"]

    other = browser_of().get(f"{PATH}/csv?{query}", headers={"Range": "bytes=10-", "If-Range": tag})

    assert other.status_code == 200
    assert other.data == browser_of().get(f"{PATH}/csv?{query}").data


def test_the_examples_as_they_are_have_no_rest_because_they_change_meanwhile(browser_of, version):
    whole = browser_of().get(f"{PATH}/csv")

    rest = browser_of().get(f"{PATH}/csv", headers={"Range": "bytes=10-"})

    assert "ETag" not in whole.headers
    assert (rest.status_code, rest.data) == (200, whole.data)


def test_whoever_has_the_file_of_a_version_is_told_so(browser_of, version):
    tag = browser_of().get(f"{PATH}/csv?version=1").headers["ETag"]

    again = browser_of().get(f"{PATH}/csv?version=1", headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
