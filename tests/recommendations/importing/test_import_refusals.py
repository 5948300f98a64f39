"""Files that harm or cannot be read: one sentence that says what to do, soon, and nothing else."""

import io
import json
import os
import subprocess
import sys
import zipfile
import zlib

import pytest
from django.conf import settings

from recommendations.importing.ask_child import report_in
from recommendations.importing.problems import ImportProblem
from recommendations.importing.reading import read_upload
from tests.files import bound, down, pdf, with_part, word
from tests.work import few_calls

pytestmark = pytest.mark.own_process
CALLS = 200_000  # in this process
LOCK = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (b"41" * 32, b"42" * 32)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)


def good_word() -> bytes:
    return word(lambda document: document.add_paragraph("Recommendation 1: The board should meet."))


def good_pdf() -> bytes:
    return pdf(down(["Recommendation 1: The board should meet."] * 40))


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


def bomb() -> bytes:
    """A small archive that unfolds to 200 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w") as part:
            for _ in range(200):
                part.write(bytes(1024 * 1024))
    return out.getvalue()


def laughs(xml: bytes) -> bytes:
    entities = b'<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + place, b"&%c;" % (97 + place) * 10) for place in range(10)
    )
    head, tail = xml.split(b"?>", 1)
    return head + b"?><!DOCTYPE x [" + entities + b"]>" + tail.replace(b"The board", b"&k;")


def unfolding_pdf() -> bytes:
    """A page whose content unfolds to 200 MB."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b"q " * 512 * 1024) for _ in range(100)) + packer.flush()
    return bound(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    )


def many_pages() -> bytes:
    kids = b"3 0 R " * 3000
    return bound(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count 3000 >>" % kids,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>",
        ]
    )


BAD = {
    "empty.docx": (lambda: b"", "is empty"),
    "empty.pdf": (lambda: b"", "is empty"),
    "cut-off.docx": (lambda: good_word()[:-4000], "damaged or incomplete"),
    "cut-off.pdf": (lambda: good_pdf()[:-200], "damaged or incomplete"),
    "only-a-beginning.pdf": (lambda: b"%PDF-1.7\n%%EOF", "damaged or incomplete"),
    "rubbish.pdf": (lambda: bytes(range(256)) * 50, "damaged or incomplete"),
    "rubbish.docx": (lambda: bytes(range(256)) * 50, "damaged or incomplete"),
    "locked.pdf": (lambda: bound([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Kids [] /Count 0 >>"], LOCK), "password"),
    "locked.docx": (lambda: OLD, "password or of the old .doc kind. Open it in Word, save it as .docx"),
    "old.pdf": (lambda: OLD, "called .pdf but holds an old Word file"),
    "pictures.pdf": (lambda: pdf([], []), "pictures of pages, not text"),
    "word.pdf": (good_word, "called .pdf but holds a Word document. Rename it to .docx and try again."),
    "word.md": (good_word, "called .md but holds a Word document. Rename it to .docx"),
    "pdf.docx": (good_pdf, "called .docx but holds a PDF. Rename it to .pdf"),
    "text.docx": (lambda: b"Recommendation 1: Meet.", "called .docx but holds plain text. Rename it to .txt"),
    "text.pdf": (lambda: b"Recommendation 1: Meet.", "called .pdf but holds plain text. Rename it to .txt"),
    "rich.docx": (lambda: b"{\\rtf1 Recommendation 1: Meet.}", "holds rich text. Open it in Word"),
    "sheet.docx": (lambda: zipped(**{"[Content_Types]": b"<a/>", "xl__workbook": b"<a/>"}), "not a Word document"),
    "archive.docx": (lambda: zipped(a=b"<a/>"), "ZIP archive, not a Word document"),
    "no-body.docx": (lambda: zipped(**{"[Content_Types]": b"<a/>", "word__x": b"<a/>"}), "damaged or incomplete"),
    "bomb.docx": (bomb, "holds too much to read"),
    "laughs.docx": (lambda: with_part(good_word(), "word/document.xml", laughs), "instructions that a report has no"),
    "deep.docx": (lambda: with_part(good_word(), "word/document.xml", lambda _: b"<a>" * 90_000), "damaged"),
    "unfolding.pdf": (unfolding_pdf, "takes too long to read|pictures of pages"),
    "pages.pdf": (many_pages, "too long or too complicated"),
    "large.docx": (lambda: b"PK\x03\x04" + bytes(50 * 1024 * 1024), "larger than 20 MB"),
    "large.pdf": (lambda: b"%PDF-1.7" + bytes(50 * 1024 * 1024), "larger than 20 MB"),
    "notes.md": (lambda: b"[^1]: Minutes.", "No recommendation was found"),
    "lines.md": (lambda: b"| a | b |\n" * 2_000_000, "more text than a report does"),
    "one-line.txt": (lambda: b"a " * 4_000_000, "more text than a report does"),
    "nothing.docx": (lambda: word(lambda document: document.add_paragraph("Minutes.")), "No recommendation was found"),
    "nothing.pdf": (lambda: pdf(down(["These are the minutes of the board."])), "No recommendation was found"),
}

HARMFUL = {"bomb.docx", "laughs.docx", "deep.docx", "unfolding.pdf", "pages.pdf", "lines.md", "one-line.txt"}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_soon_and_in_plain_words(name):
    make, message = BAD[name]
    data = make()
    with few_calls(CALLS), pytest.raises(ImportProblem, match=message):
        report_in(name, data) if name in HARMFUL else read_upload(name, data)


@pytest.mark.parametrize("name", ["bomb.docx", "laughs.docx", "unfolding.pdf", "word.pdf", "large.pdf"])
def test_command_says_it_in_one_line_with_bounded_memory(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(BAD[name][0]())
    watched = (
        "import resource, runpy, sys\n"
        "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,"
        " resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = (
        f"import sys; sys.argv = {[str(settings.BASE_DIR / 'manage.py'), 'import_report', str(path), '--preview']}"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{command}\n{watched}"], capture_output=True, text=True, check=False,
        cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/none"},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: ")
    assert len(done.stderr.strip().splitlines()) == 1
    assert max(int(kilobytes) for kilobytes in done.stdout.split()) < 800_000


def test_windows_text_is_read_and_shown_whole(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes("Recommendation 1: The board’s “plan” – £5.".encode("cp1252"))
    done = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "import_report", path, "--preview", "--format", "json"],
        capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["recommendations"][0]["text"] == "The board’s “plan” – £5."
