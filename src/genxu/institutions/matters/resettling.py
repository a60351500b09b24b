"""What moving households means to matters and suggestions."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from genxu.people.models import Grant
from genxu.people.resettlement import Moving
from genxu.regions.codes import ancestors_of
from genxu.regions.models import Region

from .models import Matter, MatterStep, Suggestion, Verdict, Voice
from .workflow import IN_HAND, Tier


def left_at(hamlet: Region) -> Iterable[str]:
    n = Matter.objects.open().filter(hamlet=hamlet).count()
    if n:
        yield ngettext("%(n)s open matter", "%(n)s open matters", n) % {"n": n}


def move(moving: Moving) -> None:
    """Open matters that are theirs alone go along with what was said, and what was done so far.

    A common matter is the hamlet's; so is one that others raised too, or a suggestion that is
    behind another matter as well.
    """
    going = _theirs_alone(moving)
    into = moving.into.code
    matters = Matter.objects.filter(pk__in=going)
    Suggestion.objects.filter(voices__matter__in=going).update(hamlet=into)
    for model in (MatterStep, Verdict):
        model._default_manager.filter(matter__in=going).update(hamlet=into)
    MatterStep.objects.filter(matter__in=going, place=moving.hamlet).update(place=into)
    matters.filter(place=moving.hamlet).update(place=into)
    matters.update(hamlet=into)
    for matter in _left_by_helper(matters, moving):
        matter.advance(moving.actor, "triage", assignee=None, assignee_name="")


def _theirs_alone(moving: Moving) -> list[int]:
    here = Matter.objects.open().filter(hamlet=moving.hamlet).exclude(tier=Tier.COMMON)
    theirs = set(
        here.filter(suggestions__household__in=moving.households).values_list("pk", flat=True)
    )
    of_others = ~Q(suggestion__household__in=moving.households) | Q(suggestion__household=None)
    theirs -= set(_voices(theirs).filter(of_others).values_list("matter", flat=True))
    while shared := _shared(theirs):
        theirs -= shared
    return sorted(theirs)


def _shared(matters: set[int]) -> set[int]:
    """Those with a suggestion that is behind a matter which does not go along."""
    said = _voices(matters).values("suggestion")
    others = Voice.objects.filter(suggestion__in=said).exclude(matter__in=matters)
    rows = _voices(matters).filter(suggestion__in=others.values("suggestion"))
    return set(rows.values_list("matter", flat=True))


def _voices(matters: set[int]) -> QuerySet[Voice]:
    return Voice.objects.filter(matter__in=matters)


def _left_by_helper(matters: QuerySet[Matter], moving: Moving) -> list[Matter]:
    """Those whose helper has no office at the new place: somebody there is to be found."""
    there = [moving.into.code, *ancestors_of(moving.into.code)]
    helpers = Grant.objects.filter(place__in=there).values("account")
    rows = matters.filter(place=moving.into, state__in=IN_HAND)
    return list(rows.exclude(assignee=None).exclude(assignee__in=helpers).order_by("pk"))
