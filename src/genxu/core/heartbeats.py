"""That a process of the background is alive, told by itself every few seconds."""

from datetime import datetime

from django.utils import timezone

from .models import Heartbeat


def beat(name: str) -> None:
    """``name`` is alive now, by the clock on the wall."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def last_beats() -> dict[str, datetime]:
    """When each was last heard of."""
    return dict(Heartbeat.objects.values_list("name", "at"))
