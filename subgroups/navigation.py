"""The main menu: each item with the permission that shows it."""

from dataclasses import dataclass

from django.urls import reverse

from subgroups.models import User
from subgroups.permissions import Permission, can


@dataclass(frozen=True)
class MenuItem:
    label: str
    route: str
    permission: Permission


ITEMS = (
    MenuItem("Home", "home", Permission.VIEW),
    MenuItem("Recommendations", "recommendations", Permission.VIEW),
    MenuItem("Reviews", "reviews", Permission.VIEW),
    MenuItem("Annual report", "annual_report", Permission.ANNUAL_REPORT),
    MenuItem("Reports", "reports", Permission.VIEW),
    MenuItem("Bodies", "bodies", Permission.VIEW),
    MenuItem("People", "people", Permission.MANAGE_PEOPLE),
    MenuItem("Export log", "export_log", Permission.AUDIT),
)


@dataclass(frozen=True)
class MenuLink:
    label: str
    url: str
    current: bool


def menu(user: User, path: str) -> list[MenuLink]:
    """The items this person may open; the one whose page this is marked as current."""
    links = []
    for item in ITEMS:
        if not can(user, item.permission):
            continue
        url = reverse(item.route)
        current = path == url if item.route == "home" else path.startswith(url)
        links.append(MenuLink(item.label, url, current))
    return links
