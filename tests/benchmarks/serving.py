"""A server as docs/install.md starts it, on loopback: several files uploaded at once, and somebody else who reads."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.benchmarks.measured import peak
from tests.form_data import filled_in
from tests.hostile import KINDS, SHAPES, nested_tables
from tests.hostile_workbooks import SHAPES as WORKBOOKS
from tests.hostile_workbooks import rows_of


class Here(urllib.request.HTTPRedirectHandler):
    """Stays where a form was sent: the page that it leads on to is another request."""

    def http_error_302(self, req: Any, fp: Any, *_: Any) -> Any:
        return fp


ROOT = Path(__file__).resolve().parent.parent.parent
WORKERS = ["--workers", "2", "--threads", "12"]
BETWEEN = 0.2  # seconds between two pages of the other person
WARM = 30
TOKEN = "a" * 32
OPENER = urllib.request.build_opener(Here)
ANSWER = re.compile(r"\d+ recommendations? found|Match the columns|Mend these rows|Check what will change|error-message\"[^>]*>(?:<[^>]*>[^<]*</[^>]*>)?\s*[^<]*")  # noqa: E501
RETURN, LARGEST = "return.xlsx", 5_000  # the name by which it is known, and the pieces of each of its shapes
STEPS = ("upload", "match", "check", "change", "import")
PAGE = "/accessibility/"
MAKE = """
import os, django
django.setup()
from django.core.management import call_command
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from tests.factories import make_person, review_in
call_command("setup", verbosity=0, stdout=open(os.devnull, "w"))
manager, chair = (make_person(post, email=f"{post}@people.example") for post in ("manager", "vca-co-chair-1"))
print("return", "/reviews/" + review_in("collecting", manager).slug + "/returns/vca/")
for person in (manager, chair):
    session = SessionStore()
    session.update({"_auth_user_id": str(person.pk), "_auth_user_backend": settings.AUTHENTICATION_BACKENDS[0],
                    "_auth_user_hash": person.get_session_auth_hash()})
    session.save()
    print("session", session.session_key)
"""


def ordinary(kind: str) -> bytes:
    """A report of some 50 pages: the real one twice, which repeats its 36 recommendations."""
    text = (ROOT / "fixtures" / "isr-2021.md").read_text(encoding="utf-8").encode("cp1252", "ignore").decode("cp1252")
    return KINDS[kind](2 * [one if kind == "md" else one.replace("\n", " ") for one in text.split("\n\n")])


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


def returns(server: "Server") -> Iterator[tuple[str, bytes]]:
    """What the co-chair sends as the workbook of the return: its own, made hostile in each shape."""
    rows = rows_of(server.fetch(f"{server.place}workbook/"))
    for label, (times, make) in WORKBOOKS.items():
        yield label, make(rows, times * LARGEST)


def whole() -> dict[str, tuple[str, bytes]]:
    """Files of as much as may be imported, whose every page is asked for."""
    named = [f"Recommendation {at}: The {'VCA subgroup and Police ' * 500}" for at in range(300)]
    points = [f"Recommendation {at}: Do:" + "".join(f"\n- meet {day}" for day in range(9)) for at in range(300)]
    headings = [f"{'#' * (1 + at % 3)} On day {at}" for at in range(15_000)]
    paragraphs = [f"{at}. The board met." for at in range(1, 15_000)]
    return {
        "a list of 300": ("g.csv", KINDS["csv"](["a " * 4_500] * 299)),
        "shared paragraphs": ("e.md", KINDS["md"](SHAPES["many shared paragraphs"](300))),
        "bodies named 1,000 times each": ("i.md", KINDS["md"](named)),
        "2,700 points": ("j.md", KINDS["md"](points)),
        "15,000 paragraphs": ("k.md", KINDS["md"]([*paragraphs, *points])),
        "15,000 headings": ("l.md", KINDS["md"]([*headings, *points])),
        "an ordinary report": ("r.md", ordinary("md")),
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
        self.manager, self.chair = re.findall(r"session (\w+)", made.stdout)
        (self.place,) = re.findall(r"return (\S+)", made.stdout)
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
        return self.fetch(path, data, **headers).decode()

    def fetch(self, path: str, data: bytes | None = None, **headers: str) -> bytes:
        """A page or a file, as the co-chair for the return and as the Manager for the rest."""
        session = self.chair if path.startswith(self.place) else self.manager
        cookies = f"sessionid={session}; csrftoken={TOKEN}"
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data, {"Cookie": cookies} | headers
        )
        with OPENER.open(asked, timeout=300) as answer:
            return answer.read()

    def upload(self, name: str, data: bytes) -> str:
        """What the page says: how many were found, or what is wrong."""
        found = ANSWER.search(self.send(name, data))
        return re.sub(r".*>\s*", "", found[0]) if found else "?"

    def send(self, name: str, data: bytes) -> str:
        """The page that answers a file; the workbook of a return goes to the return."""
        mark = uuid.uuid4().hex
        typed = {"published": "2026", "code": f"c-{mark[:8]}", "token": str(uuid.uuid4()), "csrfmiddlewaretoken": TOKEN}
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in typed.items()]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + data + f"\r\n--{mark}--\r\n".encode()
        path = f"{self.place}upload/" if name == RETURN else "/import/"
        return self.get(path, body, **{"Content-Type": f"multipart/form-data; boundary={mark}"})

    @property
    def workers(self) -> list[str]:
        return Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()

    def memory(self) -> str:
        """The most that each worker has held so far."""
        return " and ".join(f"{peak(one):.0f}" for one in self.workers)

    def processor(self) -> float:
        """Seconds of processor that the workers have used so far, without their children."""
        ticks = [Path(f"/proc/{one}/stat").read_text().rpartition(") ")[2].split()[11:13] for one in self.workers]
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
        f"{max(pages):.2f} s; workers up to {server.memory()} MB | {time.monotonic() - start:.1f} |\n"
    )


def settle(server: Server, name: str, data: bytes) -> str:
    """Seconds of processor in the workers for each page of an import, one after another, until it is stored."""
    spent = dict.fromkeys(STEPS, "")

    def ask(step: str, page: str = "") -> str:
        typed = filled_in(SimpleNamespace(content=page.encode())) | {"do": step}
        before = server.processor()
        path = "/import/rows/" if step == "match" else "/import/"
        answer = server.get(path, urllib.parse.urlencode(typed).encode()) if page else server.send(name, data)
        spent[step] = f"{server.processor() - before:.1f}"
        return answer

    page = ask("upload")
    if "Match the columns" in page:
        page = ask("match", page)
    page = ask("check", page)
    ask("change", page)
    ask("import", page)
    return " | ".join(spent.values())


def serve(write: Callable[[str], None]) -> None:
    """Each hostile file alone, then four at once, then six ordinary reports at once; answers are those of the pages."""
    with tempfile.TemporaryDirectory() as folder, Server(folder) as server:
        for _ in range(WARM):
            server.get(PAGE)  # the first page of a worker loads the program
        write(f"Before: workers up to {server.memory()} MB\n\n")
        write("| uploaded | answer | seconds on the clock |\n|---|---|---|\n")
        files = [(label, *file) for label, file in hostile().items()]
        files += [(f"return: {label}", RETURN, data) for label, data in returns(server)]
        for file in files:
            together(server, [file], write)
        together(server, files[:4], write)
        kinds = ["pdf", "docx", "md"] * 2
        six = [(f"ordinary {at}, {kind}", f"r.{kind}", ordinary(kind)) for at, kind in enumerate(kinds, 1)]
        together(server, six, write)
        large = b"The board met on a day.\n\n" * 760_000
        together(server, [(f"19 MB, {at}", "l.txt", large) for at in range(1, 13)], write)
        write("\n| imported | upload | match | check | change | import |\n|---|---|---|---|---|---|\n")
        for label, file in whole().items():
            write(f"| {label} | {settle(server, *file)} |\n")
