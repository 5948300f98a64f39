"""The main menu: each item with the permission that shows it."""

from dataclasses import dataclass

from django.urls import reverse

from subgroups.models import User
from subgroups.permissions import Permission, can


@dataclass(frozen=True)
class Item:
    label: str
    route: str
    permission: Permission


ITEMS = (
    Item("Home", "home", Permission.VIEW),
    Item("Recommendations", "recommendations", Permission.VIEW),
    Item("Reviews", "reviews", Permission.VIEW),
    Item("Annual report", "annual_report", Permission.ANNUAL_REPORT),
    Item("Reports", "reports", Permission.VIEW),
    Item("Bodies", "bodies", Permission.VIEW),
    Item("People", "people", Permission.MANAGE_PEOPLE),
    Item("Export log", "export_log", Permission.AUDIT),
)


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool


def menu(user: User, path: str) -> list[Link]:
    """The items this person may open; the one whose page this is marked as current."""
    links = []
    for item in ITEMS:
        if not can(user, item.permission):
            continue
        url = reverse(item.route)
        current = path == url if item.route == "home" else path.startswith(url)
        links.append(Link(item.label, url, current))
    return links
