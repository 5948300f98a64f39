"""What a file holds, by its content: one that is called something else is refused with the name it should have."""

import io
import zipfile

from recommendations.importing.problems import ImportProblem

SAVE_AS_WORD = "Open it in Word, save it as .docx without a password and try again."
# How a kind of file begins, what it is, and what to do.
KINDS = (
    (b"PK\x03\x04", "a ZIP archive", "Choose the report itself."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file or one with a password", SAVE_AS_WORD),
    (b"{\\rtf", "rich text", "Open it in Word, save it as .docx and try again."),
    (b"\x89PNG", "a picture", "Choose the report itself."),
    (b"\xff\xd8\xff", "a picture", "Choose the report itself."),
)
WORD, PDF, TEXT = "a Word document", "a PDF", "plain text"
RENAMES = {WORD: ".docx", PDF: ".pdf", TEXT: ".txt"}
HEAD = 1024  # readers of PDF allow rubbish before the file's beginning
EXPECTED = {".docx": WORD, ".pdf": PDF}


def check_kind(extension: str, data: bytes) -> None:
    """Raises ImportProblem where the content is of another known kind than the extension says."""
    kind, remedy = kind_of(data)
    expected = EXPECTED.get(extension, TEXT)
    if kind in ("", expected):
        return
    if kind == "a ZIP archive" and expected == WORD:
        return  # its reader says what is wrong with it
    if kind.startswith("an old Word") and expected == WORD:
        raise ImportProblem(f"This Word file is protected with a password or of the old .doc kind. {remedy}")
    remedy = remedy or f"Rename it to {RENAMES[kind]} and try again."
    raise ImportProblem(f"This file is called {extension} but holds {kind}. {remedy}")


def kind_of(data: bytes) -> tuple[str, str]:
    """What the file holds and what to do with it; empty where nobody can tell."""
    if b"%PDF-" in data[:HEAD]:
        return PDF, ""
    if _is_word(data):
        return WORD, ""
    for beginning, kind, remedy in KINDS:
        if data.startswith(beginning):
            return kind, remedy
    return (TEXT, "") if _is_text(data[:4096]) else ("", "")


def _is_word(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return any(name.startswith("word/") for name in package.namelist())
    except Exception:  # whatever a broken archive makes zipfile raise
        return False


def _is_text(start: bytes) -> bool:
    """Whether bytes are clearly text. Those that are not may still be, in an encoding that its reader finds."""
    return bool(start.strip()) and all(byte > 31 or byte in b"\t\n\r\f" for byte in start)
