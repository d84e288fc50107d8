"""A real browser on a real server: one of each for the session, a window with cookies of its own for each person.

Whatever a page does wrong where only the browser notices it (an error on the console, a refusal by the content security
policy, an exception) fails the test that had the page open. An answer that refuses a form is no such error.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from app import create_app
from app.extensions import db
from app.models import Skill, User
from app.services import training_examples
from app.services.demo import PASSWORD as DEMO_PASSWORD
from app.services.site_settings import get_site_settings
from app.services.transactions import writing
from tests.support.factories import PASSWORD, make_example, make_skill, make_user
from tests.support.server import Server, copy_instance

HELP = "Browser stories not run: install Chromium, on Debian `apt-get install chromium`."
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
REFUSALS = re.compile(r"Failed to load resource: the server responded with a status of (401|403|404|409|422) ")
PATIENCE_MS = 20_000
"""How long anything may take to show on a busy machine, before a test calls it missing."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        missing = pytest.fail if "browser" in os.environ.get("GOLDSET_REQUIRE", "").split(",") else pytest.skip
        missing(HELP)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Site:
    """A running server, and the same application in this process to arrange and to look at its data with."""

    def __init__(self, instance: Path, **settings: str) -> None:
        self.server = Server(instance, **settings).start()
        self.app: Flask = create_app({"TESTING": True, "GOLDSET_INSTANCE": str(instance)})

    @property
    def url(self) -> str:
        return self.server.url

    def end(self) -> None:
        self.server.end()
        with self.app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def site(browser: Browser, demo_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server that the stories share: it polls every second, has short pages, and lets people sign up."""
    folder = copy_instance(demo_instance, tmp_path_factory.mktemp("site") / "instance")
    site = Site(folder, GOLDSET_POLL_SECONDS="1", GOLDSET_PAGE_SIZE="5")
    with site.app.app_context(), writing():
        get_site_settings().open_sign_up = True
    yield site
    site.end()


@pytest.fixture
def own_site(windows: "Windows", demo_instance: Path, tmp_path: Path) -> Iterator[Site]:
    """A server for one test alone, with the settings it comes with; it ends when nobody looks at it any more."""
    site = Site(copy_instance(demo_instance, tmp_path / "instance"))
    yield site
    windows.close()
    site.end()


class Stage:
    """A skill of its own for one story, with its author, a viewer, and a hand that changes its examples elsewhere."""

    def __init__(self, site: Site) -> None:
        self.site = site
        with site.app.app_context():
            author = make_user("Ada Author")
            self.author = author.email
            self.viewer = make_user("Vera Viewer").email
            self.admin = make_user("Adam Admin", is_admin=True).email
            skill = make_skill(author)
            self.skill_id, self.author_id, self.slug = skill.id, author.id, skill.slug
        self.tab = f"/skills/{self.slug}/training-data"

    def add(self, example_input: str = "", example_output: str = "An output", **values: object) -> int:
        with self.site.app.app_context():
            skill = db.session.get(Skill, self.skill_id)
            return make_example(skill, example_input, example_output, **values).id

    def edit(self, example_id: int, example_input: str, example_output: str, *, revision: int = 1) -> None:
        with self.site.app.app_context():
            training_examples.edit_training_example(
                db.session.get(User, self.author_id),
                example_id=example_id,
                revision=revision,
                example_input=example_input,
                example_output=example_output,
            )

    def delete(self, example_id: int, *, revision: int = 1) -> None:
        with self.site.app.app_context():
            author = db.session.get(User, self.author_id)
            training_examples.delete_training_example(author, example_id=example_id, revision=revision)


@pytest.fixture
def stage(site: Site) -> Stage:
    return Stage(site)


@pytest.fixture
def own_stage(own_site: Site) -> Stage:
    return Stage(own_site)


class Windows:
    """Opens pages for people. `allowed` holds the beginnings of console errors that the story expects."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []
        self.allowed: list[str] = []

    def open(self, site: Site, path: str | None = None, *, user: str | None = None, **options: object) -> Page:
        """Return a page in a fresh browser context, signed in as `user` (an e-mail address; None: nobody)."""
        context = self.browser.new_context(base_url=site.url, **options)
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", self._listen)
        self.contexts.append(context)
        if user:
            sign_in(context, user)
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    def close(self) -> None:
        """Close every page; what a server's end does to an open one is not the page's fault."""
        while self.contexts:
            self.contexts.pop().close()

    def unexpected_faults(self) -> list[str]:
        return [fault for fault in self.faults if not fault.startswith(tuple(self.allowed))]

    def _listen(self, page: Page) -> None:
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.faults.append(f"exception: {error}"))

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not REFUSALS.match(message.text):
            self.faults.append(message.text)


def sign_in(context: BrowserContext, email: str) -> None:
    """Sign in through the form, without showing it: the cookie lands in the browser's own jar."""
    form = context.request.get("/login").text()
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token is not None
    password = DEMO_PASSWORD if email.endswith("goldset.example") else PASSWORD
    answer = context.request.post(
        "/login", form={"csrf_token": token[1], "email": email, "password": password}, max_redirects=0
    )
    assert answer.status == 303


@pytest.fixture
def windows(browser: Browser) -> Iterator[Windows]:
    windows = Windows(browser)
    yield windows
    windows.close()
    assert windows.unexpected_faults() == []


@pytest.fixture
def author(windows: Windows, stage: Stage) -> Page:
    """The author, with nothing open yet."""
    return windows.open(stage.site, user=stage.author)


@pytest.fixture
def signing_in() -> Callable[[BrowserContext, str], None]:
    return sign_in
