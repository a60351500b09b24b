"""Reading talks: every list starts at ``visible_to(actor)``."""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, under
from genxu.core.errors import Missing
from genxu.institutions.matters.models import Suggestion
from genxu.regions.models import Region

from .models import AgendaItem, Photo, Raised, Talk


def talk_list(actor: Actor, place: str = "", words: str = "") -> QuerySet[Talk]:
    """Talks, the latest first, with the number of suggestions in ``.said``."""
    rows: QuerySet[Talk] = Talk.objects.visible_to(actor).prefetch_related("hamlet__parent")
    if place:
        rows = rows.filter(under(place, "hamlet"))
    if words:
        rows = rows.filter(topic__contains=words)
    return rows.order_by("-held_on", "-pk")


def count_said(talks: list[Talk]) -> list[Talk]:
    """Put the number of suggestions on each talk in ``.said``: one query."""
    counted = Raised.objects.filter(talk__in=talks).values("talk").annotate(n=Count("pk"))
    numbers = {row["talk"]: row["n"] for row in counted}
    for talk in talks:
        talk.said = numbers.get(talk.pk, 0)  # type: ignore[attr-defined]
    return talks


def visible_talk(actor: Actor, pk: int) -> Talk:
    talk = Talk.objects.visible_to(actor).select_related("hamlet").filter(pk=pk).first()
    if talk is None:
        raise Missing(_("There is no such talk, or it is not in your charge."))
    return talk


def visible_photo(actor: Actor, pk: int) -> Photo:
    talks = Talk.objects.visible_to(actor)
    photo = Photo.objects.filter(talk__in=talks, pk=pk).first()
    if photo is None:
        raise Missing(_("There is no such picture."))
    return photo


def suggestions_of(talk: Talk) -> list[Suggestion]:
    """The suggestions of a talk in their order, with their matters."""
    rows = Suggestion.objects.filter(raised__talk=talk).order_by("raised__position")
    found = list(rows.select_related("household").prefetch_related("matters"))
    for suggestion in found:
        for matter in suggestion.matters.all():
            matter.readable = True
    return found


def opening_of(talk: Talk) -> list[AgendaItem]:
    """What the talk opened with."""
    items = list(talk.agenda.select_related("matter").order_by("pk"))
    for item in items:
        item.matter.readable = True
    return items


def last_talk(hamlet: Region) -> Talk | None:
    return Talk.objects.filter(hamlet=hamlet).order_by("-number").first()


def public_talks(hamlet: Region) -> QuerySet[Talk]:
    """Talks of a hamlet for its public page, the latest first."""
    rows = Talk.objects.filter(hamlet=hamlet).order_by("-number")
    return rows.only("pk", "number", "held_on", "topic", "head_count")
