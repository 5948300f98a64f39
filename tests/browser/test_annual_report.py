"""The Manager makes the annual report's tables; and tables are copied with headings and borders, or as plain text."""

import io
import re
import uuid

import docx
import pytest

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status
from recommendations.services import completion
from tests.browser.conftest import SIDEWAYS
from tests.browser.test_main_path import download
from tests.conftest import cast_member
from tests.factories import decide, say, the_part

READ_BACK = """async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type) => (await item.getType(type)).text();
    return [await read("text/html"), await read("text/plain")];
}"""
INSIDE = "Math.max(...[...document.querySelectorAll('.app-table__scroll')].map(e => e.scrollWidth - e.clientWidth))"
REFUSES = "() => { document.execCommand = () => false; }"
NOT_SHOWN = "[data-copy-table]:not([hidden])"


def pasted(visitor) -> list[str]:
    """What another page finds in the clipboard: markup, and plain text."""
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader = visitor.page.context.new_page()
    reader.goto(f"{visitor.base}/accessibility/")
    return reader.evaluate(READ_BACK)


@pytest.fixture
def a_little(loaded) -> None:
    """Something said, and something decided."""
    say(the_part("25"), cast_member("vca_cochair1"), Status.OFF_TRACK, why_slipped="The analyst left")
    decide(the_part("21"), cast_member("slg_member"), DecisionKind.NOT_ACCEPT)


def dates(visitor) -> None:
    """A period of today alone: records begin today."""
    day = clock.today()
    for name in ("period_from", "period_to"):
        visitor.date(name, str(day.day), str(day.month), str(day.year))


@pytest.mark.parametrize(("size", "javascript"), [("wide", True), ("phone", False)])
def test_the_tables_are_in_word_after_four_clicks(a_little, visit, size, javascript):
    manager = visit("manager", size, javascript).open("/annual-report/").is_sound()
    manager.open("/").clicks = 0
    if size == "phone" and javascript:
        manager.press("Menu")
    manager.click("Annual report").sees("Which sections?")
    dates(manager)
    manager.press("Build report").sees("Little or no progress, with reasons", "36 have no priority").is_sound()
    manager.clicks += 1
    document = docx.Document(io.BytesIO(download(manager, "Word")))
    assert manager.clicks <= 4
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("The analyst left" in text for text in cells)
    assert "Progress by priority" in [one.text for one in document.paragraphs]
    assert manager.page.locator(NOT_SHOWN).count() == (manager.page.locator("table").count() if javascript else 0)


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_the_page_does_not_scroll_sideways_however_long_a_link_is(a_little, visit, width):
    propose_with(f"https://example.org/minutes/{'of-the-partnership-' * 20}")
    manager = visit("manager").open("/annual-report/")
    dates(manager)
    manager.press("Build report").sees("of-the-partnership-")
    manager.page.set_viewport_size({"width": width, "height": 700})
    assert manager.page.evaluate(SIDEWAYS) == 0
    if width < 600:
        assert manager.page.evaluate(INSIDE) == 0


def propose_with(link: str) -> None:
    part = the_part("30")
    proof = completion.Proof(title="Minutes", shows="That it was agreed", link=link)
    children = completion.ForChildren(Difference.EVIDENCED, "Fewer wait", None)
    told = {"done": "It was done", "proof": proof, "for_children": children, "version": part.version}
    completion.propose_completion(part=part, token=uuid.uuid4(), by=cast_member("qi_cochair"), **told)


def test_one_table_is_taken_as_one_csv_file(a_little, visit):
    manager = visit("manager").open("/annual-report/")
    dates(manager)
    manager.press("Build report").sees("Little or no progress, with reasons")
    text = download(manager, "CSV of this table: Little or no progress, with reasons").decode("utf-8-sig")
    assert text.startswith("Recommendation,Priority,Owner,")
    assert "The analyst left" in text


def test_the_builder_is_sound_with_errors_and_with_saved_reports(a_little, visit):
    manager = visit("manager").open("/annual-report/")
    dates(manager)
    manager.fill(title="").press("Build report").sees("There is a problem", "Enter a title").is_sound()
    manager.fill(title="Kept title").press("Build report").sees("Draft: the period ends on")
    manager.click("Change the choices").sees("Who chose what").is_sound()
    manager.open("/annual-report/").sees("Saved reports (1)").is_sound()
    manager.press("Run Kept title").sees("Draft: the period ends on")


def test_a_copied_table_keeps_headings_and_borders_and_has_plain_text_besides(a_little, visit):
    manager = visit("manager").open("/recommendations/?q=audit")
    manager.press("Copy for Word").sees("Copied")
    markup, text = pasted(manager)
    assert re.search(r"<th[^>]*border: 1px solid[^>]*>", markup)
    assert "border-collapse: collapse" in markup
    assert 'scope="col"' in markup
    assert re.search(r'<a href="http://[^"]+/isr-2021/25/"', markup)
    assert "class=" not in markup
    head, *lines = text.split("\n")
    assert head.split("\t") == ["No. and short title", "Status", "Owner", "Due", "Flags"]
    found = next(line for line in lines if line.startswith("25 Audit"))
    assert "■ Off track" in found.split("\t")[1]
    assert all(line.count("\t") == 4 for line in lines)


def test_buttons_and_what_is_only_heard_are_not_copied_and_hidden_captions_are(a_little, visit):
    chair = visit("vca_cochair1").open("/")
    chair.press("Copy for Word Needs you, worst first").sees("Copied")
    markup, text = pasted(chair)
    assert "Needs you, worst first</caption>" in markup
    assert "<button" not in markup
    assert "Update" not in text.split("\n")[1]


def test_where_the_rich_clipboard_is_refused_the_table_is_copied_as_text(a_little, visit):
    manager = visit("manager")
    manager.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    manager.open("/recommendations/?q=audit").page.evaluate(REFUSES)
    manager.press("Copy for Word").sees("Copied as text")
    assert manager.page.evaluate("navigator.clipboard.readText()").startswith("No. and short title\tStatus")
