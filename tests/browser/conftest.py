"""A real Chromium against a real server on loopback; nothing else can be reached."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from subgroups.models import User
from tests.conftest import CAST
from tests.factories import PASSWORD, make_person

CHROMIUM = os.environ.get("KRSCP_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
LOOPBACK_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
# axe ships the rule for target size switched off although WCAG 2.2 AA has it.
AXE = {"rules": {"target-size": {"enabled": True}, "td-has-header": {"enabled": True}}}
SIZES = {"wide": {"width": 1280, "height": 800}, "phone": {"width": 320, "height": 640}}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="BROWSER TESTS DID NOT RUN: no Chromium on this machine"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop of its own in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, LOOPBACK_ONLY])
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One person's browser, with what a person would do in it."""

    page: Page
    base: str
    javascript: bool = True
    clicks: int = 0

    def open(self, path: str) -> "Visitor":
        self.page.goto(self.base + path)
        return self

    def click(self, name: str) -> "Visitor":
        """The first link or button of this name, as a person would find it."""
        self.clicks += 1
        page = self.page
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()
        page.wait_for_load_state()
        return self

    press = click

    def fill(self, **texts: str) -> "Visitor":
        for name, text in texts.items():
            self.page.fill(f"[name={name}]", text)
        return self

    def choose(self, name: str, value: str) -> "Visitor":
        self.clicks += 1
        self.page.check(f"[name={name}][value={value}]")
        return self

    def write(self, prefix: str, happened: str, following: str, day: str) -> "Visitor":
        """One row of a return: what happened, what is next and when."""
        boxes = {f"next_date_{box}": text for box, text in zip(("day", "month", "year"), day.split(), strict=True)}
        texts = {"what_happened": happened, "what_next": following, **boxes}
        return self.fill(**{f'"{prefix}-{name}"': text for name, text in texts.items()})

    def date(self, name: str, day: str, month: str, year: str) -> "Visitor":
        return self.fill(**{f"{name}_day": day, f"{name}_month": month, f"{name}_year": year})

    def sees(self, *words: str) -> "Visitor":
        """Waits for a page that is still on its way."""
        for word in words:
            expect(self.page.locator("body")).to_contain_text(word, use_inner_text=True)
        return self

    def sees_not(self, *words: str) -> "Visitor":
        shown = self.page.inner_text("main")
        for word in words:
            assert word not in shown, f"“{word}” is on {self.page.url}"
        return self

    def is_sound(self) -> "Visitor":
        """No accessibility fault that axe, itself a script, can find, and nothing to scroll sideways for."""
        if self.javascript:
            found = Axe().run(self.page, options=AXE)
            assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
            lost = self.page.locator("[data-copy-table][hidden]").count()
            assert lost == 0, f"{self.page.url} has {lost} buttons to copy a table that is not there"
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(overflow) <= 0, f"{self.page.url} scrolls sideways"
        return self


@pytest.fixture
def visit(chromium, live_server, loaded) -> Iterator[Callable[..., Visitor]]:
    """`visit("manager", "phone")` signs the member of the cast in, by the form, in a browser of their own."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def visitor(who: str | None = None, size: str = "wide", javascript: bool = True) -> Visitor:
        context = chromium.new_context(viewport=SIZES[size], java_script_enabled=javascript, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.set_default_timeout(10_000)
        new = Visitor(page, live_server.url, javascript)
        if who is not None:
            person = User.objects.filter(email=f"{who}@people.example").first()
            person = person or make_person(*CAST[who], email=f"{who}@people.example", name=who.replace("_", " "))
            new.open("/sign-in/").fill(login=person.email, password=PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url("**/")
        return new

    yield visitor
    for context in contexts:
        context.close()
    assert faults == []
