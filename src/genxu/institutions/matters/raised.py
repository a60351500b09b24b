"""Matters that apps of a floor below have opened, and how they stand (``people/raising.py``)."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse

from genxu.core import clock
from genxu.core.access import Actor
from genxu.people.models import Household
from genxu.people.raising import Standing
from genxu.regions.models import Region

from .models import Matter, Suggestion
from .noting_actions import note_down, one_line
from .workflow import OPEN


def raise_matter(
    *, actor: Actor, hamlet: Region, text: str, household: Household | None, tier: str
) -> int:
    """A part of actions of those who serve: what they noticed, or could not do themselves."""
    source = Suggestion.Source.SERVICE
    _said, matter = note_down(actor, hamlet, one_line(text), household, tier, clock.today(), source)
    return matter.pk


def standing_of(numbers: Collection[int]) -> dict[int, Standing]:
    """By their numbers; nothing of what they say."""
    rows = Matter.objects.filter(pk__in=numbers).only("pk", "state", "hamlet")
    return {
        one.pk: Standing(
            one.get_state_display(),
            reverse("matter", args=[one.pk]),
            one.state not in OPEN,
            one.hamlet_id,
        )
        for one in rows
    }


def ended_matters() -> "QuerySet[Matter, int]":
    return Matter.objects.exclude(state__in=OPEN).values_list("pk", flat=True)
