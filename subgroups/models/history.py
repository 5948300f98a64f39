"""Who changed what and when: history rows that keep the actor's name and post even if the account goes."""

from typing import Any

from django.db import models
from django.dispatch import receiver
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from krscp import clock


class ActorCopied(models.Model):
    """The actor's name and post at the moment of the change, copied so that they never go blank."""

    actor_name = models.CharField(max_length=200, blank=True)
    actor_post = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


def history_of(**options: Any) -> HistoricalRecords:
    """The history of a model, with the actor's name and post copied into each row."""
    return HistoricalRecords(bases=[ActorCopied], **options)


def actor_of(person: Any) -> dict[str, str]:
    """What a history row copies of its actor; a change by a command says so instead."""
    if person is None:
        return {"actor_name": "The system"}
    return {"actor_name": person.name, "actor_post": person.post_titles}


@receiver(pre_create_historical_record)
def copy_actor(sender: type, history_instance: Any, history_user: Any = None, **_: Any) -> None:
    """Fill the copied name and post, and the house's time."""
    history_instance.history_date = clock.now()
    if not isinstance(history_instance, ActorCopied):
        return
    for name, words in actor_of(history_user).items():
        setattr(history_instance, name, words)
