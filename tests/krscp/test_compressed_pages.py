"""Pages go out compressed to browsers that take it; files and streams stay as they are."""

import gzip
import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
LIST = "/recommendations/"


@pytest.fixture
def browser(sign_in, manager) -> Client:
    client = sign_in(manager)
    client.defaults["HTTP_ACCEPT_ENCODING"] = "gzip, br"
    return client


def shown(page: bytes) -> str:
    """Without the token against forgery, which differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())


def test_a_page_is_compressed_and_says_the_same(browser, sign_in, manager):
    plain, packed = sign_in(manager).get(LIST), browser.get(LIST)
    assert not plain.has_header("Content-Encoding")
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert shown(gzip.decompress(packed.content)) == shown(plain.content)
    assert len(packed.content) * 4 < len(plain.content)


def test_the_size_of_a_compressed_page_tells_nothing_certain(browser):
    assert len({len(browser.get("/privacy/").content) for _ in range(12)}) > 1


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "docx"])
def test_a_file_is_sent_as_it_is(browser, file_format):
    answer = browser.get(f"{LIST}export/{file_format}/")
    assert answer.status_code == 200
    assert b"".join(answer)
    answer.close()
    assert not answer.has_header("Content-Encoding")
    assert answer.streaming == (file_format != "docx")
