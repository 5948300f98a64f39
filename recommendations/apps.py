"""WHAT: reports, recommendations, updates, decisions and what is made of them."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class RecommendationsConfig(AppConfig):
    """The last room: when it is migrated, every table is there, and what stands is guarded."""

    name = "recommendations"

    def ready(self) -> None:
        from krscp import triggers  # it reads models, which are there only now

        post_migrate.connect(triggers.put_up, sender=self)
        register(Tags.database)(triggers.are_up)
