"""Reading what was held, what was offered, and whom it has not reached."""

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Substr

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.calendar import months_later
from genxu.organisation.branches.models import Member, Organisation
from genxu.people.roles import Role
from genxu.regions.codes import LENGTHS, Level

from .models import Attendance, How, Meeting, Training

OWED = 32
"""Hours of study a year that those who organise it owe their members (条例 2019, article 20)."""
QUIET_MONTHS = 6
"""After so long without organisational life a word is due (article 31)."""


def meeting_list(actor: Actor) -> QuerySet[Meeting]:
    """Meetings, the latest first."""
    rows: QuerySet[Meeting] = Meeting.objects.visible_to(actor)
    return rows.select_related("hamlet__parent", "organisation").order_by("-held_on", "-pk")


def reached(meeting: Meeting) -> list[tuple[How, list[str]]]:
    """Whom it reached, by how it did; one query."""
    rows = meeting.attended.select_related("member").order_by("member")
    named: dict[str, list[str]] = {}
    for one in rows:
        named.setdefault(one.how, []).append(one.member.name)
    return [(how, named[how]) for how in How if how in named]


def study_list(actor: Actor) -> QuerySet[Organisation]:
    """Standing organisations with ``halves``, the study offered to them this year: their own
    meetings', and the training of their township. In the order of their places, never of hours."""
    first, today = clock.today().replace(month=1, day=1), clock.today()
    days = Q(held_on__range=(first, today))
    own = Meeting.objects.standing().filter(days, organisation=OuterRef("pk")).order_by()
    above = Training.objects.filter(days, withdrawn_on=None, place=OuterRef("township")).order_by()
    return (
        Organisation.objects.visible_to(actor)
        .standing()
        .annotate(township=Substr("hamlet", 1, LENGTHS[Level.TOWNSHIP]))
        .annotate(halves=_sum(own, "organisation") + _sum(above, "place"))
        .select_related("hamlet__parent")
        .order_by("hamlet", "pk")
    )


def _sum(rows: "QuerySet[Meeting] | QuerySet[Training]", by: str) -> Coalesce:
    summed = rows.values(by).annotate(all=Sum("half_hours")).values("all")
    return Coalesce(Subquery(summed, output_field=IntegerField()), Value(0))


def trainings_of(actor: Actor, code: str) -> list[Training]:
    """What a township offered this year, for those in charge there or below."""
    first = clock.today().replace(month=1, day=1)
    rows = Training.objects.visible_to(actor).filter(place=code[: LENGTHS[Level.TOWNSHIP]])
    return list(rows.filter(withdrawn_on=None, held_on__gte=first).order_by("-held_on", "-pk"))


def quiet_members(actor: Actor) -> QuerySet[Member]:
    """Members of the actor's own hamlets whom nothing has reached for six months, though their
    organisation met: what it did not hold is no gap of theirs."""
    since = months_later(clock.today(), -QUIET_MONTHS)
    held = Meeting.objects.standing().filter(
        organisation=OuterRef("organisation"), held_on__gte=since
    )
    there = Attendance.objects.filter(member=OuterRef("pk"), meeting__held_on__gte=since).exclude(
        meeting__state="withdrawn"
    )
    return (
        Member.objects.present()
        .filter(within(actor, "organisation__hamlet", [Role.SECRETARY]), joined_on__lt=since)
        .filter(Exists(held), ~Exists(there))
        .select_related("hamlet")
        .order_by("hamlet", "pk")
        .annotate(last=_last_reached())
    )


def _last_reached() -> Subquery:
    rows = Attendance.objects.filter(member=OuterRef("pk")).exclude(meeting__state="withdrawn")
    return Subquery(rows.order_by("-meeting__held_on").values(day=F("meeting__held_on"))[:1])
