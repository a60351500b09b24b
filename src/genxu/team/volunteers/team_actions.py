"""Teams and their outings: formed, announced, changed, held."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.texts import required
from genxu.organisation.branches.models import Member
from genxu.people.models import Household, HouseholdNeed
from genxu.regions.models import Region

from . import rules
from .facts import OutingFacts, check_names_nobody
from .models import FACTS, LIMITS, Kind, Outing, Team, Visit, Volunteer
from .work import Work, lock_people, put_down
from .workflow import ANNOUNCE, State

MOST_HEADS = 9999


@action(rules.form_team, locks="hamlet", notes=("formed_on",))
def form_team(
    *,
    actor: Actor,
    hamlet: Region,
    name: str,
    formed_on: date,
    leader: Member | None = None,
    leader_name: str = "",
) -> Team:
    """A team of a hamlet; there may be several, each with a name of its own."""
    team = Team(hamlet=hamlet, formed_on=happened(formed_on, "formed_on"))
    _fill(team, name, leader, leader_name)
    team.save()
    return team


@action(rules.change_team, locks="team")
def change_team(
    *, actor: Actor, team: Team, name: str, leader: Member | None = None, leader_name: str = ""
) -> Team:
    """Another name, another one who leads it."""
    check_standing(team)
    _fill(team, name, leader, leader_name)
    team.version += 1
    team.save()
    return team


@action(rules.change_team, locks="team")
def end_team(*, actor: Actor, team: Team, ending: str) -> Team:
    """There is no such team from today on; its outings and hours stay."""
    check_standing(team)
    if Outing.objects.coming().filter(team=team).exists():
        text = _("An outing is still to come. Call it off first, or wait until it is over.")
        raise Conflict(text)
    team.ending = required(ending, LIMITS["ending"], "ending")
    team.ended_on = clock.today()
    team.version += 1
    team.save()
    return team


def check_standing(team: Team, **_parts: Any) -> None:
    if team.ended_on:
        raise Conflict(_("This team has ended; what it did stays to be read."))


def _fill(team: Team, name: str, leader: Member | None, leader_name: str) -> None:
    team.name = required(name, LIMITS["name"], "name")
    others = Team.objects.standing().filter(hamlet=team.hamlet_id, name=team.name)
    if others.exclude(pk=team.pk).exists():
        raise Invalid({"name": _("There is a team of this name already. Another name, please.")})
    if leader and (leader.hamlet_id != team.hamlet_id or leader.left_on):
        raise Invalid({"leader": _("Please pick one of the members of this hamlet.")})
    told = leader.name if leader else clean_name(leader_name)
    if not told:
        raise Invalid({"leader_name": _("Who leads it?")})
    team.leader, team.leader_name = leader, told


@action(rules.announce_outing, locks="team")
def announce_outing(*, actor: Actor, team: Team, facts: OutingFacts) -> Outing:
    """Everybody can read it and come along."""
    check_standing(team)
    outing = Outing(hamlet_id=team.hamlet_id, team=team, **_checked(team, facts))
    outing.save()
    outing.remember(actor, ANNOUNCE, "")
    return outing


@action(rules.change_outing, locks="outing")
def change_outing(*, actor: Actor, outing: Outing, facts: OutingFacts, words: str) -> Outing:
    """Another day, hour or place, and why: those who come read it."""
    check_is_coming(outing)
    words = _public(outing, words)
    return outing.advance(actor, "change", words=words, **_checked(outing.team, facts))


@action(rules.change_outing, locks="outing")
def call_off_outing(*, actor: Actor, outing: Outing, words: str) -> Outing:
    """It does not take place, and why."""
    return outing.advance(actor, "call_off", words=_public(outing, words))


@action(rules.change_outing, locks="outing")
def hold_outing(
    *,
    actor: Actor,
    outing: Outing,
    head_count: int,
    came: Sequence[Volunteer] = (),
    starts_at: time | None = None,
    ends_at: time | None = None,
) -> Outing:
    """It took place: how many came, and of those who are named, from when to when. Their hours
    count once one who was there vouches for them."""
    outing.check_step("hold")
    check_has_begun(outing)
    if not 1 <= head_count <= MOST_HEADS:
        raise Invalid({"head_count": _("If nobody came, say so: that is an answer too.")})
    if len(came) > head_count:
        raise Invalid({"head_count": _("More are named than came.")})
    if came and (starts_at is None or ends_at is None):
        raise Invalid({"ends_at": _("From when to when?")})
    if starts_at and ends_at:
        lock_people(came)
        for one in came:
            _put_down(actor, outing, one, starts_at, ends_at)
    return outing.advance(actor, "hold", head_count=head_count)


def _put_down(actor: Actor, outing: Outing, one: Volunteer, starts_at: time, ends_at: time) -> None:
    try:
        put_down(actor, one, Work(outing.begins_on, starts_at, ends_at, outing))
    except Invalid as error:
        field, told = next(iter(error.fields.items()))
        where = field if field == "ends_at" else "came"
        raise Invalid({where: f"{one}: {told}"}) from error


@action(rules.change_outing, locks="outing")
def nobody_came(*, actor: Actor, outing: Outing) -> Outing:
    """An honest answer, with one tap."""
    check_has_begun(outing)
    return outing.advance(actor, "nobody", head_count=0)


@action(rules.change_outing, locks="outing")
def close_outing(*, actor: Actor, outing: Outing) -> Outing:
    """All hours are written down; from now on they are corrected only."""
    return outing.advance(actor, "close")


@action(rules.choose_visits, locks="outing")
def choose_visits(*, actor: Actor, outing: Outing, households: Sequence[Household]) -> Outing:
    """Whom to visit, of those who live alone; what somebody has taken already stays."""
    check_visiting(outing)
    alone = {one.pk for one in living_alone(outing.hamlet_id)}
    wanted = {one.pk for one in households}
    if not wanted <= alone:
        raise Invalid({"households": _("Please pick some of those who live alone here.")})
    known = {visit.household_id: visit for visit in outing.visits.all()}
    gone = [one.pk for key, one in known.items() if key not in wanted and one.taken_by_id is None]
    outing.visits.filter(pk__in=gone).delete()
    Visit.objects.bulk_create(
        Visit(hamlet_id=outing.hamlet_id, outing=outing, household_id=key)
        for key in sorted(wanted - known.keys())
    )
    outing.version += 1
    outing.save(update_fields=["version"])
    return outing


def living_alone(hamlet: str) -> list[Household]:
    """The households in which an old person lives alone: sensitive, whoever reads them is noted."""
    alone = HouseholdNeed.objects.filter(kind=HouseholdNeed.Kind.LIVES_ALONE)
    rows = Household.objects.living_here().filter(hamlet=hamlet, pk__in=alone.values("household"))
    return list(rows.order_by("number"))


def check_is_coming(outing: Outing, **_parts: Any) -> None:
    if outing.state == State.OPEN and not outing.is_coming:
        raise Conflict(_("Its day is over."))


def check_visiting(outing: Outing, **_parts: Any) -> None:
    """Households are visited on outings of that kind, as long as one can join them."""
    outing.check_step("change")
    check_is_coming(outing)
    if outing.kind != Kind.VISITING:
        raise Conflict(_("Nobody is visited on this outing."))


def check_has_begun(outing: Outing, **_parts: Any) -> None:
    if outing.state == State.OPEN and not outing.has_begun:
        raise Conflict(_("Its day is still to come."))


def _public(outing: Outing, words: str) -> str:
    words = required(words, outing.WORDS_LIMIT)
    check_names_nobody(words, outing.hamlet)
    return words


def _checked(team: Team, facts: OutingFacts) -> dict[str, Any]:
    facts = facts.checked(team.hamlet)
    return {name: getattr(facts, name) for name in FACTS}
