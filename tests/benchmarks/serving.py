"""A server as docs/install.md starts it, on loopback: several files uploaded at once, and somebody else who reads."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path

from tests.hostile import KINDS, SHAPES, nested_tables

ROOT = Path(__file__).resolve().parent.parent.parent
WORKERS = ["--workers", "2", "--threads", "8"]
BETWEEN = 0.2  # seconds between two pages of the other person
TOKEN = "a" * 32
ANSWER = re.compile(r"\d+ recommendations? found|Which column[^<]*|error-message\"[^>]*>(?:<[^>]*>[^<]*</[^>]*>)?\s*[^<]*")  # noqa: E501
PAGE = "/accessibility/"
MAKE = """
import os, django
django.setup()
from django.core.management import call_command
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from tests.factories import make_person
call_command("setup", verbosity=0, stdout=open(os.devnull, "w"))
person = make_person("manager", email="manager@people.example")
session = SessionStore()
session.update({"_auth_user_id": str(person.pk), "_auth_user_backend": settings.AUTHENTICATION_BACKENDS[0],
                "_auth_user_hash": person.get_session_auth_hash()})
session.save()
print("session", session.session_key)
"""


def ordinary(kind: str) -> bytes:
    """A report of some 50 pages: the real one in print or in Word, or its text again with other numbers."""
    samples = os.environ.get("KRSCP_SAMPLES")
    if samples and kind in ("pdf", "docx"):
        return (Path(samples) / {"pdf": "seed_krscp.pdf", "docx": "seed_krscp_typed.docx"}[kind]).read_bytes()
    text = (ROOT / "fixtures" / "isr-2021.md").read_text(encoding="utf-8")
    paragraphs = [one.replace("\n", " ").replace("*", "") for one in text.split("\n\n")]
    return text.encode() if kind == "md" else KINDS[kind]([one for one in paragraphs if one.isascii()])


def hostile() -> dict[str, tuple[str, bytes]]:
    """Name and bytes of the files that are uploaded at once."""
    shared = SHAPES["many shared paragraphs"](300)
    return {
        "one paragraph of 2 MB": ("a.docx", KINDS["docx"](SHAPES["and"](500_000))),
        "see recommendation, 170 kB": ("b.md", KINDS["md"](SHAPES["see recommendation 1"](8_000))),
        "nested tables": ("c.docx", nested_tables(70)),
        "references": ("d.txt", KINDS["txt"](SHAPES["many references"](300))),
        "shared paragraphs": ("e.md", KINDS["md"](shared)),
        "pages of full stops": ("f.pdf", KINDS["pdf"](SHAPES["full stops"](200_000))),
        "a list of 300": ("g.csv", KINDS["csv"](["a " * 4_500] * 299)),
        "a workbook": ("h.xlsx", KINDS["xlsx"](["and " * 5_000] * 9_000)),
    }


class Server:
    """gunicorn on a free port, with a scratch database and somebody signed in."""

    def __init__(self, folder: str) -> None:
        self.environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/scratch.sqlite3", "DJANGO_SETTINGS_MODULE": "krscp.settings",
        }  # fmt: skip
        made = subprocess.run(
            [sys.executable, "-c", MAKE], cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        found = re.search(r"session (\w+)", made.stdout)
        assert found
        self.cookie = found[1]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def __enter__(self) -> "Server":
        bound = ["krscp.wsgi", "--bind", f"127.0.0.1:{self.port}", *WORKERS, "--no-control-socket"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *bound], cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL
        )
        while True:
            try:
                self.get(PAGE)
                return self
            except OSError:
                time.sleep(BETWEEN)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()

    def get(self, path: str, data: bytes | None = None, **headers: str) -> str:
        cookies = f"sessionid={self.cookie}; csrftoken={TOKEN}"
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data, {"Cookie": cookies} | headers
        )
        with urllib.request.urlopen(asked, timeout=300) as answer:  # noqa: S310
            return answer.read().decode()

    def upload(self, name: str, data: bytes) -> str:
        """What the page says: how many were found, or what is wrong."""
        mark = uuid.uuid4().hex
        typed = {"published": "2026", "code": f"c-{mark[:8]}", "token": str(uuid.uuid4()), "csrfmiddlewaretoken": TOKEN}
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in typed.items()]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + data + f"\r\n--{mark}--\r\n".encode()
        page = self.get("/import/", body, **{"Content-Type": f"multipart/form-data; boundary={mark}"})
        found = ANSWER.search(page)
        return re.sub(r".*>\s*", "", found[0]) if found else "?"

    def processor(self) -> float:
        """Seconds of processor that the workers have used so far, without their children."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ticks = [Path(f"/proc/{one}/stat").read_text().rpartition(") ")[2].split()[11:13] for one in listed]
        return sum(int(user) + int(system) for user, system in ticks) / os.sysconf("SC_CLK_TCK")


def together(server: Server, files: list[tuple[str, str, bytes]], write: Callable[[str], None]) -> None:
    """All files at once, and pages meanwhile: what each upload was answered, and the longest that a page took."""
    pages: list[float] = []
    answers: dict[str, str] = {}
    before, start = server.processor(), time.monotonic()

    def one(label: str, name: str, data: bytes) -> None:
        begun = time.monotonic()
        answers[label] = f"{server.upload(name, data)} | {time.monotonic() - begun:.1f}"

    senders = [threading.Thread(target=one, args=file) for file in files]
    for sender in senders:
        sender.start()
    while any(sender.is_alive() for sender in senders):
        begun = time.monotonic()
        server.get(PAGE)
        pages.append(time.monotonic() - begun)
        time.sleep(BETWEEN)
    for label, answer in answers.items():
        write(f"| {label} | {answer} |\n")
    spent = server.processor() - before
    write(
        f"| *together* | {len(files)} files; {spent:.1f} s of processor in the workers; slowest of {len(pages)} pages "
        f"{max(pages):.2f} s | {time.monotonic() - start:.1f} |\n"
    )


def serve(write: Callable[[str], None]) -> None:
    """Each hostile file alone, then four at once, then six ordinary reports at once."""
    with tempfile.TemporaryDirectory() as folder, Server(folder) as server:
        write("| uploaded | answer | seconds on the clock |\n|---|---|---|\n")
        files = [(label, *file) for label, file in hostile().items()]
        for file in files:
            together(server, [file], write)
        together(server, files[:4], write)
        kinds = ["pdf", "docx", "md"] * 2
        six = [(f"ordinary {at}, {kind}", f"r.{kind}", ordinary(kind)) for at, kind in enumerate(kinds, 1)]
        together(server, six, write)
