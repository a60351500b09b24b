"""Entering a collective, what its charter chose, who has an office, its end."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_new
from genxu.core.days import happened, wrong_day
from genxu.core.declared import declared
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.core.texts import optional, required
from genxu.organisation.assemblies.bodies import Kind
from genxu.organisation.assemblies.models import Motion
from genxu.people.models import Grant
from genxu.people.roles import Role
from genxu.regions.codes import ancestors_of
from genxu.regions.models import Region

from . import rules
from .decisions import carried
from .models import (
    KIND_LIMIT,
    MOST_SHARES,
    NAME_LIMIT,
    NUMBER_LIMIT,
    PERSON_LIMIT,
    SHARE,
    Charter,
    Collective,
    Officer,
    ShareKind,
)


@dataclass(frozen=True)
class Choices:
    """What a charter chooses: per mille for the reserve, whether shares follow births and deaths,
    how much each member has and what the whole is (hundredths of a share), which kinds there are.
    """

    reserve_rate: int
    follows: bool = False
    each: int = SHARE
    whole: int | None = None
    kinds: Collection[str] = (ShareKind.MEMBER,)
    other_name: str = ""

    def problems(self) -> dict[str, StrOrPromise]:
        found: dict[str, StrOrPromise] = {}
        if not 0 <= self.reserve_rate <= 1000:
            found["reserve_rate"] = _("It lies between nothing and all of it.")
        if not 0 < self.each <= MOST_SHARES:
            found["each"] = _("A share of nothing is none.")
        if self.whole is not None and not 0 < self.whole <= MOST_SHARES:
            found["whole"] = _("A share of nothing is none.")
        if not self.kinds or any(kind not in ShareKind for kind in self.kinds):
            found["kinds"] = _("Please choose one of those offered.")
        if ShareKind.OTHER in self.kinds and not self.other_name.strip():
            found["other_name"] = _("What does the charter call it?")
        return found

    def cleaned(self) -> dict[str, Any]:
        """As a charter keeps it; ``Invalid`` names every field that is wrong."""
        if wrong := self.problems():
            raise Invalid(wrong)
        name = optional(self.other_name, KIND_LIMIT, "other_name")
        kinds = [kind for kind in ShareKind.values if kind in self.kinds]
        return {**asdict(self), "kinds": kinds, "other_name": name}


@action(rules.found_collective, locks="hamlet")
def found_collective(
    *,
    actor: Actor,
    hamlet: Region,
    name: str,
    since: date,
    choices: Choices,
    number: str = "",
) -> Collective:
    """A collective of a village or a hamlet with its first charter; there is one of a place."""
    if Collective.objects.standing().filter(place=hamlet).exists():
        raise Conflict(_("This place has its collective already."))
    facts = choices.cleaned()
    happened(since, "since")
    name = required(name, NAME_LIMIT, "name", _("What is it called?"))
    number = optional(number, NUMBER_LIMIT, "number")
    made = Collective.objects.create(place=hamlet, name=name, number=number, since=since)
    Charter.objects.create(
        collective=made, place=hamlet, since=since, noted_on=clock.today(), **facts
    )
    return made


@action(rules.steer_collective, locks="collective", notes=("since", "motion"))
def change_charter(
    *, actor: Actor, collective: Collective, since: date, choices: Choices, motion: Motion
) -> Charter:
    """What the members' meeting has chosen anew, from a day on; what held before stays readable."""
    facts = choices.cleaned()
    happened(since, "since", collective.since, _("The collective is younger than that."))
    carried(motion, collective, Kind.CHARTER)
    if collective.charters.filter(withdrawn_on=None, since=since).exists():
        told = _("There is a charter of that very day. Withdraw that one first if it is wrong.")
        raise Invalid({"since": told})
    made = Charter(
        collective=collective, place_id=collective.place_id, since=since, motion=motion,
        noted_on=clock.today(), **facts,
    )  # fmt: skip
    made.save()
    collective.moved_on()
    return made


@action(rules.steer_collective, locks="collective")
def withdraw_charter(*, actor: Actor, collective: Collective) -> Charter:
    """The last one was entered by mistake; the one before it holds again."""
    last = last_charter(collective)
    last.withdrawn_on = clock.today()
    last.save(update_fields=["withdrawn_on"])
    collective.moved_on()
    return last


def last_charter(collective: Collective) -> Charter:
    """The last that stands; ``Conflict`` if it is the only one."""
    rows = list(collective.charters.filter(withdrawn_on=None).order_by("-since", "-pk")[:2])
    if len(rows) < 2:
        raise Conflict(_("It is its first charter: without one there is no collective."))
    return rows[0]


@dataclass(frozen=True, slots=True)
class Elected:
    """Who was elected to which office; ``declared``: she says that she is no close relative of
    those of whom she may be none."""

    name: str
    office: str
    declared: bool = False


@action(rules.steer_collective, locks="collective", notes=("since",))
def elect_officers(
    *, actor: Actor, collective: Collective, since: date, elected: Sequence[Elected]
) -> Collective:
    """Board and supervisors of a new term (第二十九、三十三条); those of before have ended."""
    happened(since, "since", collective.since, _("The collective is younger than that."))
    people = [Elected(clean_name(one.name), one.office, one.declared) for one in elected]
    if wrong := _wrong_officers(collective, people):
        raise Invalid(wrong)
    serving = collective.officers.serving()
    if serving.filter(since__gt=since).exists():
        raise Invalid({"since": _("Those who serve now were elected later than that.")})
    serving.update(until=since)
    today = clock.today()
    insert_new([
        Officer(collective=collective, place_id=collective.place_id, name=one.name, since=since,
                office=one.office, declared_on=today if one.declared else None)
        for one in people
    ])  # fmt: skip
    collective.moved_on()
    return collective


def _wrong_officers(collective: Collective, people: Sequence[Elected]) -> dict[str, Any]:
    """What the law forbids; fields are named officers-N-…"""
    if sum(one.office == Officer.Office.CHAIR for one in people) != 1:
        return {"since": _("A board has one in the chair.")}
    board = {one.name for one in people if one.office in Officer.BOARD}
    keepers = _bookkeepers(collective)
    wrong: dict[str, Any] = {}
    seen: set[str] = set()
    for n, one in enumerate(people):
        told: StrOrPromise = ""
        if one.office not in Officer.Office:
            wrong[f"officers-{n}-office"] = _("Please choose one of those offered.")
        if not one.name or len(one.name) > PERSON_LIMIT:
            told = _("The name is missing")
        elif one.office not in Officer.BOARD and one.name in board:
            told = _("Whoever sits on the board supervises it not (article 34).")
        elif one.office not in Officer.BOARD and one.name in keepers:
            told = _("Whoever keeps the books supervises them not (article 34).")
        elif one.name in seen:
            told = _("%s stands here twice.") % one.name
        if told:
            wrong[f"officers-{n}-name"] = told
        seen.add(one.name)
    return wrong


def _bookkeepers(collective: Collective) -> set[str]:
    """The names of those who keep the books there."""
    code = collective.place_id
    rows = Grant.objects.filter(role=Role.BOOKKEEPER, place__in=[code, *ancestors_of(code)])
    return set(rows.values_list("account__name", flat=True))


@action(rules.change_officer, locks="officer")
def declare_no_relative(*, actor: Actor, officer: Officer) -> Officer:
    """She has said that she is no close relative of the others; no relation is kept."""
    if officer.declared_on or officer.until:
        raise Conflict(_("That is noted already."))
    officer.declared_on = clock.today()
    officer.save(update_fields=["declared_on"])
    return officer


@action(rules.change_officer, locks="officer")
def leave_office(*, actor: Actor, officer: Officer) -> Officer:
    """Somebody leaves an office today."""
    if officer.until:
        raise Conflict(_("That is noted already."))
    officer.until = clock.today()
    officer.save(update_fields=["until"])
    return officer


@action(rules.steer_collective, locks="collective", notes=("ended_on", "motion"))
def end_collective(
    *, actor: Actor, collective: Collective, ended_on: date, motion: Motion
) -> Collective:
    """It is merged, divided or at its end, by decision of its own meeting; all of it stays to be
    read."""
    too_early = _("The collective is younger than that.")
    happened(ended_on, "ended_on", collective.since, too_early)
    carried(motion, collective, Kind.ENDING)
    check_can_end(collective)
    collective.ended_on = ended_on
    collective.version += 1
    collective.save(update_fields=["ended_on", "version"])
    return collective


def check_can_end(collective: Collective, **_parts: Any) -> None:
    """``Conflict`` while an app (its room ``ending``) names what comes first."""
    if found := [str(one) for tell in declared("ending", "hinders_ending")
                 for one in tell(collective)]:  # fmt: skip
        raise Conflict(_("It cannot end yet. There is still: %s.") % "、".join(found))


def wrong_since(collective: Collective, day: date, field: str = "since") -> dict[str, StrOrPromise]:
    """What is wrong with a day on which something happened in it."""
    text = _("The collective was founded on %s: nobody was a member before.")
    return wrong_day(field, day, collective.since, text % collective.since.isoformat())
