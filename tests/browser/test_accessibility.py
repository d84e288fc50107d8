"""axe-core finds nothing to complain of, and nothing scrolls sideways: on every page, for everybody, dark and light.

The pages are those of the URL map, so a new page is looked at from the day it has a route.
"""

import io
import re
import time
from datetime import timedelta

import pytest
from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.sync_api import Page, expect

from app.domain.bulk_changes import Change, Verb
from app.domain.jobs import Kind
from app.models import User
from app.services import clock
from app.services.bulk_changes import begin_change
from app.services.contributions import take_back
from app.services.dataset_versions import find_latest_version
from app.services.freezes import freeze
from app.services.imports import find_unfinished_import, stage_import
from app.services.jobs import enqueue, find_unfinished_job, get_job
from app.services.opinions import ask_for_opinion
from app.services.skills import get_skill_by_slug
from app.services.training_example_lists import EVERYTHING
from app.services.transactions import reading, writing
from app.services.user_administration import Operator, make_password_link
from app.services.users import get_user_by_email
from tests.support.factories import capture, make_example, make_skill, make_user
from tests.support.versions import approve

pytestmark = pytest.mark.browser

PEOPLE = {
    "anonymous": None,
    "the author": "amara.okafor@goldset.example",
    "an administrator": "ingrid.solheim@goldset.example",
}
SLUG = "ticket-triage"
NOT_PAGES = {
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
    "api.get_change",
    "api.get_examples",
    "api.get_datasets",
    "api.get_dataset",
    "api.get_dataset_examples",
    "api.get_erasures",
    "api.get_import",
    "api.get_imports",
    "api.get_import_rows",
    "api.nothing_here",
    "machines.refuse_stream",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# No rule of these needs axe to fetch the style sheets once more.
HOW = {"resultTypes": ["violations"], "preload": False}
ALL_RULES = {**HOW, "runOnly": {"type": "tag", "values": TAGS}}
# The other scheme changes colours, the other width sizes, and neither what there is: nothing is only for wide windows.
LOOK_RULES = {
    **HOW,
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
    },
}
LOOKS = [(390, "dark", ALL_RULES), (1280, "light", LOOK_RULES)]
# Many addresses show the same page, such as that there is nothing for this person: it is looked at once.
ADDRESSES = re.compile(r'(?<= )(?:href|action|value|nonce|hx-[a-z-]+)="[^"]*"')
# Who is signed in shows around every page of theirs alike: of what others have seen, a first one is looked at.
SEEN_BY_ANYBODY: set[str] = set()
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def complaints(page: Page, where: str) -> list[str]:
    """Return what is wrong with the page as it stands now, in every look."""
    found: list[str] = []
    page.evaluate(AXE)
    for width, scheme, rules in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        look = f"{where}, {scheme}, {width} px"
        for violation in page.evaluate("options => axe.run(options)", rules)["violations"]:
            targets = [str(node["target"]) for node in violation["nodes"]]
            found.append(f"{look}: {violation['id']} ({violation['help']}): {', '.join(targets[:3])}")
        if (too_wide := page.evaluate(SIDEWAYS)) > 0:
            found.append(f"{look}: scrolls sideways by {too_wide} px")
    return found


def paths_of_all_pages(site) -> list[str]:
    """Return an address for every page that the URL map knows, and for the pages that say what is not there."""
    ((example_id,),) = site.server.query(
        "SELECT max(f.id) FROM skill_feedback f JOIN skills s ON s.id = f.skill_id "
        "WHERE s.slug = ? AND feedback_type = 'training_example'",
        SLUG,
    )
    ((suggestion_id,),) = site.server.query(
        "SELECT max(f.id) FROM skill_feedback f JOIN skills s ON s.id = f.skill_id "
        "WHERE s.slug = ? AND feedback_type = 'suggestion' AND suggested_content LIKE '---%'",
        SLUG,
    )
    with site.app.app_context():
        somebody = make_user()
        token = make_password_link(Operator.COMMAND_LINE, user_id=somebody.id).token
        asked_by = make_user()
        asked_about = make_example(make_skill(asked_by), source="usage_capture", status="pending")
        opinion = ask_for_opinion(asked_by, example_id=asked_about.id, email=PEOPLE["the author"])
        done, under_way = freeze_versions(site)
        changed = change_many()
        arguments = {
            "slug": SLUG,
            "example_id": example_id,
            "token": token,
            "suggestion_id": suggestion_id,
            "number": 1,
            "user_id": somebody.id,
            "opinion_id": opinion.id,
            "job_id": under_way,
            "import_id": bring_in_file(),
        }
    with site.app.test_request_context():
        urls = site.app.create_url_adapter(None) or site.app.url_map.bind("")
        return (
            [
                urls.build(rule.endpoint, {name: arguments[name] for name in rule.arguments})
                for rule in site.app.url_map.iter_rules()
                if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_PAGES
            ]
            + ["/nowhere", f"/skills/{SLUG}/training-data?q=nowhere", "/?q=nowhere"]
            + [
                f"/jobs/{done}",
                f"/jobs/{changed}",
                f"/skills/{SLUG}/training-data/versions/2",
                f"/skills/{SLUG}/training-data/versions/1?split=test",
                f"/skills/{SLUG}/training-data/export?version=2&split=train",
            ]
            + [
                "/admin/users?q=nowhere",
                "/admin/audit?action=nowhere",
                "/admin/audit?from=nowhere&subject_id=x",
            ]
        )


def freeze_versions(site) -> tuple[int, int]:
    """Let the skill have two versions that differ, one of which lost a row, and a job that stays under way; return
    the numbers of a job that is done and of that one."""
    skill, author = get_skill_by_slug(SLUG), get_user_by_email(PEOPLE["the author"])
    while (latest := find_latest_version(skill.id)) is None or latest.number < 2:
        taken_back = approve(author, capture(skill, make_user(), "Asked and taken back", "Answered"))
        job = freeze(author, skill_id=skill.id, note="Looked at")
        wait_until_done(author, job.id)
        take_back(reading().get_one(User, taken_back.user_id), example_id=taken_back.id)
        make_example(skill)
    done = site.server.query("SELECT max(id) FROM jobs WHERE state = 'done'")[0][0]
    under_way = find_unfinished_job(skill.id, Kind.FREEZE)
    if under_way is None:
        under_way = enqueue(author, Kind.FREEZE, skill_id=skill.id, wanted={}, total=100)
    with writing():  # another worker's, for as long as anybody looks
        under_way.state, under_way.lease_token, under_way.progress = "running", "t" * 32, 40
        under_way.leased_until = clock.now() + timedelta(days=1)
    return done, under_way.id


def bring_in_file() -> int:
    """Let the skill have an import that is ready, with rows of every kind, and return its number."""
    skill, author = get_skill_by_slug(SLUG), get_user_by_email(PEOPLE["the author"])
    if found := find_unfinished_import(skill.id):
        return found.id
    file = io.BytesIO(b'{"input": "", "output": "x"}\n' + b'{"input": "New", "output": "x"}\n' * 2 + b"{broken\n")
    made = stage_import(author, skill_id=skill.id, file=file, file_name="rows.jsonl")
    wait_until_done(author, made.job_id)
    return made.id


def change_many() -> int:
    """Tag the skill's examples, and return the number of the job, which can be undone."""
    skill, author = get_skill_by_slug(SLUG), get_user_by_email(PEOPLE["the author"])
    job = begin_change(author, skill_id=skill.id, change=Change(Verb.TAG, f"tag {make_user().id}"), wanted=EVERYTHING)
    wait_until_done(author, job.id)
    return job.id


def wait_until_done(author, job_id) -> None:
    """Return when the server has done the job, or when a minute is over."""
    for _ in range(600):
        if get_job(author, job_id).state == "done":
            return
        reading().rollback()
        reading().expire_all()
        time.sleep(0.1)
    raise AssertionError(f"the job is {get_job(author, job_id).state}")


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_has_anything_to_complain_of(windows, site, who):
    page = windows.open(site, user=PEOPLE[who])
    found, looked_at = [], 0
    for path in paths_of_all_pages(site):
        page.goto(path)
        made_of = ADDRESSES.sub("", page.locator("main").inner_html())
        if made_of not in SEEN_BY_ANYBODY or not looked_at:
            SEEN_BY_ANYBODY.add(made_of)
            looked_at += 1
            found += complaints(page, f"{path} as {who}")

    assert looked_at >= 7
    assert found == []


def test_an_open_edit_row_with_faults_and_an_open_question_are_fine(author, stage):
    edited, deleted = stage.add("To be edited"), stage.add("To be deleted\n" * 40, "With password=[PASSWORD_1]")
    stage.add("Captured", source="usage_capture", status="pending")
    author.goto(f"{stage.tab}?status=all")
    author.locator("summary").first.click()
    author.get_by_role("button", name="Add example").click()
    author.get_by_role("link", name=f"Edit example {edited}").click()
    author.locator(f"#example_input-{edited}").fill("")
    author.get_by_role("button", name=f"Save example {edited}").click()
    expect(author.locator(f"#training-example-{edited} .error")).to_be_visible()
    unfolded = complaints(author, "errors, an edit row and an unfolded text")

    author.get_by_role("link", name=f"Delete example {deleted}").click()
    expect(author.get_by_role("form", name=f"Delete example {deleted}")).to_be_visible()

    assert unfolded + complaints(author, "errors, an edit row and a question") == []
    assert author.locator(".error").count() == 3


def test_a_duplicate_a_stale_edit_and_messages_are_fine(author, stage):
    existing = stage.add("The same", "As ever")
    author.goto(stage.tab)
    author.get_by_role("link", name=f"Edit example {existing}").click()
    expect(author.locator(f"#example_input-{existing}")).to_be_focused()
    # The browser gives the focus, and htmx once more a moment later: whoever is quicker than that would lose it again.
    expect(author.locator(f"#training-example-{existing}")).not_to_have_class(re.compile("htmx-added"))
    stage.edit(existing, "The same", "As ever, changed")
    author.locator("#example_input").fill("The same")
    author.locator("#example_output").fill("As ever, changed")
    author.get_by_role("button", name="Add example").click()
    expect(author.get_by_role("link", name=f"See example {existing}")).to_be_visible()
    author.get_by_role("button", name=f"Save example {existing}").click()
    expect(author.locator(".stale")).to_be_visible()
    author.context.clear_cookies()
    author.get_by_role("button", name="Add example").click()
    expect(author.locator("#messages")).to_contain_text("You are signed out")
    expect(author.locator("#live-status")).to_contain_text("You are signed out")

    assert complaints(author, "a duplicate, a stale edit and messages") == []


def test_texts_without_a_place_to_break_do_not_widen_the_page(windows, stage):
    stage.add("x" * 500, "\t" * 40 + "https://example.com/" + "y" * 500)
    viewer = windows.open(stage.site, stage.tab)

    assert complaints(viewer, "unbroken texts") == []


def test_the_page_of_somebody_signed_out_while_typing_is_fine(windows, stage):
    page = windows.open(stage.site, stage.tab, user=stage.author, java_script_enabled=False)
    page.locator("#example_input").fill("Typed before " * 20)
    page.context.clear_cookies()
    page.get_by_role("button", name="Add example").click()
    html = page.content()

    shown = windows.open(stage.site)
    shown.route("**/shown", lambda route: route.fulfill(body=html, content_type="text/html"))
    shown.goto("/shown")

    expect(shown.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert complaints(shown, "signed out while typing") == []


def test_the_inspection_notices_what_is_wrong(windows, site):
    page = windows.open(site, "/")
    page.evaluate("""() => {
        document.querySelector("h1").remove();
        document.querySelector("main").insertAdjacentHTML("beforeend", '<input id="unlabelled"><a href="#x">x</a>');
        document.querySelector("main form").style.width = "2000px";
    }""")

    found = " ".join(complaints(page, "a page with faults"))

    for fault in ("label", "page-has-heading-one", "scrolls sideways"):
        assert fault in found
