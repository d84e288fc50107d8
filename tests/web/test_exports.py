"""The page of exports and its files."""

import io
import json

import pytest

from app.domain.formats import FORMATS
from tests.support.factories import make_example
from tests.support.inspection import words_in

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


def test_the_manifest_is_json_beside_the_file(browser_of, examples):
    response = browser_of().get(f"{PATH}/jsonl/manifest")

    assert json.loads(response.text)["rows"] == 2
    assert "a-skill.jsonl.manifest.json" in response.headers["Content-Disposition"]


def test_an_unknown_format_is_not_there(browser_of, examples):
    assert browser_of().get(f"{PATH}/floppy").status_code == 404
    assert browser_of().get(f"{PATH}/floppy/manifest").status_code == 404
