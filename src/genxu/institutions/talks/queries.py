"""Reading talks: every list starts at ``visible_to(actor)``."""

from collections.abc import Sequence

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.institutions.matters.workflow import State
from genxu.regions.models import Region

from .models import Photo, Raised, Talk


def talk_list(actor: Actor) -> QuerySet[Talk]:
    """Talks, the latest first."""
    return Talk.objects.visible_to(actor).order_by("-held_on", "-pk")


def count_said(talks: Sequence[Talk]) -> None:
    """Put the number of suggestions on each talk in ``.said``: one query."""
    counted = Raised.objects.filter(talk__in=talks).values("talk").annotate(n=Count("pk"))
    numbers = {row["talk"]: row["n"] for row in counted}
    for talk in talks:
        talk.said = numbers.get(talk.pk, 0)  # type: ignore[attr-defined]


def visible_photo(actor: Actor, pk: int) -> Photo:
    talks = Talk.objects.visible_to(actor)
    photo = Photo.objects.filter(talk__in=talks, pk=pk).first()
    if photo is None:
        raise Missing(_("There is no such picture."))
    return photo


def suggestions_of(actor: Actor, talk: Talk) -> list[Suggestion]:
    """The suggestions of a talk in their order, with their matters as the actor may read them."""
    rows = Suggestion.objects.filter(raised__talk=talk).order_by("raised__position")
    matters = Prefetch("matters", Matter.objects.judged_for(actor))
    return list(rows.select_related("household").prefetch_related(matters))


def opening_of(actor: Actor, talk: Talk) -> list[tuple[Matter, str]]:
    """What the talk opened with, each matter with where it stood on that evening: one query."""
    item = talk.agenda.filter(matter=OuterRef("pk"))
    stood, place = Subquery(item.values("state")[:1]), Subquery(item.values("pk")[:1])
    rows = Matter.objects.judged_for(actor).filter(pk__in=talk.agenda.values("matter"))
    found = rows.annotate(stood=stood).order_by(place)
    return [(one, str(State(one.stood).label)) for one in found]  # type: ignore[attr-defined]


def last_talk(hamlet: Region) -> Talk | None:
    return Talk.objects.filter(hamlet=hamlet).order_by("-number").first()


def public_talks(hamlet: Region) -> QuerySet[Talk]:
    """Talks of a hamlet for its public page, the latest first."""
    rows = Talk.objects.filter(hamlet=hamlet).order_by("-number")
    return rows.only("pk", "number", "held_on", "topic", "head_count")
