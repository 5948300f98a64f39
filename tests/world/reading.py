"""Reading the world: who is signed in, and what each page leads to."""

import html
import re
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import resolve

from tests.world.people import who

HREF = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(who(name), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def links(place: str, markup: str) -> list[str]:
    """The addresses of this tracker that a page leads to, in their order."""
    found = [urljoin(place, html.unescape(href)) for href in HREF.findall(markup)]
    return list(dict.fromkeys(href for href in found if href.startswith("/")))


def route_of(place: str) -> str:
    """The name of the route that an address belongs to."""
    return resolve(urlsplit(place).path).url_name or ""


def is_file(route: str) -> bool:
    return route.endswith(("_export", "_file", "_table", "_workbook", "_calendar"))
