"""What every history of steps has in common: who took which step, when, with which words."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from genxu.core import clock
from genxu.core.access import Actor
from genxu.regions.models import Region

from .models import Account


class TakenStep(models.Model):
    """One step in the life of something that lies in a hamlet. Never changed afterwards."""

    hamlet = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    at = models.DateTimeField()
    on = models.DateField()
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        abstract = True


if TYPE_CHECKING:
    _Model = type[TakenStep]
else:
    _Model = type


def remember(
    model: _Model, actor: Actor, step: str, before: str, after: str, words: str = "", **about: Any
) -> None:
    """Write down a step just taken; ``about`` names the thing and its ``hamlet_id``."""
    now = clock.now()
    model._default_manager.create(
        step=step,
        from_state=before,
        to_state=after,
        at=now,
        on=timezone.localdate(now),
        by_id=actor.account_id,
        words=words,
        **about,
    )
