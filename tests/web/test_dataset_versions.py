"""The pages of versions: freezing one, opening it as it was, comparing two, and what files have to lose."""

import json
import re

import pytest

from app.domain.reviews import Verb
from app.jobs.worker import run_job
from app.models import Job
from app.services import freezes
from app.services.contributions import take_back
from app.services.dataset_versions import get_dataset_version, hash_now
from app.services.freezes import freeze
from app.services.reviews import decide
from app.services.skill_lifecycle import hand_over_skill
from app.services.training_examples import delete_training_example, edit_training_example
from app.services.transactions import writing
from tests.support.factories import capture, make_example, make_skill
from tests.support.inspection import find, forms_in, parse, text_of, words_in
from tests.support.tables import count_rows, dump
from tests.support.threads import look_anew
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow

VERSIONS = "/skills/a-skill/training-data/versions"
BOTH_WAYS = pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
FIELDS = {"note": "The first ones", "seed": "7", "validation_percent": "20", "test_percent": "30"}


@pytest.fixture
def examples(skill):
    return [make_example(skill, f"Question {number}", f"Answer {number}") for number in range(3)]


def form_on(page):
    """The form that freezes, or None."""
    return next((form for form in forms_in(page) if form.action == VERSIONS), None)


# ---- freezing ----


def test_the_form_of_the_page_freezes_a_version(browser_of, author, skill, examples):
    browser = browser_of(author)
    form = form_on(browser.page(VERSIONS))
    assert (form.fields["seed"], form.fields["validation_percent"], form.fields["test_percent"]) == ("0", "10", "10")

    response = browser.post(form.action, {**form.fields, **FIELDS})

    assert response.status_code == 303
    assert re.fullmatch(r"/jobs/\d+", response.location)
    assert browser.get(response.location).status_code == 200
    run_job()
    version = get_dataset_version(skill.id, 1)
    assert (version.note, version.rows, version.created_by) == ("The first ones", 3, author.id)
    assert (version.seed, version.validation_percent, version.test_percent) == (7, 20, 30)


def test_with_htmx_the_browser_goes_to_the_page_of_the_job(browser_of, author, skill, examples):
    response = browser_of(author).post(VERSIONS, FIELDS, htmx=True)

    assert response.status_code == 200
    assert re.fullmatch(r"/jobs/\d+", response.headers["HX-Redirect"])


def test_while_a_version_is_being_made_the_page_leads_to_how_far_it_is(
    browser_of, author, viewer, admin, skill, examples
):
    job = freeze(author, skill_id=skill.id)

    assert f"/jobs/{job.id}" in links_on(browser_of(author).page(VERSIONS))
    for user in (viewer, admin, None):
        assert f"/jobs/{job.id}" not in links_on(browser_of(user).page(VERSIONS))
    run_job()
    assert f"/jobs/{job.id}" not in links_on(browser_of(author).page(VERSIONS))


def test_a_job_of_the_author_before_is_no_link_of_the_author_now(browser_of, admin, author, viewer, skill, examples):
    freeze(author, skill_id=skill.id)
    hand_over_skill(admin, skill_id=skill.id, email=viewer.email, author_id=author.id)

    page = browser_of(viewer).page(VERSIONS)

    assert form_on(page) is not None
    assert not [link for link in links_on(page) if link.startswith("/jobs/")]


def links_on(page):
    return {link.get("href") for link in page.iter("a")}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("seed", "", "Give a whole number from 0 to 999999."),
        ("seed", "-1", "Give a whole number from 0 to 999999."),
        ("seed", "1000000", "Give a whole number from 0 to 999999."),
        ("seed", "9" * 5_000, "Give a whole number from 0 to 999999."),
        ("seed", "many", "Give a whole number from 0 to 999999."),
        ("validation_percent", "51", "Give a whole number from 0 to 50."),
        ("validation_percent", "", "Give a whole number from 0 to 50."),
        ("test_percent", "1.5", "Give a whole number from 0 to 50."),
        ("test_percent", "-3", "Give a whole number from 0 to 50."),
        ("note", "n" * 501, "Shorten the note"),
    ],
    ids=lambda value: value[:12],
)
def test_bad_input_is_said_beside_its_field_and_stays(browser_of, author, skill, examples, field, value, sentence):
    before = dump()

    response = browser_of(author).post(VERSIONS, {**FIELDS, field: value})

    assert response.status_code == 422
    page = parse(response.text)
    assert sentence in text_of(page, f"{field}-error")
    assert form_on(page).fields == {**form_on(page).fields, **FIELDS, field: value}
    assert dump() == before


def test_what_is_wrong_with_the_split_is_not_folded_away(browser_of, author, skill, examples):
    page = parse(browser_of(author).post(VERSIONS, {**FIELDS, "seed": "x"}).text)

    assert [one.get("open") is not None for one in page.iter("details") if one.get("class") == "more"] == [True]


def test_without_examples_the_form_says_what_to_do(browser_of, author, skill):
    response = browser_of(author).post(VERSIONS, FIELDS)

    assert response.status_code == 409
    page = parse(response.text)
    assert "There is nothing to freeze: this skill has no approved examples." in words_in(page)
    assert form_on(page).fields["note"] == "The first ones"
    assert count_rows(Job) == 0


def test_one_version_is_made_at_a_time(browser_of, author, skill, examples):
    freeze(author, skill_id=skill.id)

    response = browser_of(author).post(VERSIONS, FIELDS)

    assert response.status_code == 409
    assert "A version of this skill is being made already." in words_in(parse(response.text))
    assert form_on(parse(response.text)).fields["note"] == "The first ones"
    assert count_rows(Job) == 1


@BOTH_WAYS
def test_signed_out_nothing_is_frozen(browser_of, skill, examples, htmx):
    before = dump()

    response = browser_of().post(VERSIONS, FIELDS, htmx=htmx)

    assert response.status_code == 401
    assert "Sign in" in response.text or "sign in" in response.text
    assert ("The first ones" in response.text) is not htmx, "what was typed comes back with a page; htmx leaves it"
    assert dump() == before


@BOTH_WAYS
@pytest.mark.parametrize("who", ["viewer", "admin"])
def test_only_the_author_freezes(request, browser_of, skill, examples, who, htmx):
    browser = browser_of(request.getfixturevalue(who))
    before = dump()

    response = browser.post(VERSIONS, FIELDS, htmx=htmx)

    assert response.status_code == 403
    assert "Only the skill&#39;s author freezes versions of its training data." in response.text
    assert form_on(browser.page(VERSIONS)) is None
    assert dump() == before


def test_a_skill_that_is_not_there_has_no_versions(browser_of, author):
    browser = browser_of(author)
    for path in ("", "/1", "/comparison", "/erasure-manifest"):
        assert browser.get(f"/skills/none/training-data/versions{path}").status_code == 404
    assert browser.post("/skills/none/training-data/versions", FIELDS).status_code == 404


def test_other_methods_are_refused(browser_of, author, skill, examples):
    frozen(author, skill)
    browser = browser_of(author)

    assert browser.ask("DELETE", VERSIONS).status_code == 405
    for path in ("/1", "/comparison", "/erasure-manifest"):
        assert browser.ask("POST", VERSIONS + path).status_code == 405


# ---- the list ----


def test_the_list_says_of_each_version_what_it_is_and_whose(browser_of, author, viewer, skill, examples):
    version = frozen(author, skill, note="The <b>first</b> ones")

    response = browser_of(viewer).get(VERSIONS)

    words = words_in(parse(response.text))
    assert "Version 1" in words
    assert "The <b>first</b> ones" in words
    assert "3 rows" in words
    assert version.content_hash[:12] in words
    assert "frozen by Ada Author" in words


def test_without_a_version_the_list_says_who_freezes_them(browser_of, author, viewer, skill):
    assert "No version yet. The skill's author freezes them." in words_in(browser_of(viewer).page(VERSIONS))
    assert "The skill's author freezes them." not in words_in(browser_of(author).page(VERSIONS))


def test_versions_are_listed_newest_first_a_page_at_a_time(browser_of, author, skill):
    for number in range(7):
        make_example(skill, f"Question {number}")
        frozen(author, skill)
    browser = browser_of()

    first = browser.page(VERSIONS)
    [older] = [link.get("href") for link in first.iter("a") if link.get("rel") == "next"]

    def numbers(page):
        return [words_in(head) for head in page.iter("h3") if words_in(head).startswith("Version")]

    assert numbers(first) == [f"Version {number}" for number in (7, 6, 5, 4, 3)]
    assert numbers(browser.page(older)) == ["Version 2", "Version 1"]


def test_what_is_being_made_is_in_no_list(browser_of, author, skill, examples, monkeypatch):
    monkeypatch.setattr(freezes, "ROWS_AT_ONCE", 1)
    freeze(author, skill_id=skill.id)
    run_job(go_on=lambda: False)

    browser = browser_of()
    assert "No version yet." in words_in(browser.page(VERSIONS))
    for path in ("/1", "/0", "/comparison"):
        assert browser.get(VERSIONS + path).status_code == 404


# ---- one version ----


def test_a_version_opens_as_it_was(browser_of, author, skill, examples):
    version = frozen(author, skill)
    edit_training_example(
        author, example_id=examples[0].id, revision=1, example_input="Edited", example_output="Edited"
    )
    delete_training_example(author, example_id=examples[1].id, revision=1)

    words = words_in(browser_of().page(f"{VERSIONS}/1"))

    assert all(f"Question {number}" in words and f"Answer {number}" in words for number in range(3))
    assert "Edited" not in words
    assert version.content_hash in words


def test_the_rows_of_one_split_are_those_that_are_counted(browser_of, author, skill):
    for number in range(12):
        make_example(skill, f"Question {number}")
    browser_of(author).post(VERSIONS, {**FIELDS, "validation_percent": "30"})
    run_job()
    counts = get_dataset_version(skill.id, 1).split_report["rows"]
    assert all(counts[split] for split in ("train", "validation", "test"))
    browser = browser_of()

    for split in ("train", "validation", "test"):
        page, seen = browser.page(f"{VERSIONS}/1?split={split}"), 0
        while True:
            seen += len([row for row in page.iter("div") if row.get("class") == "pair"])
            older = [link.get("href") for link in page.iter("a") if link.get("rel") == "next"]
            if not older:
                break
            assert f"split={split}" in older[0]
            page = browser.page(older[0])
        assert seen == counts[split]


def test_what_is_no_split_shows_all_rows(browser_of, author, skill, examples):
    frozen(author, skill)

    page = browser_of().page(f"{VERSIONS}/1?split=none")

    assert len([row for row in page.iter("div") if row.get("class") == "pair"]) == 3


def test_what_was_withdrawn_is_said_and_not_shown(browser_of, author, viewer, skill, examples):
    captured = approve(author, capture(skill, viewer, "Words of theirs"))
    version = frozen(author, skill)
    take_back(viewer, example_id=captured.id)

    browser = browser_of()
    words = words_in(browser.page(f"{VERSIONS}/1"))

    assert "Words of theirs" not in words
    assert "1 row. Whose usage it was took it back. The 3 rows left are known by" in words
    look_anew()
    assert hash_now(version).content_hash in words
    assert f"Before that: 4 rows, known by {version.content_hash}" in words
    assert "3 rows of 4, the others were withdrawn" in words_in(browser.page(VERSIONS))


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "x", "-1"])
def test_a_version_that_is_not_there_is_not_found(browser_of, author, skill, examples, number):
    frozen(author, skill)
    other = make_skill(author)
    make_example(other)
    for _ in range(2):
        make_example(other)
        frozen(author, other)

    assert browser_of(author).get(f"{VERSIONS}/{number}").status_code == 404


def test_texts_of_a_version_are_escaped(browser_of, author, skill):
    make_example(skill, "<script>alert(1)</script>", "<img src=x>")
    frozen(author, skill)

    text = browser_of().get(f"{VERSIONS}/1").text

    assert "<script>alert" not in text
    assert "<img" not in text


# ---- two versions ----


@pytest.fixture
def two_versions(author, skill):
    changed, removed = make_example(skill, "Changed", "The answer before"), make_example(skill, "Removed", "1")
    make_example(skill, "The same", "2")
    frozen(author, skill)
    edit_training_example(
        author, example_id=changed.id, revision=1, example_input="Changed", example_output="The answer after"
    )
    delete_training_example(author, example_id=removed.id, revision=1)
    make_example(skill, "Added", "3")
    frozen(author, skill)


def headings(page):
    return [words_in(head).partition(" ")[2].split(" ")[-1] for head in page.iter("h3")]


def test_a_comparison_shows_what_was_added_changed_and_removed(browser_of, two_versions):
    for query in ("", "?from=1&to=2", "?to=2"):
        page = browser_of().page(f"{VERSIONS}/comparison{query}")

        words = words_in(find(page, "main") or page)
        assert headings(page) == ["added", "removed", "changed"]
        assert "The same" not in words
        assert [words_in(one) for one in page.iter("del")] == ["[taken out: before]"]
        assert [words_in(one) for one in page.iter("ins")] == ["[put in: after]"]


def test_the_other_way_round_it_is_the_other_way_round(browser_of, two_versions):
    page = browser_of().page(f"{VERSIONS}/comparison?from=2&to=1")

    assert headings(page) == ["removed", "added", "changed"]
    assert [words_in(one) for one in page.iter("ins")] == ["[put in: before]"]


def test_what_changed_beside_the_texts_is_said(browser_of, author, viewer, skill):
    example = approve(author, capture(skill, viewer, "Asked"))
    frozen(author, skill)
    decide(author, example_id=example.id, revision=2, verb=Verb.SCORE, quality_score=7)
    with writing():
        example.evaluation_only = True
    frozen(author, skill)

    words = words_in(browser_of().page(f"{VERSIONS}/comparison"))

    assert "Score: none became 7." in words
    assert "It is for evaluation only now." in words


def test_a_version_is_the_same_as_itself(browser_of, two_versions):
    for query in ("?from=1&to=1", "?from=2&to=2"):
        assert "The two have the same rows." in words_in(browser_of().page(f"{VERSIONS}/comparison{query}"))


@pytest.mark.parametrize("query", ["?from=9&to=1", "?from=1&to=9", "?from=0&to=1", "?from=-1", f"?to={2**70}"])
def test_what_is_not_there_is_not_compared(browser_of, two_versions, query):
    assert browser_of().get(f"{VERSIONS}/comparison{query}").status_code == 404


def test_what_is_no_number_compares_the_newest(browser_of, two_versions):
    page = browser_of().page(f"{VERSIONS}/comparison?from=x&to=y")

    assert headings(page) == ["added", "removed", "changed"]


# ---- what files have to lose ----


def test_the_erasure_manifest_is_a_file_of_hashes(browser_of, author, viewer, skill, examples):
    captured = approve(author, capture(skill, viewer, "Words of theirs"))
    frozen(author, skill)
    take_back(viewer, example_id=captured.id)

    response = browser_of().get(f"{VERSIONS}/erasure-manifest")

    assert response.mimetype == "application/json"
    assert response.headers["Content-Disposition"] == "attachment; filename=a-skill.erasure-manifest.json"
    assert [row["reason"] for row in json.loads(response.text)["rows"]] == ["taken_back"]
    assert "Words of theirs" not in response.text
