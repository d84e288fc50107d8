"""The list of the training-data tab: order, pages, filters, search, and who sees what. The URL holds it all."""

import pytest

from tests.support.factories import make_example, make_skill
from tests.support.inspection import find, forms_in, parse, text_of, words_in

TAB = "/skills/a-skill/training-data"
ROW = "training-example-"


def rows_of(page) -> list[int]:
    listed = find(page, "training-examples")
    return [
        int(item.get("id").removeprefix(ROW)) for item in listed.iter("li") if (item.get("id") or "").startswith(ROW)
    ]


def listed(browser, query: str = "") -> list[int]:
    return rows_of(browser.page(TAB + query))


def neighbours(page) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in page.iter("a") if link.get("rel") in ("prev", "next")}


@pytest.fixture
def mixed(skill, viewer):
    """Approved, pending and rejected; by hand and captured."""
    return {
        "golden": make_example(skill, "alpha beta", "gamma", quality_score=2).id,
        "captured": make_example(skill, "alpha delta", user=viewer, source="usage_capture", quality_score=8).id,
        "pending": make_example(skill, "alpha pending", user=viewer, source="usage_capture", status="pending").id,
        "rejected": make_example(skill, "alpha rejected", user=viewer, source="usage_capture", status="rejected").id,
    }


def test_newest_come_first_with_the_name_of_who_added_them(browser_of, skill):
    numbers = [make_example(skill).id for _ in range(3)]

    page = browser_of().page(TAB)

    assert rows_of(page) == numbers[::-1]
    assert "Ada Author" in words_in(find(page, f"{ROW}{numbers[0]}"))


def test_an_empty_list_says_what_to_do(browser_of, author, skill):
    assert "Add the first one above" in browser_of(author).get(TAB).text
    assert "as soon as Ada Author adds one" in browser_of().get(TAB).text


@pytest.mark.parametrize("sort", ["newest", "score"])
def test_pages_lead_through_the_whole_list_and_back(browser_of, skill, sort):
    numbers = {make_example(skill, quality_score=number % 3 or None).id for number in range(12)}
    browser = browser_of()
    address, pages, seen = f"{TAB}?sort={sort}", [], []
    while address and len(pages) < 10:
        page = browser.page(address)
        pages.append(address)
        seen += rows_of(page)
        address = neighbours(page).get("next")

    assert len(pages) == 3
    assert len(seen) == 12
    assert set(seen) == numbers
    back = neighbours(browser.page(pages[-1]))["prev"]
    assert rows_of(browser.page(back)) == seen[5:10]
    assert rows_of(browser.page(neighbours(browser.page(back))["prev"])) == seen[:5]


def test_pages_keep_the_filters(browser_of, author, skill):
    for _ in range(6):
        make_example(skill, source="usage_capture", status="pending")

    page = browser_of(author).page(f"{TAB}?status=pending&sort=score&q=input")

    link = neighbours(page)["next"]
    assert all(part in link for part in ("status=pending", "sort=score", "q=input", "after="))


def test_best_scores_come_first_and_then_the_newest(browser_of, skill):
    scores = [3, None, 9, 3]
    numbers = [make_example(skill, quality_score=score).id for score in scores]

    assert listed(browser_of(), "?sort=score") == [numbers[2], numbers[3], numbers[0], numbers[1]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["captured", "golden"]),
        ("?source=web", ["golden"]),
        ("?source=usage_capture", ["captured"]),
        ("?status=pending", ["pending"]),
        ("?status=rejected", ["rejected"]),
        ("?status=all", ["rejected", "pending", "captured", "golden"]),
        ("?status=all&source=web", ["golden"]),
        ("?q=alpha", ["captured", "golden"]),
        ("?q=GAMM", ["golden"]),
        ("?q=alpha+delta", ["captured"]),
        ("?q=nothing", []),
        ("?q=%22%29+OR+1", []),
        ("?status=all&q=alpha&sort=score", ["captured", "golden", "rejected", "pending"]),
        ("?status=unknown&source=unknown&sort=unknown", ["captured", "golden"]),
    ],
)
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_filters_and_search_are_in_the_address(browser_of, author, mixed, query, names, htmx):
    response = browser_of(author).get(TAB + query, htmx=htmx)

    page = parse(response.text if not htmx else f"<!doctype html><title>x</title>{response.text}")
    assert rows_of(page) == [mixed[name] for name in names]


def test_the_form_shows_the_filters_of_the_address(browser_of, author, mixed):
    page = browser_of(author).page(f"{TAB}?status=pending&source=usage_capture&sort=score&q=alpha")

    [form] = [form for form in forms_in(page) if "sort" in form.fields and form.method == "get"]
    assert form.fields == {"q": "alpha", "status": "pending", "source": "usage_capture", "sort": "score"}


def test_a_filter_that_nothing_fits_leads_back_to_everything(browser_of, mixed):
    page = browser_of().page(f"{TAB}?q=nothing")

    empty = [item for item in page.iter("li") if item.get("class") == "empty"]
    assert "No example fits this filter." in words_in(empty[0])
    assert [link.get("href") for link in empty[0].iter("a")] == [TAB]


@pytest.mark.parametrize("who", [None, "viewer"])
def test_others_see_neither_pending_nor_rejected_ones_nor_the_filter_for_them(request, browser_of, mixed, who):
    browser = browser_of(request.getfixturevalue(who) if who else None)

    page = browser.page(TAB)

    assert rows_of(page) == [mixed["captured"], mixed["golden"]]
    assert find(page, "filter-status") is None
    for name in ("pending", "rejected"):
        assert browser.get(f"{TAB}/{mixed[name]}").status_code == 404
        assert browser.get(f"{TAB}?status={name}").status_code in (302, 403)
    assert listed(browser, "?q=pending") == []


@pytest.mark.parametrize("who", ["author", "admin"])
def test_the_author_and_administrators_see_every_state(request, browser_of, mixed, who):
    browser = browser_of(request.getfixturevalue(who))

    assert len(listed(browser, "?status=all")) == 4
    assert "pending" in words_in(find(browser.page(f"{TAB}/{mixed['pending']}"), f"{ROW}{mixed['pending']}"))


def test_both_counts_are_the_approved_ones_for_everybody(browser_of, author, mixed):
    for browser in (browser_of(), browser_of(author)):
        page = browser.page(TAB)
        assert text_of(page, "training-example-count") == text_of(page, "training-example-tab-count") == "2"


def test_examples_of_other_skills_stay_there(browser_of, author, skill):
    elsewhere = make_example(make_skill(author, name="another-skill"), "alpha")

    assert listed(browser_of(author), "?status=all") == []
    assert listed(browser_of(author), "?q=alpha") == []
    assert browser_of(author).get(f"{TAB}/{elsewhere.id}").status_code == 404


@pytest.mark.parametrize(
    "query", ["after=x", "after=1.2.3", "before=-1", "after=99999999999999999999", "sort=score&after=1"]
)
def test_a_broken_page_link_is_said_so(browser_of, skill, query):
    response = browser_of().get(f"{TAB}?{query}")

    assert response.status_code == 422
    assert "This page link is broken" in response.text


def test_long_texts_fold_and_short_ones_do_not(browser_of, skill):
    long = make_example(skill, "\n".join(f"line {number}" for number in range(60)), "short")

    row = find(browser_of().page(TAB), f"{ROW}{long.id}")

    [fold] = row.iter("details")
    assert [words_in(part) for part in fold.find("summary").iter("span")] == ["60 lines, 469 characters"]
    [whole] = fold.iter("pre")
    assert "".join(whole.itertext()).endswith("line 59")
    assert len(list(row.iter("pre"))) == 2


def test_with_htmx_the_tab_comes_without_the_page_around_it(browser_of, skill):
    response = browser_of().get(TAB, htmx=True)

    assert response.text.lstrip().startswith('<div id="training-data">')


@pytest.mark.parametrize("header", [{"HX-History-Restore-Request": "true"}, {"HX-Request-Type": "full"}])
def test_htmx_gets_the_whole_page_when_it_asks_for_it(browser_of, skill, header):
    response = browser_of().get(TAB, htmx=True, headers=header)

    assert response.text.lstrip().startswith("<!doctype html>")
