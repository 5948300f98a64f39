"""The posts that a meeting asks about."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef

from subgroups.models import Appointment, BodyKind, Post, PostRole


def seats_on(day: date, roles: Collection[PostRole]) -> list[Post]:
    """The posts of these roles, those of the SLG first. Each says as `is_held` whether somebody is in it on the day."""
    held = Appointment.objects.in_force(day).filter(post=OuterRef("pk"))
    posts = Post.objects.filter(role__in=roles).select_related("body").annotate(is_held=Exists(held))
    ordered = posts.order_by("body__position", "position", "pk")
    return sorted(ordered, key=lambda post: post.body.kind != BodyKind.SLG)
