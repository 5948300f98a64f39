"""Judges an uploaded workbook before anything parses it: its size unpacked, what it really is, no XML entities."""

import io
import re
import zipfile

from recommendations.importing.problems import ImportProblem

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_UNPACKED = 50 * MEGABYTE
MAX_RATIO = 200  # unpacked to packed, of anything larger than a megabyte; Excel's own stay below 40
MAX_PARTS = 1000
CHUNK = 256 * 1024

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
OVERLAP = max(map(len, FORBIDDEN)) - 1
# Any other could hide what is forbidden from a search for its bytes.
ENCODING = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.-]{1,40})[\"']")
PLAIN_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # how XML in UTF-16 begins, which no workbook uses

# What parsing costs is reckoned from what is counted: some 40 microseconds for a cell, 100 for a format.
CELL = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?c[\s/>]")
ROW = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?row[\s/>]")
FORMAT = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?(?:xf|dxf|font|fill|border|cellStyle|numFmt|definedName)[\s/>]")
MAX_CELLS, MAX_ROW_TAGS, MAX_TAGS, MAX_OTHER_TAGS = 100_000, 30_000, 400_000, 20_000

SAVE_AS = "Open it in Excel, choose Save As and “Excel Workbook (.xlsx)”, and upload that"
TOO_LARGE = f"The selected file must be smaller than {MAX_BYTES // MEGABYTE}MB"
NOT_EXCEL = f"The selected file is not an Excel workbook, whatever its name says. {SAVE_AS}"
DAMAGED = f"The workbook cannot be read: the file is damaged. {SAVE_AS}"
UNPACKS_TOO_LARGE = "The workbook is too large when it is unpacked. Copy the rows into a new workbook and upload that"
TOO_MANY_CELLS = f"The workbook must have {MAX_CELLS:,} filled cells or fewer. Copy the rows into a new workbook"
TOO_MUCH_FORMAT = "The workbook has too much formatting to be read. Copy the rows into a new workbook and upload that"
WITH_ENTITIES = f"The workbook holds instructions that no workbook needs, so it is not opened. {SAVE_AS}"
KINDS = {
    "word/document.xml": "The selected file is a Word document. Upload the Excel workbook",
    "ppt/presentation.xml": "The selected file is a PowerPoint presentation. Upload the Excel workbook",
    "content.xml": f"The selected file is an OpenDocument file. {SAVE_AS}",
    "xl/workbook.bin": f"The selected file is a binary workbook (.xlsb). {SAVE_AS}",
    "xl/vbaProject.bin": f"The workbook holds macros. {SAVE_AS}",
}


def check_size(size: int) -> None:
    """Raises ImportProblem for what is empty or larger than an upload may be."""
    if size == 0:
        raise ImportProblem("The selected file is empty")
    if size > MAX_BYTES:
        raise ImportProblem(TOO_LARGE)


def check_workbook(data: bytes) -> None:
    """Raises ImportProblem, in plain words, for what is no workbook or must not be parsed."""
    check_size(len(data))
    if data.startswith(OLD_EXCEL):
        raise ImportProblem(_about_old_excel(data))
    if not data.startswith(b"PK"):
        raise ImportProblem(NOT_EXCEL)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _check_parts(parts)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError) as problem:
        raise ImportProblem(DAMAGED) from problem


def _about_old_excel(data: bytes) -> str:
    if ENCRYPTED in data:
        return "The workbook has a password. Take it off in Excel (File, Info, Protect Workbook) and upload it again"
    return f"The selected file is of an old kind (.xls). {SAVE_AS}"


def _check_parts(parts: zipfile.ZipFile) -> None:
    listed = parts.infolist()
    names = {part.filename for part in listed}
    for name, words in KINDS.items():
        if name in names:
            raise ImportProblem(words)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise ImportProblem(NOT_EXCEL)
    if any(part.flag_bits & 1 for part in listed):
        raise ImportProblem(DAMAGED)
    if len(listed) > MAX_PARTS or sum(part.file_size for part in listed) > MAX_UNPACKED:
        raise ImportProblem(UNPACKS_TOO_LARGE)
    for part in listed:
        if part.file_size > MEGABYTE and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise ImportProblem(UNPACKS_TOO_LARGE)
        _check_part(parts, part)


def _check_part(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Reads a part once, in pieces: no more of it is unpacked than it says it holds."""
    with parts.open(part) as opened:
        piece = opened.read(CHUNK)
        if piece.startswith(WIDE):
            raise ImportProblem(WITH_ENTITIES)
        if not piece.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            return  # a picture, or the settings of a printer
        _check_encoding(piece)
        counted = _Counted()
        before = b""
        while piece:
            if any(word in before + piece for word in FORBIDDEN):
                raise ImportProblem(WITH_ENTITIES)
            counted.add(piece)
            before, piece = piece[-OVERLAP:], opened.read(CHUNK)
        counted.check()


def _check_encoding(start: bytes) -> None:
    declared = ENCODING.search(start[:400])
    if declared and declared[1].lower() not in PLAIN_ENCODINGS:
        raise ImportProblem(WITH_ENTITIES)


class _Counted:
    """What a part makes its parser do, whatever the part is called."""

    def __init__(self) -> None:
        self.tags = self.cells = self.rows = self.formats = 0
        self.is_bulk = False

    def add(self, piece: bytes) -> None:
        self.tags += piece.count(b"<") - piece.count(b"</")
        self.cells += len(CELL.findall(piece))
        self.rows += len(ROW.findall(piece))
        self.formats += len(FORMAT.findall(piece))
        self.is_bulk = self.is_bulk or b"sheetData" in piece or b"sst" in piece
        self.check()

    def check(self) -> None:
        """Raises ImportProblem as soon as it is too much."""
        if self.cells > MAX_CELLS or self.rows > MAX_ROW_TAGS or self.tags > MAX_TAGS:
            raise ImportProblem(TOO_MANY_CELLS)
        if self.formats > MAX_OTHER_TAGS or (not self.is_bulk and self.tags > MAX_OTHER_TAGS):
            raise ImportProblem(TOO_MUCH_FORMAT)
