"""What holds on every page, for every kind of person. Pages are found by following links, so a new one is looked at."""

import io
import json
import re
from pathlib import Path

import pytest

from app.config import PROJECT_ROOT
from app.domain.redaction import text_digest
from app.domain.reviews import Verb
from app.jobs.worker import run_job
from app.services.allowed_texts import allow_texts
from app.services.api_keys import create_api_key
from app.services.contributions import take_back
from app.services.false_alarms import mark_false_alarm
from app.services.freezes import freeze
from app.services.imports import stage_import
from app.services.opinions import ask_for_opinion, give_opinion
from app.services.preferences import change_preferences
from app.services.reviews import decide
from app.services.site_settings import get_site_settings
from app.services.suggestions import create_suggestion, reply_to_suggestion
from app.services.transactions import writing
from app.services.votes import cast_vote
from app.web.guards import Open
from tests.support.factories import capture, make_example, make_skill, make_user, save_version
from tests.support.inspection import forms_in
from tests.support.person import Person, endpoint_of, own_links
from tests.support.versions import approve, frozen

pytestmark = pytest.mark.slow

KINDS = ("anonymous", "viewer", "author", "administrator")
# Answers that are no pages of their own: JSON, files, and fragments that a page asks for.
NO_PAGES = {
    "static",
    "health.healthz",
    "health.readyz",
    "training_examples.live",
    "suggestions.live",
    "reviews.live",
    "audit_log.export",
    "notifications.live",
    "sso.start",
    "sso.finish",
    "skills.download",
    "skill_versions.download",
    "contributions.download",
    "exports.download",
    "exports.manifest",
    "exports.folder",
    "imports.wrong_rows",
    "dataset_versions.erasure_manifest",
    "jobs.live",
    "api.openapi",
    "api.get_examples",
    "api.get_datasets",
    "api.get_dataset",
    "api.get_dataset_examples",
    "api.get_erasures",
    "api.get_change",
    "api.get_import",
    "api.get_imports",
    "api.get_import_rows",
    "api.nothing_here",
    "machines.refuse_stream",
}
# Pages that no page may link to: whoever has the address has the account (tests/web/test_password_links.py looks).
UNLINKED = {"password_links.show"}
HOSTILE = """<script>alert(1)</script>"'&"""
TEMPLATES = sorted((PROJECT_ROOT / "app" / "templates").rglob("*.html"))
SOURCES = sorted((PROJECT_ROOT / "app").rglob("*.py"))


@pytest.fixture
def people(app):
    """Everybody, on a site that has a bit of everything, hostile text in every field that takes text."""
    author = make_user(f"Ada {HOSTILE}")
    viewer = make_user(f"Vera {HOSTILE}")
    skill = make_skill(author, name="a-skill", body=f"# Title {HOSTILE}\n\nBody {HOSTILE}\n\n`{HOSTILE}`\n")
    save_version(skill, body=f"# Title {HOSTILE}\n\nBody {HOSTILE} again\n\n`{HOSTILE}`\n", note=f"Note {HOSTILE}")
    another = make_skill(viewer, name="another-skill")
    for number in range(7):
        make_example(skill, f"Input {number} {HOSTILE}", f"Output {HOSTILE}", quality_score=number + 1)
    captured = make_example(skill, f"\n{HOSTILE}" * 20, HOSTILE, source="usage_capture", status="pending")
    with writing():
        captured.expected_output = f"Expected {HOSTILE}"
        skill.description = f"Description {HOSTILE}"
        get_site_settings().open_sign_up = True
    for beginning in ("", "---\nname: a-skill\n---\n"):  # a passage, and a whole SKILL.md that is compared
        suggestion = create_suggestion(
            skill_id=skill.id,
            user_id=viewer.id,
            category="error",
            severity="critical",
            comment=f"Comment {HOSTILE}",
            suggested_content=f"{beginning}Suggested {HOSTILE}",
        )
    reply_to_suggestion(author, suggestion_id=suggestion.id, reply=f"Reply {HOSTILE}", revision=1)
    cast_vote(viewer, skill_id=skill.id, vote_type="thumbs_up", comment=f"Vote {HOSTILE}")
    for user in (viewer, author):
        capture(skill, user, f"Captured of {user.id} {HOSTILE}", f"Answered {HOSTILE}")
        change_preferences(user, training_data_excluded_skills=frozenset({str(another.id)}))
        create_api_key(user, name=f"Key {HOSTILE}", scopes=["track", "read"])
    review_of(author, skill, asked=viewer)
    review_of(viewer, another, asked=author)
    example = make_example(skill, f"password=hunter2! {HOSTILE}", "An output of its own")
    mark_false_alarm(viewer, example=example, placeholder="[PASSWORD_1]")
    allow_texts(author, skill_id=skill.id, kinds={text_digest("text"): "password"})
    versions_of(author, skill, user=viewer)
    return {"anonymous": None, "viewer": viewer, "author": author, "administrator": make_user(is_admin=True)}


def review_of(author, skill, *, asked):
    """Decide on one captured example of the skill, and ask about two that wait, which say almost the same."""
    somebody, more = make_user(f"Una {HOSTILE}"), "and so on and on " * 9
    change_preferences(somebody, named_in_captured_examples=True)
    done, waits, alike = (capture(skill, somebody, f"{number} {HOSTILE} {more}", HOSTILE) for number in range(3))
    decide(
        author, example_id=done.id, revision=1, verb=Verb.CORRECT, expected_output=f"Better {HOSTILE}", quality_score=4
    )
    decide(author, example_id=done.id, revision=2, verb=Verb.REJECT, reason=f"Reason {HOSTILE}")
    opinion = ask_for_opinion(author, example_id=waits.id, email=asked.email)
    give_opinion(asked, opinion_id=opinion.id, verdict="reject", quality_score=2, comment=f"Opinion {HOSTILE}")
    ask_for_opinion(author, example_id=alike.id, email=asked.email)


def versions_of(author, skill, *, user):
    """Freeze two versions that differ, let the first one lose a row, and begin with a third one."""
    taken_back = approve(author, capture(skill, user, f"Taken back {HOSTILE}", f"Answered {HOSTILE}"))
    changed = make_example(skill, f"Frozen {HOSTILE}", f"Before {HOSTILE}", quality_score=1)
    frozen(author, skill, note=f"Note {HOSTILE}")
    take_back(user, example_id=taken_back.id)
    decide(author, example_id=changed.id, revision=1, verb=Verb.CORRECT, expected_output=f"After {HOSTILE}")
    frozen(author, skill)
    while run_job():
        pass
    make_example(skill, f"In the third one {HOSTILE}")
    import_of(author, skill)
    freeze(author, skill_id=skill.id, note=f"Third {HOSTILE}")


def import_of(author, skill):
    """Leave an import that is ready, with a row of each verdict."""
    rows = [
        {"input": f"Imported {HOSTILE}", "output": HOSTILE, HOSTILE: HOSTILE},
        {"input": f"Imported {HOSTILE}", "output": HOSTILE},
        {"input": "", "output": HOSTILE},
    ]
    file = io.BytesIO("\n".join(map(json.dumps, rows)).encode() + f"\n{HOSTILE}\n".encode())
    stage_import(author, skill_id=skill.id, file=file, file_name=f"File {HOSTILE}")
    run_job()


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_sound(app, people, kind):
    """Each page is inspected by the browser that fetches it; links, forms, headers and escaping are looked at here."""
    browser = Person(app, people[kind])
    checked: set[str] = set()
    pages = list(browser.explore())
    assert len(pages) > 8
    for path, response, page in pages:
        check_headers(path, response)
        assert "alert(1)" not in re.sub(r"&lt;script&gt;alert\(1\)", "", response.text), f"{path}: text is not escaped"
        assert HOSTILE[-3:] not in response.text, f"{path}: quotes are not escaped"
        for form in forms_in(page):
            address = form.action.partition("?")[0]
            assert endpoint_of(app, address, form.method.upper())[0], f"{path}: a form leads nowhere: {form.action}"
        for link in set(own_links(path, page)) - checked:
            checked.add(link)
            status = browser.ask("GET", link).status_code
            assert status in (200, 302, 303), f"{path}: the link {link} answers {status}"


def test_every_view_that_shows_a_page_is_reached_by_links(app, people):
    shown = {
        endpoint_of(app, seen.path.partition("?")[0], "GET")[0]
        for kind in ("anonymous", "author", "administrator")
        for seen in Person(app, people[kind]).explore(alike=1)
    }

    all_pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} - NO_PAGES
    assert shown == all_pages - UNLINKED


@pytest.mark.parametrize("path", ["/nothing-here", "/skills/none", "/admin/settings", "/?after=broken"])
def test_error_pages_have_the_same_headers(app, people, path):
    response = Person(app, people["viewer"]).get(path)

    assert response.status_code >= 400
    check_headers(path, response)


def test_fragments_have_the_same_headers(app, people):
    for path in (
        "/",
        "/skills/a-skill/training-data",
        "/skills/a-skill/training-data/live",
        "/skills/a-skill/training-data/review",
        "/skills/a-skill/training-data/review/live",
        "/skills/a-skill/suggestions",
    ):
        check_headers(path, Person(app, people["author"]).get(path, htmx=True))


def test_static_files_never_change_under_their_address(app, browser_of):
    browser = browser_of()
    files = [link for link in own_links("/", browser.page("/")) if link.startswith("/static/")]
    assert len(files) >= 4
    for link in files:
        response = browser.get(link)
        assert re.search(r"\?v=[0-9a-f]{12}$", link), f"{link} does not name the content's version"
        assert response.cache_control.immutable
        assert response.cache_control.max_age == 31_536_000
        assert not response.cache_control.no_cache
        assert "Set-Cookie" not in response.headers
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def check_headers(path: str, response) -> None:
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'", path
    assert policy["frame-ancestors"] == "'none'", path
    assert policy["form-action"] == "'self'", path
    assert policy["base-uri"] == "'none'", path
    assert policy["object-src"] == "'none'", path
    assert not re.search(r"unsafe|http:|https:|data:|\*", str(policy)), path
    assert response.headers["X-Content-Type-Options"] == "nosniff", path
    assert response.headers["X-Frame-Options"] == "DENY", path
    assert response.headers["Referrer-Policy"] == "same-origin", path
    assert "HX-Request" in response.vary, path
    assert response.headers["Cache-Control"] == "no-store", path


def test_what_is_open_to_all_is_known(app):
    """What is open whatever the site's settings are; another one is added here after thinking about it."""
    opened = {name for name, view in app.view_functions.items() if isinstance(getattr(view, "guard", None), Open)}

    assert opened == {
        "health.healthz",
        "health.readyz",
        "password_links.show",
        "password_links.update",
        "sso.start",
        "sso.finish",
        "sign_up.new",
        "sign_up.create",
        "sessions.new",
        "sessions.create",
        "sessions.destroy",
        "training_examples.live",
        "suggestions.live",
        "reviews.live",
        "notifications.live",
    }


def name_of(file: Path) -> str:
    return str(file.relative_to(PROJECT_ROOT))


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_holds_neither_code_nor_styles_nor_unescaped_text(template):
    text = template.read_text()

    assert not re.search(r"\|\s*(safe|forceescape\s*\|\s*safe)\b|autoescape", text)
    assert not re.search(r"<style\b|\sstyle\s*=", text)
    assert not re.search(r"<script\b(?![^>]*\ssrc=)", text)
    assert not re.search(r"\s(hx-)?on[a-z:-]*\s*=", text)
    assert not re.search(r"""\b(href|action|src)\s*=\s*["']?(javascript|data):""", text)


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_only_markdown_makes_markup(source):
    if name_of(source) == "app/web/markdown.py":
        assert "Markup(" in source.read_text()
        return
    assert not re.search(r"\bMarkup\b|\|\s*safe\b|render_template_string|autoescape", source.read_text())


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_only_the_vocabulary_of_htmx_reads_and_writes_its_headers(source):
    if name_of(source) == "app/web/htmx.py":
        assert "HX-Request" in source.read_text()
        return
    code = re.sub(r'""".*?"""|#[^\n]*', "", source.read_text(), flags=re.DOTALL)
    if name_of(source) == "app/api/documentation.py":
        assert "response.vary.update" in code  # a page that is no view of the web's; it says what all pages say
        return
    assert not re.search(r"HX[-_]", code)
