"""Importing in the browser: sending a file, the verdicts, saying how it is read, mending, adding and discarding."""

import csv
import io
import json
import os
import sys
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from app.jobs import WORK
from app.jobs.worker import run_job
from app.models import Import, ImportRow, TrainingExample
from app.services import imports
from app.services.jobs import cancel_job, claim_job
from app.services.transactions import reading
from tests.support.factories import make_example, make_skill
from tests.support.inspection import find, forms_in, words_in
from tests.support.person import Person
from tests.support.tables import count_rows, dump
from tests.support.threads import look_anew

pytestmark = pytest.mark.slow

TAB = "/skills/a-skill/training-data"
PATH = f"{TAB}/import"
BOTH_WAYS = pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
LONG = (
    "The pump in hall 4 stands still since the day before yesterday and nobody knows the reason, says the shift. " * 2
)
HOSTILE = "</textarea></pre><script>alert(1)</script>\"'<img src=x onerror=alert(1)>{{ 7 * 7 }}"
SECRET = "ghp_" + "a1B2" * 9


def lines(*pairs):
    return "".join(json.dumps({"input": given, "output": answered}) + "\n" for given, answered in pairs)


def send(browser, data, name="rows.jsonl", *, named=None, **how):
    """Send a file as a browser does; `named` is how the body names it. The test client would make a temporary file."""
    token, content = browser.csrf_token().encode(), data if isinstance(data, bytes) else data.encode()
    named = named or 'filename="' + name.replace('"', "%22") + '"'
    parts = (b'name="csrf_token"\r\n\r\n' + token, f'name="file"; {named}\r\n\r\n'.encode() + content)
    body = (
        b"".join(b"--limit\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--limit--\r\n"
    )
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if how.get("htmx") else {}
    sent = {"data": body, "content_type": "multipart/form-data; boundary=limit", "headers": headers}
    return browser._inspected(browser._ask(browser.client.post, PATH, **sent))


def the_import():
    look_anew()
    return reading().scalars(select(Import).order_by(Import.id.desc()).limit(1)).one()


def here(more=""):
    return f"{TAB}/imports/{the_import().id}{more}"


def checked(browser, data, **how):
    """Send a file, let its rows be looked at, and return where it is."""
    send(browser, data, **how)
    run_job()
    return here()


def leads_to(response):
    return response.headers["HX-Redirect"] if response.status_code == 200 else response.location


def examples():
    look_anew()
    return [
        (one.example_input, one.example_output)
        for one in reading().scalars(select(TrainingExample).order_by(TrainingExample.id))
    ]


def rows_on(page):
    return [item for item in page.iter("li") if (item.get("id") or "").startswith("row-")]


def buttons_on(page):
    return {words_in(button) for button in page.iter("button")}


def form_on(page, ending):
    [form] = [form for form in forms_in(page) if form.action.endswith(ending)]
    return form


# ---- sending ----


@BOTH_WAYS
def test_a_file_is_sent_looked_at_and_added(browser_of, author, skill, htmx):
    browser = browser_of(author)

    sent = send(browser, lines(("One", "1"), ("Two", "2")), htmx=htmx)
    job = leads_to(sent)
    assert "Looking at what is imported" in words_in(browser.page(job))
    run_job()
    assert browser.get(job).location == here()
    page = browser.page(here())
    assert "Add 2 new examples" in buttons_on(page)
    added = browser.post(form_on(page, "/addition").action, htmx=htmx)
    run_job()

    assert browser.get(leads_to(added)).location == here()
    assert examples() == [("One", "1"), ("Two", "2")]
    page = browser.page(here())
    assert "Added: 2" in words_in(page)
    assert not [form for form in forms_in(page) if form.action.endswith("/addition")]


def test_pasted_text_is_read_as_a_file_is(browser_of, author, skill):
    browser = browser_of(author)

    browser.post(PATH, {"text": "question,answer\r\nOne,1\r\n"})
    run_job()

    page = browser.page(here())
    assert "Import of pasted text" in words_in(page)
    assert ["".join(text.itertext()) for text in page.iter("pre")] == ["One", "1"]


@BOTH_WAYS
@pytest.mark.parametrize("data", [{}, {"text": " \r\n"}], ids=["none", "blank"])
def test_nothing_sent_is_said_beside_the_field(browser_of, author, skill, htmx, data):
    response = browser_of(author).post(PATH, data, htmx=htmx)

    assert response.status_code == 422
    assert "Choose a file, or paste its text." in response.text
    assert dump()["imports"] == []


@BOTH_WAYS
def test_text_that_cannot_be_read_is_kept_with_why(browser_of, author, skill, htmx):
    typed = "just some words\nand <b>more</b> of them"

    response = browser_of(author).post(PATH, {"text": typed}, htmx=htmx)

    assert response.status_code == 422
    assert "neither JSON nor a table" in response.text
    assert "just some words\nand &lt;b&gt;more&lt;/b&gt; of them" in response.text
    assert dump()["imports"] == []


@pytest.mark.parametrize(
    ("data", "sentence"), [(b"", "This file is empty."), (b"a,b\n\xff\n", "not UTF-8"), (b"PK\x03\x04", "zip file")]
)
def test_a_file_that_cannot_be_read_is_refused_with_why(browser_of, author, skill, data, sentence):
    response = send(browser_of(author), data)

    assert response.status_code == 422
    assert sentence in response.text
    assert dump()["imports"] == []


@BOTH_WAYS
@pytest.mark.parametrize("field", ["file", "text"])
def test_what_is_larger_than_may_be_is_refused(another_app, author, skill, htmx, field):
    browser = Person(another_app(GOLDSET_MAX_IMPORT_BYTES="1000"), author)
    text = lines(("x" * 2_000_000, "1"))

    response = browser.post(PATH, {"text": text}, htmx=htmx) if field == "text" else send(browser, text, htmx=htmx)

    assert response.status_code == 413
    assert "too large to send" in response.text
    assert dump()["imports"] == []


def test_a_file_that_is_just_too_large_is_refused_with_a_sentence(another_app, author, skill):
    browser = Person(another_app(GOLDSET_MAX_IMPORT_BYTES="1000000"), author)

    response = send(browser, lines(("x" * 1_000_000, "1")))

    assert response.status_code == 422
    assert "This file is larger than 1 MB: send it in parts." in response.text


def test_a_file_may_be_larger_than_any_other_form(browser_of, author, skill):
    response = send(browser_of(author), lines(*((f"Question {number}" + "x" * 1_000, "1") for number in range(3_000))))

    assert response.status_code == 303
    assert the_import().rows == 3_000


@contextmanager
def opened_for_writing():
    """Note which files this process opens to write into; an audit hook stays for ever, so it is told when to look."""
    opened, looks = [], [True]

    def note(event, arguments):
        if looks[0] and event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            opened.append(arguments[0])

    sys.addaudithook(note)
    try:
        yield opened
    finally:
        looks[0] = False


def test_what_is_uploaded_touches_no_disk_before_it_is_redacted(browser_of, author, skill, tmp_path):
    browser = browser_of(author)
    data = lines(*((f"Question {number} {SECRET}", "x" * 1_000) for number in range(2_000)))

    with opened_for_writing() as opened:
        (tmp_path / "control").write_text("this one is noticed")
        response = send(browser, data)

    assert response.status_code == 303
    assert [str(path) for path in opened] == [str(tmp_path / "control")]
    assert SECRET not in str(dump()["import_rows"])


@BOTH_WAYS
def test_another_import_waits_until_the_first_is_finished(browser_of, author, skill, htmx):
    browser = browser_of(author)
    first = checked(browser, lines(("One", "1")), name="first.jsonl")

    response = browser.post(PATH, {"text": "input,output\r\nTwo,2"}, htmx=htmx)

    assert response.status_code == 409
    assert "Another import of this skill is not finished" in response.text
    assert "input,output" in response.text
    page = browser.page(PATH)
    assert "first.jsonl (1 row) is not finished." in words_in(page)
    assert first in [link.get("href") for link in page.iter("a")]


# ---- who may, and what is there ----

CHANGES = [
    "/import",
    "/imports/{id}/reading",
    "/imports/{id}/rows/1",
    "/imports/{id}/check",
    "/imports/{id}/addition",
    "/imports/{id}/removal",
]
PAGES = ["/import", "/imports/{id}", "/imports/{id}/rows/1", "/imports/{id}/wrong-rows.csv"]


@pytest.fixture
def ready(browser_of, author, skill):
    """An import of one new row and one that cannot be added."""
    return checked(browser_of(author), lines(("One", "1"), ("", "2")))


@BOTH_WAYS
@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize(("who", "status"), [(None, 401), ("viewer", 403), ("admin", 403)])
def test_nobody_but_the_author_changes_anything(request, browser_of, ready, path, who, status, htmx):
    browser = browser_of(request.getfixturevalue(who) if who else None)
    before = dump()["import_rows"], dump()["imports"]

    response = browser.post(TAB + path.format(id=the_import().id), {"text": lines(("A", "B"))}, htmx=htmx)

    assert response.status_code == status
    assert (dump()["import_rows"], dump()["imports"]) == before


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("who", "status"), [(None, 302), ("viewer", 403), ("admin", 403)])
def test_nobody_but_the_author_sees_what_was_read(request, browser_of, ready, path, who, status):
    response = browser_of(request.getfixturevalue(who) if who else None).get(TAB + path.format(id=the_import().id))

    assert response.status_code == status
    assert "One" not in response.text


@pytest.mark.parametrize("path", [*CHANGES[1:], "/imports/{id}/rows/7", f"/imports/{{id}}/rows/{2**70}"])
def test_what_is_not_there_is_not_changed(browser_of, author, ready, path):
    browser = browser_of(author)
    other = make_skill(author, name="other-skill")
    before = dump()["import_rows"]

    if not path.startswith("/imports/{id}/rows/"):
        assert browser.post(TAB + path.format(id=2**70)).status_code == 404
        assert browser.post(TAB + path.format(id=the_import().id + 1)).status_code == 404
    else:
        good = {"input": "Mended", "output": "1"}
        rows_there = path.endswith("/rows/1")
        assert browser.post(TAB + path.format(id=the_import().id + (1 if rows_there else 0)), good).status_code == 404
    path_elsewhere = f"/skills/{other.slug}/training-data{path.format(id=the_import().id)}"
    assert browser.post(path_elsewhere).status_code == 404
    assert browser.post(f"/skills/none/training-data{path.format(id=the_import().id)}").status_code == 404
    assert dump()["import_rows"] == before


@pytest.mark.parametrize("more", ["", "/rows/1", "/wrong-rows.csv"])
def test_what_is_not_there_is_not_shown(browser_of, author, ready, more):
    browser = browser_of(author)
    number = the_import().id

    for path in (f"{TAB}/imports/{number + 1}{more}", f"{TAB}/imports/{2**70}{more}"):
        assert browser.get(path).status_code == 404
    for row in (0, 7, 2**70):
        assert browser.get(here(f"/rows/{row}")).status_code == 404


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_answered(browser_of, author, ready, path, method):
    assert browser_of(author).ask(method, TAB + path.format(id=the_import().id)).status_code == 405


@BOTH_WAYS
@pytest.mark.parametrize("path", CHANGES[:-1])
def test_while_a_job_is_at_work_nothing_is_changed(browser_of, author, skill, path, htmx):
    browser = browser_of(author)
    send(browser, lines(("One", "1")))
    before = dump()["import_rows"], dump()["imports"]

    data = {"text": lines(("A", "B")), "format": "jsonl", "input": "A", "output": "B"}
    response = browser.post(TAB + path.format(id=the_import().id), data, htmx=htmx)

    assert response.status_code == 409
    assert (dump()["import_rows"], dump()["imports"]) == before


def test_an_import_is_discarded_also_while_a_job_is_at_it(browser_of, author, skill):
    browser = browser_of(author)
    send(browser, lines(("One", "1")))
    job_id = the_import().job_id

    assert browser.post(here("/removal")).status_code == 303
    run_job()

    assert dump()["import_rows"] == []
    assert the_import().state == "discarded"
    assert "This import was discarded meanwhile." in words_in(browser.page(f"/jobs/{job_id}"))


def test_a_check_that_was_stopped_says_so_and_is_gone_on_with(browser_of, author, skill):
    browser = browser_of(author)
    send(browser, lines(("One", "1"), ("Two", "2")))
    browser.post(f"/jobs/{the_import().job_id}/cancellation")

    page = browser.page(here())
    assert "Not looked at: 2" in words_in(page)
    assert not [form for form in forms_in(page) if form.action.endswith("/addition")]
    assert browser.post(here("/addition")).status_code == 409
    assert leads_to(browser.post(here("/check"))).startswith("/jobs/")
    run_job()

    page = browser.page(here())
    assert "Not looked at" not in words_in(page)
    assert "Add 2 new examples" in words_in(page)
    assert browser.post(here("/check")).status_code == 409


def test_an_import_that_is_discarded_is_not_changed(browser_of, author, ready):
    browser = browser_of(author)
    browser.post(here("/removal"))

    for more in ("/reading", "/addition", "/removal"):
        assert browser.post(here(more), {"format": "jsonl"}).status_code == 409
    assert browser.get(here()).status_code == 200


# ---- how it is read ----


def test_columns_that_nobody_knows_are_asked_for_and_can_be_corrected(browser_of, author, skill):
    browser = browser_of(author)
    sent = send(browser, "frage,antwort,soll\nOne,1,2\n", name="fragen.csv")
    assert leads_to(sent) == here()
    page = browser.page(here())
    assert "Choose which column is the input and which is the output." in words_in(page)
    assert not [form for form in forms_in(page) if form.action.endswith("/addition")]

    bad = browser.post(
        here("/reading"), {"format": "columns", "input": "frage", "output": "weg", "quality_score": "soll"}
    )
    assert bad.status_code == 422
    assert "Choose one of the file&#39;s columns." in bad.text
    assert '<option selected value="frage">frage</option>' in bad.text
    assert browser.post(here("/reading"), {"format": "columns", "input": "frage"}).status_code == 422
    for output in ("soll", "antwort"):
        wanted = {"format": "columns", "input": "frage", "output": output}
        assert browser.get(leads_to(browser.post(here("/reading"), wanted))).status_code == 200
        run_job()

    page = browser.page(here())
    assert form_on(page, "/reading").fields["output"] == "antwort"
    browser.post(here("/addition"))
    run_job()
    assert examples() == [("One", "1")]


@BOTH_WAYS
def test_a_format_is_chosen(browser_of, author, ready, htmx):
    response = browser_of(author).post(here("/reading"), {"format": "alpaca"}, htmx=htmx)

    assert leads_to(response).startswith("/jobs/")
    run_job()
    look_anew()
    assert {row.verdict for row in reading().scalars(select(ImportRow))} == {"refused"}


def test_a_format_that_is_none_is_refused(browser_of, author, ready):
    response = browser_of(author).post(here("/reading"), {"format": "<b>docx</b>"})

    assert response.status_code == 422
    assert "Choose one of the formats." in response.text


def test_a_line_that_could_not_be_read_keeps_its_reason_when_the_rest_is_read_again(browser_of, author, skill):
    browser = browser_of(author)
    checked(browser, lines(("One", "1")) + "{broken\n")
    before = words_in(rows_on(browser.page(here()))[1])
    assert "This is no JSON" in before

    browser.post(here("/reading"), {"format": "columns", "input": "output", "output": "input"})
    run_job()

    assert words_in(rows_on(browser.page(here()))[1]) == before


# ---- the verdicts ----


@pytest.fixture
def many(browser_of, author, skill):
    make_example(skill, "There", "already")
    make_example(skill, LONG, "Send somebody.")
    new = [(f"Question {number}", str(number)) for number in range(7)]
    return checked(
        browser_of(author),
        lines(*new, ("There", "already"), (LONG + " Please.", "Send somebody."), ("", "1"), (f"Use {SECRET}", "ok")),
    )


def test_the_verdicts_are_counted_and_filter_the_rows(browser_of, author, many):
    browser = browser_of(author)

    page = browser.page(many)

    facts = {words_in(item): link.get("href") for item in page.iter("li") for link in item.findall("a")}
    assert "Secrets were taken out of 1 row." in words_in(page)
    found = {}
    for words, link in facts.items():
        if "?verdict=" in link:
            shown = rows_on(browser.page(link))
            found[words] = [item.get("id") for item in shown]
    assert found["There already: 1"] == ["row-8"]
    assert found["Almost the same as another: 1"] == ["row-9"]
    assert found["Cannot be added: 1"] == ["row-10"]
    assert found["New: 8"] == [f"row-{number}" for number in range(1, 6)]
    assert "All 11 rows" in facts


def test_pages_lead_through_all_rows_and_keep_the_verdict(browser_of, author, many):
    browser = browser_of(author)
    seen, link = [], f"{many}?verdict=new"

    while link:
        page = browser.page(link)
        seen.append([int(item.get("id").removeprefix("row-")) for item in rows_on(page)])
        link = next((one.get("href") for one in page.iter("a") if one.get("rel") == "next"), None)

    assert seen == [[1, 2, 3, 4, 5], [6, 7, 11]]
    [back] = [one.get("href") for one in page.iter("a") if one.get("rel") == "prev"]
    assert [item.get("id") for item in rows_on(browser.page(back))] == [f"row-{number}" for number in range(1, 6)]


@pytest.mark.parametrize("query", ["?verdict=good", "?verdict=", "?verdict=%00"])
def test_an_unknown_verdict_shows_all(browser_of, author, many, query):
    assert len(rows_on(browser_of(author).page(many + query))) == 5


@pytest.mark.parametrize("query", ["?after=x", "?after=99999999999999999999", "?before=1.5", "?after=1.2.3"])
def test_a_page_that_is_none_is_no_fault_of_ours(browser_of, author, many, query):
    assert browser_of(author).get(many + query).status_code in (200, 400, 422)


def test_what_was_taken_out_is_named_and_not_shown(browser_of, author, many):
    page = browser_of(author).page(f"{many}?verdict=new&after=6")

    assert SECRET not in words_in(page)
    assert "Taken out: github token." in words_in(find(page, "row-11"))


def test_hostile_text_is_text(browser_of, author, skill):
    browser = browser_of(author)
    file = io.StringIO()
    csv.writer(file).writerows([["question", "answer", HOSTILE], [HOSTILE, "1", HOSTILE], ["", HOSTILE, ""]])

    checked(browser, file.getvalue(), name=HOSTILE + ".csv")
    pages = [browser.page(path) for path in (here(), here("/rows/2"), PATH)]

    for page in pages:
        assert "<script>alert(1)</script>" in words_in(page)
        assert not [image for image in page.iter("img") if image.get("src") == "x"]
    assert ["".join(text.itertext()) for text in pages[0].iter("pre")][:2] == [HOSTILE, "1"]
    assert form_on(pages[1], "/rows/2").fields["output"] == HOSTILE
    assert HOSTILE in [option.get("value") for option in pages[0].iter("option")]
    bad = browser.post(here("/rows/2"), {"input": "", "output": HOSTILE})
    assert bad.status_code == 422
    assert form_on(browser.page(here("/rows/2")), "/rows/2").fields["output"] == HOSTILE


@pytest.mark.parametrize("name", ["a\x00b.csv", "a\ud800b.csv", "x" * 5_000, "../../etc/passwd", SECRET])
def test_any_file_name_is_held(browser_of, author, skill, name):
    quoted = "".join(f"%{byte:02X}" for byte in name.encode("utf-8", "surrogatepass"))

    response = send(browser_of(author), lines(("One", "1")), named=f"filename*=UTF-8''{quoted}")

    assert response.status_code in (303, 422)
    assert SECRET not in str(dump())


# ---- mending ----


@BOTH_WAYS
def test_a_row_is_mended_badly_and_then_well(browser_of, author, ready, htmx):
    browser = browser_of(author)
    page = browser.page(here())
    [link] = [one.get("href") for one in page.iter("a") if words_in(one) == "Mend line 2"]
    form = form_on(browser.page(link), "/rows/2")
    assert (form.fields["input"], form.fields["output"], form.fields["quality_score"]) == ("", "2", "")

    typed = {"input": "\nTwo", "output": "2", "expected_output": "3", "quality_score": "eleven"}
    bad = browser.post(form.action, typed, htmx=htmx)
    assert bad.status_code == 422
    assert "Give a score from 1 to 10, or leave it empty." in bad.text
    for text in ("\n\nTwo</textarea>", ">\n3</textarea>", 'value="eleven"'):
        assert text in bad.text
    good = browser.post(form.action, {**typed, "quality_score": "8"}, htmx=htmx)

    if htmx:
        assert "Row 2 is mended: new." in good.text
    else:
        assert good.location == here()
        assert "Row 2 is mended: new." in words_in(browser.page(here()))
    assert "Add 2 new examples" in buttons_on(browser.page(here()))
    browser.post(here("/addition"))
    run_job()
    look_anew()
    one = reading().scalars(select(TrainingExample).order_by(TrainingExample.id.desc()).limit(1)).one()
    assert (one.example_input, one.expected_output, one.quality_score) == ("\nTwo", "3", 8)


def test_a_row_that_was_added_is_not_mended(browser_of, author, ready):
    browser = browser_of(author)
    browser.post(here("/addition"))
    run_job()

    assert browser.post(here("/rows/1"), {"input": "Other", "output": "1"}).status_code in (404, 409)
    assert examples() == [("One", "1")]


# ---- adding ----


@pytest.mark.parametrize(("data", "count"), [({}, 1), ({"near_duplicates": "y"}, 2)])
def test_what_is_almost_the_same_is_added_where_it_is_ticked(browser_of, author, skill, data, count):
    browser = browser_of(author)
    checked(browser, lines((LONG, "Send somebody."), (LONG + " Please.", "Send somebody.")))
    page = browser.page(here())
    assert "near_duplicates" in [box.get("name") for box in page.iter("input")]

    browser.post(here("/addition"), data)
    run_job()

    assert count_rows(TrainingExample) == count


@BOTH_WAYS
def test_where_nothing_is_new_nothing_is_added(browser_of, author, skill, htmx):
    make_example(skill, "One", "1")
    browser = browser_of(author)
    checked(browser, lines(("One", "1")))

    response = browser.post(here("/addition"), htmx=htmx)

    assert response.status_code == 409
    assert "There is nothing to add: no row of this file is new." in response.text
    assert count_rows(TrainingExample) == 1


def cancelled_in_the_queue(author):
    cancel_job(author, job_id=the_import().job_id)


def cancelled_under_way(author):
    lease = claim_job()
    lease.run_chunk(WORK[lease.kind])
    cancel_job(author, job_id=the_import().job_id)
    lease.run_chunk(WORK[lease.kind])


def failed(author):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(imports, "reading_of", lambda _found: 1 / 0)
        run_job()


ENDS = pytest.mark.parametrize(
    "end", [cancelled_in_the_queue, cancelled_under_way, failed], ids=lambda end: end.__name__
)


@ENDS
def test_a_check_that_came_to_no_good_end_is_begun_again_from_the_page(browser_of, author, skill, end, monkeypatch):
    monkeypatch.setattr(imports, "ROWS_AT_ONCE", 1)
    browser = browser_of(author)
    send(browser, lines(("One", "1"), ("Two", "2")))
    end(author)

    form = form_on(browser.page(here()), "/reading")
    browser.post(form.action, form.fields)
    run_job()

    assert "Add 2 new examples" in buttons_on(browser.page(here()))


@ENDS
def test_an_addition_that_came_to_no_good_end_is_begun_again_from_the_page(browser_of, author, skill, end, monkeypatch):
    monkeypatch.setattr(imports, "ROWS_AT_ONCE", 1)
    browser = browser_of(author)
    checked(browser, lines(("One", "1"), ("Two", "2")))
    browser.post(here("/addition"))
    end(author)

    form = form_on(browser.page(here()), "/addition")
    browser.post(form.action, form.fields)
    run_job()

    assert examples() == [("One", "1"), ("Two", "2")]


# ---- discarding, and the file of what is wrong ----


@BOTH_WAYS
@pytest.mark.parametrize("is_added", [True, False])
def test_an_import_is_discarded_and_what_was_added_stays(browser_of, author, ready, htmx, is_added):
    browser = browser_of(author)
    if is_added:
        browser.post(here("/addition"))
        run_job()

    response = browser.post(here("/removal"), htmx=htmx)

    assert "The import is discarded." in (response.text if htmx else words_in(browser.page(response.location)))
    assert dump()["import_rows"] == []
    assert examples() == ([("One", "1")] if is_added else [])


def test_the_wrong_rows_come_as_a_file_and_back_again_when_they_are_mended(browser_of, author, skill):
    browser = browser_of(author)
    make_example(skill, "There", "already")
    text, alone = 'a "quoted", text\rwith\nlines; ä', "a carriage return\ralone"
    rows = [{"input": "", "output": text}, {"input": text, "output": alone, "quality_score": 12}]
    checked(
        browser, lines(("One", "1"), ("There", "already")) + "".join(json.dumps(row) + "\n" for row in rows) + "{x\n"
    )
    [link] = [one.get("href") for one in browser.page(here()).iter("a") if "wrong-rows" in one.get("href", "")]

    answer = browser.get(link)
    browser.post(here("/removal"))

    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment; filename=a-skill.wrong-rows.csv"
    header, *wrong = csv.reader(io.StringIO(answer.get_data(as_text=True), newline=""), strict=True)
    assert [(row[0], row[1], row[-2]) for row in wrong] == [
        ("There", "already", "2"),
        ("", text, "3"),
        (text, alone, "4"),
        ("", "", "5"),
    ]
    wrong[1][0], wrong[2][3] = "Mended", "10"
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows([header, *wrong])
    page = browser.page(checked(browser, file.getvalue(), name="mended.csv"))
    assert "Add 2 new examples" in buttons_on(page)
    assert [words_in(row).split(" ", 5)[4] for row in rows_on(page)] == ["there", "new", "new", "cannot"]
    browser.post(here("/addition"))
    run_job()
    assert examples()[1:] == [("Mended", text), (text, alone)]


def test_the_form_to_mend_has_what_the_file_has_and_the_page_shows_the_details(browser_of, author, skill):
    browser = browser_of(author)
    checked(
        browser,
        'question,answer,labels,meta\nOne,1,"a tag","{"\nTwo,2,"another tag","{""lang"": ""de""}"\n',
    )

    page = browser.page(here())
    assert "another tag" in words_in(page)
    assert '"lang": "de"' in words_in(page)
    [form] = [form for form in forms_in(browser.page(here("/rows/1"))) if form.action.endswith("/rows/1")]
    wanted = {"input": "One", "output": "1", "tags": "a tag", "metadata": "{"}
    assert wanted.items() <= form.fields.items()


def test_a_score_that_cannot_be_is_still_in_the_file_of_wrong_rows(browser_of, author, skill):
    browser = browser_of(author)
    checked(browser, json.dumps({"input": "One", "output": "1", "quality_score": 0}) + "\n" + lines(("Two", "2")))

    [_header, row] = csv.reader(io.StringIO(browser.get(here("/wrong-rows.csv")).get_data(as_text=True)))

    assert [*row[:4], row[-2]] == ["One", "1", "", "0", "1"]
