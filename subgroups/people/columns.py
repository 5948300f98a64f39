"""People and posts as a file."""

from datetime import date

from krscp.files.columns import Column
from krscp.files.downloads import Listing
from subgroups.people.seats import people_and_posts

VACANT = "Vacant"

PEOPLE = [
    Column("Post", lambda row: row[0].title, wide=True),
    Column("Body", lambda row: row[0].body.short_name, width=4),
    Column("Person", lambda row: row[1].person.name if row[1] else VACANT, width=4.5),
    Column("Email", lambda row: row[1].person.email if row[1] else "", width=5.5),
    Column("From", lambda row: row[1].starts if row[1] else None, width=3),
    Column("To", lambda row: row[1].ends if row[1] else None, width=3),
]


def people(day: date) -> Listing:
    """Every post with its holder on `day` or later, then the vacant ones."""
    found = people_and_posts(day)
    rows = [*((held.post, held) for held in found.held), *((post, None) for post in found.vacant)]
    return Listing("People and posts", PEOPLE, rows, len(rows))
