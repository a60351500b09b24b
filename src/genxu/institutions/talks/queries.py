"""Reading talks: every list starts at ``visible_to(actor)``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.core.prepared import prepared_rows
from genxu.institutions.matters.models import Matter, Suggestion, Voice
from genxu.institutions.matters.queries import on_agenda
from genxu.institutions.matters.workflow import State
from genxu.regions.models import Region

from .models import Photo, Raised, Talk, TalkQuerySet


def talk_list(actor: Actor) -> QuerySet[Talk]:
    """Talks with their numbers, the latest first."""
    return Talk.objects.visible_to(actor).numbered().order_by("-held_on", "-pk")


def count_said(talks: Sequence[Talk]) -> None:
    """Put the number of suggestions on each talk in ``.said``: one query."""
    counted = Raised.objects.filter(talk__in=talks).values("talk").annotate(n=Count("pk"))
    numbers = {row["talk"]: row["n"] for row in counted}
    for talk in talks:
        talk.said = numbers.get(talk.pk, 0)  # type: ignore[attr-defined]


def with_said(talks: QuerySet[Talk]) -> QuerySet[Talk]:
    """The same of a long list, in its own query, with the places that are named."""
    counted = Raised.objects.filter(talk=OuterRef("pk")).order_by().values("talk")
    said = Subquery(counted.annotate(n=Count("pk")).values("n"))
    return talks.annotate(said=Coalesce(said, 0)).select_related("hamlet__parent")


def visible_photo(actor: Actor, pk: int) -> Photo:
    talks = Talk.objects.visible_to(actor)
    photo = Photo.objects.filter(talk__in=talks, pk=pk).first()
    if photo is None:
        raise Missing(_("There is no such picture."))
    return photo


def suggestions_of(actor: Actor, talk: Talk) -> list[Suggestion]:
    """The suggestions of a talk in their order, with their matters as the actor may read them."""
    matters = Prefetch("matters", Matter.objects.judged_for(actor))
    return list(said_at(talk).prefetch_related(matters))


def said_at(talk: Talk) -> QuerySet[Suggestion]:
    rows = Suggestion.objects.filter(raised__talk=talk).order_by("raised__position")
    return rows.select_related("household")


def opening_of(talk: Talk) -> list[tuple[Matter, str]]:
    """What the talk opened with, each matter with where it stood on that evening. What was raised
    only there, or later on the same evening, came after the opening."""
    last = talk_before(talk)
    later = _of_hamlet(talk.hamlet_id).filter(held_on=talk.held_on, pk__gt=talk.pk)
    too_late = Raised.objects.filter(Q(talk=talk.pk) | Q(talk__in=later)).values("suggestion")
    earlier = Voice.objects.filter(matter=OuterRef("pk")).exclude(suggestion__in=too_late)
    rows = on_agenda(talk.hamlet, last.held_on if last else None, talk.held_on)
    found = rows.filter(Exists(earlier))
    return [(one, str(State(one.stood).label)) for one in found]  # type: ignore[attr-defined]


def _of_hamlet(hamlet: str) -> TalkQuerySet:
    return Talk.objects.standing().filter(hamlet=hamlet)


def last_talk(hamlet: Region) -> Talk | None:
    """The latest evening, whenever it was written down."""
    return _of_hamlet(hamlet.code).order_by("-held_on", "-pk").first()


def talk_before(talk: Talk) -> Talk | None:
    rows = _of_hamlet(talk.hamlet_id).before(talk.held_on, talk.pk)
    return rows.order_by("-held_on", "-pk").first()


def talk_of(hamlet: Region, day: date) -> Talk | None:
    """The talk of this day that stands, if there is one: the last one of several."""
    return _of_hamlet(hamlet.code).filter(held_on=day).order_by("-pk").first()


@dataclass(frozen=True)
class Before:
    """What another talk comes after: the latest evening (None before the first), the number that it
    gets itself, the key of the talk last written down."""

    last: Talk | None
    number: int
    written: int


def before_another(hamlet: Region, day: date) -> Before:
    """What a talk on this day comes after: one query, and one more before the first."""
    for last in _last_with_number(hamlet.code, day):
        return Before(last, last.earlier + 1, last.written)  # type: ignore[attr-defined]
    return Before(None, 1, last_written(hamlet.code))


@prepared_rows
def _last_with_number(hamlet: str, day: date) -> QuerySet[Talk]:
    earlier = _of_hamlet(hamlet).filter(held_on__lte=day).order_by().values("hamlet")
    written = Talk.objects.filter(hamlet=hamlet).order_by("-pk").values("pk")
    rows = _of_hamlet(hamlet).annotate(
        earlier=Coalesce(Subquery(earlier.annotate(n=Count("pk")).values("n")), 0),
        written=Subquery(written[:1]),
    )
    return rows.order_by("-held_on", "-pk")[:1]


def last_written(hamlet: str, before: int | None = None) -> int:
    """The key of the talk last written down, or so before that one: whose draft is it?"""
    rows = Talk.objects.filter(hamlet=hamlet).order_by("-pk")
    keys = (rows.filter(pk__lt=before) if before else rows).values_list("pk", flat=True)
    return keys.first() or 0


def others_of(talk: Talk) -> QuerySet[Talk]:
    """The talks of its hamlet with which it can be joined, the nearest evening first."""
    rows = _of_hamlet(talk.hamlet_id).exclude(pk=talk.pk)
    same = Case(When(held_on=talk.held_on, then=0), default=1)
    return rows.order_by(same, "-held_on", "-pk")


def public_talks(hamlet: Region) -> QuerySet[Talk]:
    """Talks of a hamlet for its public page, the latest first."""
    rows = _of_hamlet(hamlet.code).order_by("-held_on", "-pk")
    return rows.only("pk", "held_on", "venue", "topic", "head_count")
