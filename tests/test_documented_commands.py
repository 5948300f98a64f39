"""Every command line that the documents show can be typed as it stands."""

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
