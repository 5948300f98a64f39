"""A real Chromium against a real server on loopback; nothing else can be reached."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.conftest import cast_member

# Without a screen the small one does the same in half the time.
PROGRAMS = filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser")))
CHROMIUM = os.environ.get("KRSCP_CHROMIUM") or next(PROGRAMS, None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
LOOPBACK_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
# axe ships the rule for target size switched off although WCAG 2.2 AA has it.
AXE = {
    "rules": {"target-size": {"enabled": True}, "td-has-header": {"enabled": True}}, "resultTypes": ["violations"],
    "preload": False,
}  # fmt: skip
COLOURS_KNOWN = AXE | {"rules": AXE["rules"] | {"color-contrast": {"enabled": False}}}  # the same at every size
RUN_AXE = "options => axe.run(options).then(found => ({violations: found.violations}))"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SIZES = {"wide": {"width": 1280, "height": 800}, "phone": {"width": 320, "height": 640}}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.own_process)
            item.add_marker(pytest.mark.no_cover)
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
        """On a desk and on a phone: nothing to scroll sideways for, and no fault that axe, a script, can find."""
        own = self.page.viewport_size
        if self.javascript:
            self.page.evaluate(AXE_SCRIPT)
            lost = self.page.locator("[data-copy-table][hidden]").count()
            assert lost == 0, f"{self.page.url} has {lost} buttons to copy a table that is not there"
        [other] = [size for size in SIZES.values() if size != own]
        self._is_sound_at(other, COLOURS_KNOWN)
        self._is_sound_at(own, AXE)
        return self

    def _is_sound_at(self, size: ViewportSize, options: dict) -> None:
        self.page.set_viewport_size(size)
        where = f"{self.page.url} at {size}"
        assert self.page.evaluate(SIDEWAYS) <= 0, f"{where} scrolls sideways"
        if self.javascript:
            found = AxeResults(self.page.evaluate(RUN_AXE, options))
            assert found.violations_count == 0, f"{where}\n{found.generate_report()}"


@pytest.fixture
def visit(chromium, live_server, loaded, sign_in) -> Iterator[Callable[..., Visitor]]:
    """`visit("manager", "phone")` is that member of the cast, signed in, in a browser of their own."""
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
            session = sign_in(cast_member(who)).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
            new.open("/")
        return new

    yield visitor
    for context in contexts:
        context.close()
    assert faults == []
