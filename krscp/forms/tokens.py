"""The token of a form, under which what it says is done once (promises, "No doubled submit")."""

from typing import cast
from uuid import UUID, uuid5

from django.http import QueryDict

from krscp.forms.fields import clean_data

VOUCHED = "identifies_nobody"
# On the page that shows two texts: which of them to keep, where it is not simply one's own.
KEEP = "keep"
THEIRS, BOTH = "theirs", "both"  # what KEEP says there
STOOD = "stood"  # what was in the boxes of an edit when they were opened
NOT_CONTENT = {"csrfmiddlewaretoken", "token", "version", VOUCHED, KEEP, STOOD}


def token_of(sent: QueryDict) -> UUID | None:
    """The token under which a form is saved: of the form and of what it says.

    The same text sent twice is saved once. A text changed after Back is another one, so that nothing is lost.
    """
    try:
        form = UUID(sent.get("token") or "")
    except ValueError:
        return None
    cleaned = cast(QueryDict, clean_data(sent))
    content = sorted((name, value) for name, values in cleaned.lists() if name not in NOT_CONTENT for value in values)
    return uuid5(form, repr(content))
