"""The talks for which rooms are booked, told to the floor below
(``places/bookings/linking.py``)."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.formats import date_format

from genxu.core.cuts import First

from .models import Talk

OFFERED = 6
"""So many of the latest evenings can be named."""


def talks_told(keys: Collection[int]) -> dict[int, tuple[str, str, str]]:
    """Key → (hamlet, day and topic, where those in charge read it)."""
    rows = Talk.objects.standing().filter(pk__in=keys).only("pk", "hamlet", "held_on", "topic")
    return {one.pk: (one.hamlet_id, _called(one), reverse("talk", args=[one.pk])) for one in rows}


def last_talks(hamlet: str) -> list[tuple[int, str]]:
    """The latest evenings of a hamlet: key, day and topic."""
    rows = Talk.objects.standing().filter(hamlet=hamlet).only("pk", "held_on", "topic")
    found = First.of(rows.order_by("-held_on", "-pk"), OFFERED)
    return [(one.pk, _called(one)) for one in found]


def _called(talk: Talk) -> str:
    return f"{date_format(talk.held_on, 'MONTH_DAY_FORMAT')} {talk.topic}"
