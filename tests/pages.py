"""Pages as people read them: words without markup, and the queries that a page costs."""

import html
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def words(markup: str) -> str:
    """The text of markup in one line, single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def read(client: Client, path: str) -> str:
    """A page's words, from its heading on."""
    return words(page(client, path))


def page(client: Client, path: str) -> str:
    """A page's markup, from its heading on."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().partition('id="main-content">')[2].partition("</main>")[0]


def section(client: Client, path: str, heading: str) -> str:
    """The words of the part of a page that a heading labels, by the heading's id."""
    after = page(client, path).partition(f'aria-labelledby="{heading}"')[2]
    assert after, f"no section {heading} on {path}"
    return words(after.partition(">")[2].partition("</section>")[0])


def queries(client: Client, path: str) -> int:
    """How many queries the page costs."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
