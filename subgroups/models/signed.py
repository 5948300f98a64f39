"""A statement with its author, written once."""

from django.db import models

from krscp import clock
from krscp.append_only import AppendOnly
from subgroups.models.user import User


class Signed(AppendOnly):
    """A statement with its author: name and post are copied, so that they stand when people move on."""

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    author_post = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        abstract = True
