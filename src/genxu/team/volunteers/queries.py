"""Reading teams, outings, volunteers, hours: every list starts at ``visible_to(actor)``."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.core.journal import note_read
from genxu.organisation.branches.models import Member
from genxu.people.models import Household
from genxu.people.rules import see_needs
from genxu.regions.models import Region

from .models import Hours, Outing, OutingStep, SignUp, Team, Visit, Volunteer
from .workflow import Proof, State

SHOWN, MOST_NAMES, MOST_HOURS = 4, 40, 200


def team_list(actor: Actor) -> QuerySet[Team]:
    """The teams that stand, with how many outings they had."""
    rows = Team.objects.visible_to(actor).standing().select_related("hamlet__parent")
    return rows.order_by("hamlet_id", "pk")


def outing_list(actor: Actor) -> QuerySet[Outing]:
    """The newest first, each with how many come."""
    rows = Outing.objects.visible_to(actor).select_related("hamlet__parent", "team")
    counted: QuerySet[Outing] = with_joined(rows)
    return counted.order_by("-begins_on", "-pk")


def with_joined(rows: Any) -> Any:
    """Each with how many come along."""
    return rows.annotate(n_joined=Count("sign_ups"))


def volunteer_list(actor: Actor) -> QuerySet[Volunteer]:
    rows = Volunteer.objects.visible_to(actor).select_related("hamlet__parent", "household")
    worked = Sum("hours__minutes", filter=Q(hours__state=Proof.VERIFIED))
    return rows.annotate(worked=worked).order_by("hamlet_id", "name", "pk")


def hours_list(actor: Actor) -> QuerySet[Hours]:
    rows = Hours.objects.visible_to(actor)
    beside = ("hamlet__parent", "volunteer__household", "outing")
    return rows.select_related(*beside).order_by("-day", "-pk")


def next_free(outing: Outing) -> Outing | None:
    """The next outing of the hamlet in which there is a place."""
    rows = Outing.objects.filter(hamlet=outing.hamlet_id).exclude(pk=outing.pk)
    counted = with_joined(rows & Outing.objects.coming())
    free = counted.filter(Q(wanted=None) | Q(n_joined__lt=F("wanted")))
    found: Outing | None = free.order_by("begins_on", "starts_at", "pk").first()
    return found


def coming_in(hamlet: str) -> list[Outing]:
    """What one can still join in a hamlet, the next one first."""
    return list(with_joined(Outing.objects.coming().filter(hamlet=hamlet)))


def told_to_all(hamlet: Region) -> dict[str, Any]:
    """What the public page says: the next outings, those just called off, and who agreed to be
    named. Nothing, where there is no team."""
    teams = list(Team.objects.standing().filter(hamlet=hamlet).order_by("pk"))
    if not teams:
        return {}
    rows = Outing.objects.filter(hamlet=hamlet, ends_on__gte=clock.today())
    rows = rows.filter(state__in=(State.OPEN, State.CALLED_OFF))
    found = First.of(with_joined(rows).order_by("begins_on", "starts_at", "pk"), SHOWN)
    said = OutingStep.objects.filter(outing__in=[one.pk for one in found]).order_by("pk")
    why = dict(said.values_list("outing", "words"))
    for one in found:
        one.why = why.get(one.pk, "")
    named = Volunteer.objects.serving().filter(hamlet=hamlet, shown=True).exclude(name="")
    return {
        "teams": teams,
        "outings": found,
        "named": First.of(named.order_by("pk").values_list("name", flat=True), MOST_NAMES),
    }


def sign_ups_of(outing: Outing) -> list[SignUp]:
    rows = outing.sign_ups.select_related("volunteer__household", "volunteer__hamlet")
    return list(rows.order_by("at", "pk"))


def visits_of(actor: Actor, outing: Outing) -> list[Visit]:
    """Whom to visit, for those who handle it; that they read it is noted."""
    rows = outing.visits.select_related("household", "taken_by")
    found = list(rows.order_by("household__number"))
    if found:
        note_read(actor=actor, action=see_needs.name, subject=outing.hamlet)
    return found


def members_at(hamlet: str) -> QuerySet[Member]:
    """The members from whom one is picked to lead a team."""
    return Member.objects.present().filter(hamlet=hamlet).order_by("name", "pk")


def households_at(actor: Actor, hamlet: str) -> list[Household]:
    rows = Household.objects.visible_to(actor).living_here().filter(hamlet=hamlet)
    return list(rows.order_by("number"))


def hours_of(volunteer: Volunteer) -> list[Hours]:
    """All that is written down of a volunteer, the newest first."""
    rows = volunteer.hours.select_related("outing", "hamlet").order_by("-day", "-starts_at", "-pk")
    return First.of(rows, MOST_HOURS)


def total_of(hours: Sequence[Hours]) -> int:
    return sum(one.minutes for one in hours if one.counts)


def to_vouch_for(volunteer: Volunteer) -> list[Hours]:
    """Hours of others on outings where this volunteer was as well, that wait for another side."""
    there = Outing.objects.filter(
        Q(sign_ups__volunteer=volunteer, sign_ups__waits=False) | Q(hours__volunteer=volunteer)
    )
    rows = Hours.objects.filter(state=Proof.SAID, outing__in=there.values("pk"))
    rows = rows.exclude(volunteer=volunteer).exclude(said_by=f"volunteer:{volunteer.pk}")
    if volunteer.household_id:
        rows = rows.exclude(volunteer__household=volunteer.household_id)
    beside = rows.select_related("volunteer", "outing")
    return First.of(beside.order_by("-day", "pk"), SHOWN * 5)


def open_visits(outings: Sequence[Outing]) -> list[Visit]:
    """Visits that nobody has taken yet: how many and on which outing, not to whom."""
    rows = Visit.objects.filter(outing__in=outings, taken_by=None, ended_on=None)
    return list(rows.select_related("outing").order_by("outing", "pk"))


def own_visits(volunteer: Volunteer) -> list[Visit]:
    """Those that he has taken and not made yet, with name and door."""
    rows = volunteer.visits.filter(outing__state=State.OPEN, ended_on=None, hours=None)
    return list(rows.select_related("household", "outing").order_by("outing", "pk"))


def joined_by(volunteer: Volunteer) -> list[SignUp]:
    """What he comes along to, the next one first."""
    coming = Outing.objects.coming().order_by()
    rows = volunteer.sign_ups.filter(outing__in=coming).select_related("outing__team")
    return list(rows.order_by("outing__begins_on", "pk"))


def held_for(volunteer: Volunteer, since: date) -> QuerySet[Outing]:
    """Outings of which he may say that he was there."""
    rows = Outing.objects.filter(hamlet=volunteer.hamlet_id, ends_on__gte=since)
    rows = rows.filter(state__in=(State.OPEN, State.HELD), begins_on__lte=clock.today())
    return rows.order_by("-begins_on", "-pk")


def of_account(actor: Actor) -> list[Volunteer]:
    """The volunteers that somebody who signed in is."""
    rows = Volunteer.objects.filter(account=actor.account_id).select_related("hamlet")
    return list(rows.order_by("left_on", "pk"))


def of_household(household: Household) -> dict[str, Any]:
    """What a household's own page says of volunteering: who of it helps, and what it is asked to
    confirm."""
    entries = household.entries
    asked = Hours.objects.filter(visit__household__in=entries, state=Proof.SAID)
    asked = asked.exclude(volunteer__household__in=entries)
    own = Volunteer.objects.present().filter(household__in=entries)
    return {
        "asked": First.of(asked.select_related("volunteer").order_by("-day", "pk"), SHOWN),
        "volunteers": list(own.order_by("pk")),
    }
