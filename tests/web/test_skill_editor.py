"""Writing a SKILL.md in the browser: typed or uploaded, previewed, faults beside their lines, saved as a version."""

import io
import zipfile

import pytest

from app.domain.skill_md import RESERVED_NAMES
from app.extensions import db
from app.services.skill_versions import get_current_version
from app.services.skills import get_skill_by_slug
from tests.support.factories import make_skill, save_version, skill_text
from tests.support.inspection import find, forms_in, parse, words_in
from tests.support.person import inspect_fragment
from tests.support.tables import dump

pytestmark = pytest.mark.slow

SECRET = "ghp_" + "a1B2" * 9
FAULTY = "---\nlicense: MIT\nname: No Good\n---\n# Title\n"
EDIT = "/skills/a-skill/edit"


def content_of(slug):
    db.session.expire_all()
    return get_current_version(get_skill_by_slug(slug)).content


def form_at(page, action):
    [form] = [form for form in forms_in(page) if form.action == action and "content" in form.fields]
    return form


def upload(browser, content, name="SKILL.md"):
    return browser.post("/skills", {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in files.items():
            archive.writestr(path.replace("__", "/"), content)
    return buffer.getvalue()


def test_the_list_leads_to_a_blank_skill_for_whoever_is_signed_in(browser_of, viewer):
    assert "/skills/new" not in browser_of().get("/").text
    page = browser_of(viewer).page("/")
    assert "Add a skill" in words_in(page)

    form = form_at(browser_of(viewer).page("/skills/new"), "/skills")

    assert form.fields["content"].startswith("---\nname: \ndescription: \n---\n")


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_a_typed_skill_is_added_and_shown(browser_of, viewer, htmx):
    browser = browser_of(viewer)

    typed = skill_text("typed-skill").replace("\n", "\r\n")
    response = browser.post("/skills", {"content": typed}, htmx=htmx)

    assert (response.headers.get("HX-Redirect") or response.location) == "/skills/typed-skill"
    page = browser.page("/skills/typed-skill")
    assert "The skill typed-skill is added." in words_in(page)
    assert content_of("typed-skill") == skill_text("typed-skill")
    assert get_skill_by_slug("typed-skill").author_id == viewer.id


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_faults_are_beside_their_lines_and_what_was_typed_stays(browser_of, viewer, htmx):
    response = browser_of(viewer).post("/skills", {"content": FAULTY}, htmx=htmx)

    assert response.status_code == 422
    page = inspect_fragment(response.text) if htmx else parse(response.text)
    faults = [words_in(item) for listed in page.iter("ol") if listed.get("class") == "faults" for item in listed]
    assert len(faults) == 2
    assert faults[0].startswith("Line 2 license: MIT say in a description")
    assert faults[1].startswith("Line 3 name: No Good use lowercase letters")
    assert form_at(page, "/skills").fields["content"] == FAULTY
    assert "autofocus" in find(page, "content").attrib


def test_a_name_in_use_is_refused_and_what_was_typed_stays(browser_of, viewer, skill):
    before = dump()

    response = browser_of(viewer).post("/skills", {"content": skill_text("a-skill", "Mine.")})

    assert response.status_code == 409
    page = parse(response.text)
    assert "There is a skill named 'a-skill' already." in words_in(page)
    assert "Mine." in form_at(page, "/skills").fields["content"]
    assert dump() == before


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf---\r\nname: up-skill\r\ndescription: d\r\n---\r\n\r\n\tBody \r\n",
        "---\nname: up-skill\ndescription: 東京 \U0001f9d1\nx-own: {a: [1]}  # kept\n---\n\n\n Body\u2028\t".encode(),
    ],
    ids=["CRLF and BOM", "other scripts, no end of line"],
)
def test_an_uploaded_file_comes_back_byte_for_byte(browser_of, viewer, content):
    browser = browser_of(viewer)

    assert upload(browser, content).location == "/skills/up-skill"

    for address in ("/skills/up-skill/SKILL.md", "/skills/up-skill/versions/1/SKILL.md"):
        response = browser_of().get(address)
        assert response.data == content
        assert response.headers["Content-Disposition"] == "attachment; filename=SKILL.md"
        assert response.mimetype == "text/markdown"


def test_an_uploaded_folder_is_added_and_what_is_not_kept_is_said(browser_of, viewer):
    browser = browser_of(viewer)
    archive = zipped(**{"zip-skill__SKILL.md": skill_text("zip-skill"), "zip-skill__run.py": "x", "zip-skill__b": "y"})

    assert upload(browser, archive, "zip-skill.zip").location == "/skills/zip-skill"

    assert "not the 2 other files" in words_in(browser.page("/skills/zip-skill"))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "", "Choose a SKILL.md"),
        (b"", "SKILL.md", "start the file with a line of three hyphens"),
        (b"\xff\xfe", "SKILL.md", "this is not UTF-8"),
        (b"PK\x03\x04 nonsense", "a.zip", "damaged or cut off"),
        (zipped(readme="x"), "a.zip", "holds no SKILL.md"),
        (zipped(**{"other__SKILL.md": skill_text("a-name")}), "other.zip", "must equal the folder's name"),
    ],
)
def test_an_upload_that_cannot_be_used_says_why(browser_of, viewer, content, name, words):
    before = dump()

    response = upload(browser_of(viewer), content, name)

    assert response.status_code == 422
    assert words in words_in(parse(response.text))
    assert dump() == before


def test_a_faulty_upload_can_be_mended_where_it_stands(browser_of, viewer):
    page = parse(upload(browser_of(viewer), FAULTY.encode()).text)

    assert form_at(page, "/skills").fields["content"] == FAULTY


def test_secrets_of_an_upload_are_told_by_kind_and_stored_nowhere(browser_of, viewer):
    browser = browser_of(viewer)

    upload(browser, skill_text("up-skill", body=f"# Use {SECRET}\n").encode())

    assert "Removed before saving: github token." in words_in(browser.page("/skills/up-skill"))
    assert SECRET not in str(dump())


@pytest.mark.parametrize("address", ["/skills/preview", "/skills/a-skill/preview"])
def test_the_preview_shows_what_would_be_saved_and_saves_nothing(browser_of, author, skill, address):
    typed = skill_text("a-skill", "What it is for.", f"# A *new* title\n\nSome **strong** {SECRET} words.\n")
    before = dump()

    response = browser_of(author).post(address, {"content": typed}, htmx=True)

    assert response.status_code == 200
    words = words_in(inspect_fragment(response.text))
    for part in ("A *new* title", "a-skill", "What it is for.", "strong", "[GITHUB_TOKEN_1]", "github token"):
        assert part in words
    assert SECRET not in response.text
    assert dump() == before


@pytest.mark.parametrize("address", ["/skills/preview", "/skills/a-skill/preview"])
def test_the_preview_shows_faults_beside_their_lines(browser_of, author, skill, address):
    response = browser_of(author).post(address, {"content": FAULTY}, htmx=True)
    words = words_in(inspect_fragment(response.text))

    assert "Line 3 name: No Good" in words


@pytest.mark.parametrize("address", ["/skills/preview", "/skills/a-skill/preview"])
def test_without_htmx_the_preview_is_the_editor_with_it(browser_of, author, skill, address):
    typed = skill_text("a-skill", body="# Title\n\nOther words.\n")
    response = browser_of(author).post(address, {"content": typed, "note": "My note", "version_number": "1"})

    assert response.status_code == 200
    page = parse(response.text)
    assert "Other words." in words_in(find(page, "skill-preview"))
    form = form_at(page, "/skills" if address == "/skills/preview" else EDIT)
    assert form.fields["content"] == typed
    assert form.fields.get("note", "My note") == "My note"
    assert form.fields.get("version_number", "1") == "1"


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "page"])
def test_the_author_edits_and_a_new_version_is_shown(browser_of, author, skill, htmx):
    browser = browser_of(author)
    form = form_at(browser.page(EDIT), EDIT)
    assert form.fields["content"] == skill_text("a-skill")

    typed = skill_text("a-skill", body="# A skill\n\nDo it better.\n").replace("\n", "\r\n")
    response = browser.post(EDIT, {**form.fields, "content": typed, "note": "Better"}, htmx=htmx)

    assert (response.headers.get("HX-Redirect") or response.location) == "/skills/a-skill"
    words = words_in(browser.page("/skills/a-skill"))
    for part in ("Version 2 is saved.", "Do it better.", "Version 2, saved", "Better"):
        assert part in words


def test_an_edit_keeps_the_line_ends_of_the_file(browser_of, author):
    browser = browser_of(author)
    upload(browser, b"---\r\nname: up-skill\r\ndescription: d\r\n---\r\nOne\r\n")
    form = form_at(browser.page("/skills/up-skill/edit"), "/skills/up-skill/edit")

    typed = form.fields["content"].replace("\r\n", "\n").replace("One", "Two\n\nThree").replace("\n", "\r\n")
    browser.post("/skills/up-skill/edit", {**form.fields, "content": typed})

    assert content_of("up-skill") == "---\r\nname: up-skill\r\ndescription: d\r\n---\r\nTwo\r\n\r\nThree\r\n"


def test_an_edit_that_changes_nothing_says_so(browser_of, author, skill):
    browser = browser_of(author)

    response = browser.post(EDIT, form_at(browser.page(EDIT), EDIT).fields)

    assert response.status_code == 409
    assert "Nothing is different from the version that is there." in words_in(parse(response.text))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"content": FAULTY}, "Line 3 name: No Good the name must stay 'a-skill'"),
        ({"content": skill_text("b-skill")}, "the name must stay 'a-skill'"),
        ({"content": ""}, "start the file with a line of three hyphens"),
        ({"content": "---\nname: a-skill\ndescription: d\n---\n" + "x" * 100_000}, "up to 100,000 fit"),
        ({"content": "---\nname: a-skill\ndescription: d\n---\n\x00"}, "NUL"),
        ({"content": skill_text("a-skill", "New."), "note": "n" * 501}, "Shorten the note"),
    ],
)
def test_a_bad_edit_says_why_and_keeps_what_was_typed(browser_of, author, skill, fields, words):
    before = dump()

    response = browser_of(author).post(EDIT, {"version_number": "1", "note": "A note", **fields})

    assert response.status_code == 422
    page = parse(response.text)
    assert words in words_in(page)
    kept = form_at(page, EDIT).fields
    assert kept["note"] == fields.get("note", "A note")
    assert kept["content"] == fields["content"].replace("\x00", "\ufffd")
    assert dump() == before


def test_an_edit_of_an_older_version_shows_the_difference_and_can_be_saved_over_it(browser_of, author, skill):
    browser = browser_of(author)
    form = form_at(browser.page(EDIT), EDIT)
    save_version(skill, body="# A skill\n\nDo it at once.\n")

    mine = {**form.fields, "content": skill_text("a-skill", body="# A skill\n\nDo it slowly.\n")}
    refused = browser.post(EDIT, mine)

    assert refused.status_code == 409
    page = parse(refused.text)
    assert "Somebody saved this skill after you opened it." in words_in(page)
    assert [words_in(piece) for piece in page.iter("del")] == ["[taken out: at once]"]
    assert [words_in(piece) for piece in page.iter("ins")] == ["[put in: slowly]"]
    assert browser.post(EDIT, form_at(page, EDIT).fields).status_code == 303
    assert content_of("a-skill").endswith("Do it slowly.\n")


def test_nobody_else_is_shown_a_way_to_edit(browser_of, viewer, admin, author, skill):
    for user in (None, viewer, admin):
        assert EDIT not in browser_of(user).get("/skills/a-skill").text
    assert EDIT in browser_of(author).get("/skills/a-skill").text


def test_a_skill_that_is_not_there_cannot_be_edited(browser_of, author):
    browser = browser_of(author)

    assert browser.get("/skills/none/edit").status_code == 404
    assert browser.post("/skills/none/edit", {"content": skill_text("none")}).status_code == 404
    assert browser.post("/skills/none/preview", {"content": skill_text("none")}).status_code == 404


def test_only_what_is_meant_to_be_sent_is_answered(browser_of, author, skill):
    browser = browser_of(author)

    assert browser.ask("GET", "/skills").status_code == 405
    assert browser.ask("GET", "/skills/a-skill/preview").status_code == 405
    assert browser.ask("PUT", EDIT).status_code == 405


def test_a_text_sent_after_signing_out_is_not_lost(browser_of, skill):
    response = browser_of().post(EDIT, {"content": "What I typed", "version_number": "1"})

    assert response.status_code == 401
    [form] = [form for form in forms_in(parse(response.text)) if form.action == EDIT]
    assert form.fields["content"] == "What I typed"


def test_every_address_beside_the_names_of_skills_is_reserved(app):
    beside = {rule.rule.split("/")[2] for rule in app.url_map.iter_rules() if rule.rule.startswith("/skills/")}

    assert beside - {"<slug>"} == RESERVED_NAMES


def test_the_editor_of_a_long_skill_costs_no_more_queries(browser_of, author, statements):
    browser = browser_of(author)
    costs = []
    for body in ("# Short\n", "# Long\n" + "word " * 15_000):
        skill = make_skill(author, body=body)
        statements.clear()
        browser.get(f"/skills/{skill.slug}/edit")
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 4
