"""Every command line that the documents show can be typed as it stands, and every module they name is there."""

import argparse
import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.BASE_DIR)
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "Makefile", ROOT / "Containerfile", *ROOT.glob(".ci/*")]
IN_A_LINE = re.compile(r"`([^`\n]*?manage\.py [^`\n]+)`")
ON_A_LINE = re.compile(r"^[^`|]*?manage\.py +[^\n`]+$", re.MULTILINE)
MODULE = re.compile(r"`([\w/.]+\.py)`")
BLOCK = re.compile(r"```.*?```", re.DOTALL)


def shown(path: Path) -> list[str]:
    """The command lines of a page: in backticks, in blocks, and of files that are run."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    if path.suffix != ".md":
        return ON_A_LINE.findall(text)
    blocks = BLOCK.findall(text)
    return [line for block in blocks for line in ON_A_LINE.findall(block)] + IN_A_LINE.findall(BLOCK.sub("", text))


LINES = sorted({(path.name, line.strip()) for path in PAGES for line in shown(path)})


def words_of(line: str) -> list[str]:
    """What comes after manage.py, up to a comment, a pipe or the next command."""
    after = re.sub(r"\$\([^)]*\)", "today", line.split("manage.py", 1)[1]).replace("[", "").replace("]", "").rstrip("'")
    return shlex.split(re.split(r"\s(?:\||>|&&|;|#)|;", after)[0], comments=True)


@pytest.mark.parametrize(("page", "line"), LINES)
def test_a_documented_command_line_is_understood(page, line, monkeypatch):
    def refuse(self, message):
        raise AssertionError(f"{page}: {line}: {message}")

    name, *arguments = words_of(line)
    assert name in get_commands(), f"{page}: {line}: there is no such command"
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    monkeypatch.setattr(argparse.ArgumentParser, "error", refuse)
    monkeypatch.setattr(type(parser), "error", refuse)
    parser.parse_args(arguments)


def test_the_documents_show_commands():
    assert {"setup", "invite", "send_reminders"} <= {words_of(line)[0] for _, line in LINES}


MODULES = sorted({
    (path.name, name)
    for path in [*PAGES, *ROOT.glob("docs/decisions/*.md")]
    for name in MODULE.findall(path.read_text(encoding="utf-8"))
})  # fmt: skip


@pytest.mark.parametrize(("page", "name"), MODULES)
def test_a_documented_module_is_there(page, name):
    assert any(("/", *path.parts)[-name.count("/") - 1 :] == tuple(name.split("/")) for path in modules()), page


def test_the_documents_name_modules():
    assert ("developers.md", "subgroups/permissions.py") in MODULES


def modules() -> list[Path]:
    rooms = ("krscp", "subgroups", "recommendations", "tests")
    return [Path("manage.py"), *(path.relative_to(ROOT) for room in rooms for path in (ROOT / room).rglob("*.py"))]
