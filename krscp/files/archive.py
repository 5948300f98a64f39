"""A set of files with a manifest of their sizes and SHA-256: written to a folder or a zip, and read back with care."""

import hashlib
import json
import os
import shutil
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from django.conf import settings

from krscp import clock
from krscp.version import version

MANIFEST = "manifest.json"
CHUNK = 1_048_576
LONGEST_MANIFEST = 64_000_000  # bytes
MOST_SHRUNK = 300  # times, for files beyond LITTLE: a zip made to burst shrinks a thousandfold
LITTLE = 10_000_000  # bytes
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same content makes the same zip, whenever it is written


class BadArchive(ValueError):
    """It is not what was written: the message says what is wrong and names the file."""


class Folder:
    """Files below one folder. Links are not followed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> list[str]:
        found = [path for path in self.root.rglob("*") if path.is_symlink() or not path.is_dir()]
        return [path.relative_to(self.root).as_posix() for path in found]

    def size(self, name: str) -> int:
        path = self.root / name
        if path.is_symlink() or not path.is_file():
            raise BadArchive(f"{name} is no plain file.")
        return path.stat().st_size

    def reading(self, name: str) -> IO[bytes]:
        return (self.root / name).open("rb")

    def writing(self, name: str) -> IO[bytes]:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")


class Zip:
    """Files of one zip."""

    def __init__(self, file: ZipFile) -> None:
        self.file = file

    def names(self) -> list[str]:
        return [found.filename for found in self.file.infolist() if not found.is_dir()]

    def size(self, name: str) -> int:
        """Raises BadArchive for a link, and for what would burst."""
        found = self.file.getinfo(name)
        if stat.S_ISLNK(found.external_attr >> 16):
            raise BadArchive(f"{name} is no plain file.")
        if found.file_size > LITTLE and found.file_size > MOST_SHRUNK * max(found.compress_size, 1):
            raise BadArchive(f"{name} would unpack to {found.file_size:,} bytes, far more than such a file holds.")
        return found.file_size

    def reading(self, name: str) -> IO[bytes]:
        return self.file.open(name)

    def writing(self, name: str) -> IO[bytes]:
        entry = ZipInfo(name, EPOCH)
        entry.compress_type = ZIP_DEFLATED
        return self.file.open(entry, "w", force_zip64=True)


class ArchiveWriter:
    """Writes files one after another and, last, the manifest that vouches for them."""

    def __init__(self, place: Folder | Zip) -> None:
        self.place = place
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, pieces: Iterator[bytes] | list[bytes], **told: Any) -> None:
        """A file, piece by piece; `told` stands beside its size and hash in the manifest."""
        digest, size = hashlib.sha256(), 0
        with self.place.writing(name) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
        self.files[name] = {"bytes": size, "sha256": digest.hexdigest()} | told

    def finish(self, **told: Any) -> None:
        """The manifest: what the whole is, made when and by which version, how it is marked, then every file."""
        made = {"version": version(), "as_at": clock.now().isoformat(), "marking": settings.MARKING}
        manifest = told | made | {"files": dict(sorted(self.files.items()))}
        with self.place.writing(MANIFEST) as file:
            file.write(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n")


@contextmanager
def written(target: Path) -> Iterator[ArchiveWriter]:
    """A writer to a zip (a name that ends in .zip) or to a folder that is not there yet; nothing half-made stays.

    Only the account that writes it may read it. Raises FileExistsError when the target is there already.
    """
    if target.exists():
        raise FileExistsError(f"{target} is there already.")
    making = target.with_name(f"{target.name}.{os.getpid()}.partial")
    try:
        if target.suffix.lower() == ".zip":
            making.touch(mode=0o600)
            with ZipFile(making, "w") as file:
                yield ArchiveWriter(Zip(file))
        else:
            making.mkdir(mode=0o700)
            yield ArchiveWriter(Folder(making))
        making.rename(target)
    finally:
        if making.is_dir():
            shutil.rmtree(making)
        else:
            making.unlink(missing_ok=True)


@contextmanager
def opened(source: Path) -> Iterator["ArchiveReader"]:
    """A reader of a folder or a zip. Raises BadArchive."""
    if source.is_dir():
        yield ArchiveReader(Folder(source))
        return
    try:
        with ZipFile(source) as file:
            yield ArchiveReader(Zip(file))
    except FileNotFoundError as error:
        raise BadArchive(f"{source} is not there.") from error
    except BadZipFile as error:
        raise BadArchive(f"{source} is neither a folder nor a zip, or it is damaged ({error}).") from error


class ArchiveReader:
    """Reads what a Writer wrote, and nothing else: every name is known, every byte is as the manifest says."""

    def __init__(self, place: Folder | Zip) -> None:
        self.place = place
        names = place.names()
        _check_names(names)
        self.manifest = self._read_manifest(names)
        self.files: dict[str, dict[str, Any]] = self.manifest["files"]
        _check_complete(set(names) - {MANIFEST}, set(self.files))

    def _read_manifest(self, names: list[str]) -> dict[str, Any]:
        if MANIFEST not in names:
            raise BadArchive(f"{MANIFEST} is missing, so nothing says what this is.")
        if self.place.size(MANIFEST) > LONGEST_MANIFEST:
            raise BadArchive(f"{MANIFEST} is too long.")
        with self.place.reading(MANIFEST) as file:
            text = file.read(LONGEST_MANIFEST + 1)
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadArchive(f"{MANIFEST} cannot be read ({error}).") from error
        files = found.get("files") if isinstance(found, dict) else None
        if not isinstance(files, dict) or not all(isinstance(told, dict) for told in files.values()):
            raise BadArchive(f"{MANIFEST} does not say of each file how large it is and what its hash is.")
        return found

    def verify(self) -> None:
        """Every file's size and hash. Raises BadArchive for the first that differs."""
        for name, told in self.files.items():
            if self.place.size(name) != told.get("bytes"):
                raise BadArchive(f"{name} has another size than the manifest says.")
            if self._digest(name) != told.get("sha256"):
                raise BadArchive(f"{name} is not as it was written: its SHA-256 differs from the manifest.")

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        try:
            with self.place.reading(name) as file:
                while piece := file.read(CHUNK):
                    digest.update(piece)
        except (BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
            raise BadArchive(f"{name} cannot be read ({error}).") from error
        return digest.hexdigest()

    def lines(self, name: str) -> Iterator[bytes]:
        """A file line by line."""
        with self.place.reading(name) as file:
            yield from file

    def content(self, name: str) -> bytes:
        """A whole file. Raises BadArchive when there is none of that name."""
        if name not in self.files:
            raise BadArchive(f"{name} is missing.")
        with self.place.reading(name) as file:
            return file.read()


def _check_names(names: list[str]) -> None:
    """No name may leave the place it is read from, and none stands twice."""
    for name in names:
        parts = name.split("/")
        if not name or "\\" in name or ":" in name or "\0" in name or {"", ".", ".."} & set(parts):
            raise BadArchive(f"{name!r} is a name that such an export never holds.")
    if len(set(names)) != len(names):
        raise BadArchive("A file stands in it twice.")


def _check_complete(there: set[str], named: set[str]) -> None:
    if missing := sorted(named - there):
        raise BadArchive(f"{missing[0]} is missing.")
    if strange := sorted(there - named):
        raise BadArchive(f"{strange[0]} is not in the manifest.")
