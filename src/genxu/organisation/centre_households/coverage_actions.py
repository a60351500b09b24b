"""Who looks after whom, written: one whole screen at a time; and the jobs that propose it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_new
from genxu.core.declared import declared
from genxu.core.errors import Conflict, Invalid
from genxu.jobs.models import Job
from genxu.jobs.queue import put
from genxu.people.models import Household
from genxu.regions.models import Region

from . import rules
from .models import CentreHousehold, Coverage

PROPOSAL = "propose_coverage"
Pairs = Mapping[int, int]
"""Household → centre household, by their keys."""


def field_of(household: int) -> str:
    """The name of the field that says who looks after a household."""
    return f"for-{household}"


def digest(pairs: Iterable[tuple[int, int]]) -> str:
    """A short fingerprint of who looks after whom: another one means that it was changed."""
    text = repr(sorted(pairs))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@action(rules.assign_households, locks="hamlet")
def assign_households(
    *,
    actor: Actor,
    hamlet: Region,
    pairs: Sequence[tuple[int, int | None]],
    version: str | None = None,
) -> Region:
    """Give households of a hamlet to its centre households, or to nobody: all or none of them.

    ``pairs`` of keys (household, centre household); a household that is not named stays as it is,
    and what stays writes nothing. What their centre household has in hand of them goes along
    (``helper_changed`` in the rooms ``bonds`` of the apps above). ``version`` is the ``digest`` of
    what the page had shown: if somebody was quicker she is told. What was before is kept: a changed
    row ends today.
    """
    serving = _serving(hamlet)
    rows = {row.household_id: row for row in Coverage.objects.filter(hamlet=hamlet, until=None)}
    now = Coverage.objects.now().filter(hamlet=hamlet, centre_household__in=list(serving))
    shown = now.values_list("household_id", "centre_household_id")
    if version is not None and version != digest(shown):
        raise Conflict(
            _("Somebody else has just changed who looks after whom here. Look at it once more.")
        )
    changed = {
        household: centre
        for household, centre in pairs
        if (row.centre_household_id if (row := rows.get(household)) else None) != centre
    }
    _check(hamlet, pairs, serving, changed)
    before = _accounts(rows[household] for household in changed if household in rows)
    end_coverage([rows[household] for household in changed if household in rows], clock.today())
    insert_new([
        Coverage(centre_household_id=centre, household_id=household, hamlet=hamlet,
                 since=clock.today())
        for household, centre in changed.items()
        if centre is not None
    ])  # fmt: skip
    for follow in declared("bonds", "helper_changed") if before else ():
        follow(actor, before)
    return hamlet


def _accounts(rows: Iterable[Coverage]) -> dict[int, int | None]:
    """Household → the account of who looks after it until now."""
    keys = {row.household_id: row.centre_household_id for row in rows}
    known = CentreHousehold.objects.filter(pk__in=set(keys.values()))
    accounts = dict(known.values_list("pk", "account"))
    return {household: accounts[centre] for household, centre in keys.items()}


def _serving(hamlet: Region) -> dict[int, CentreHousehold]:
    """Locked, so that none of them leaves while households are given to it."""
    rows = CentreHousehold.objects.serving().filter(hamlet=hamlet).order_by("pk")
    rows = rows.select_related("household")
    return {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True)}


def end_coverage(rows: Sequence[Coverage], today: date) -> None:
    """A part of actions: a row ends today; one that began today never was."""
    begun = [row.pk for row in rows if row.since >= today]
    older = [row.pk for row in rows if row.since < today]
    if begun:
        Coverage.objects.filter(pk__in=begun).delete()
    if older:
        Coverage.objects.filter(pk__in=older).update(until=today)


def _check(
    hamlet: Region,
    pairs: Sequence[tuple[int, int | None]],
    serving: Mapping[int, CentreHousehold],
    changed: Mapping[int, int | None],
) -> None:
    """Raise ``Invalid`` with a sentence for each household that cannot be given away like this."""
    asked = [household for household, _centre in pairs]
    households = Household.objects.filter(hamlet=hamlet).in_bulk(asked)
    owners = {row.household_id: row for row in serving.values()}
    wrong: dict[str, str] = {}
    seen: set[int] = set()
    for household, centre in pairs:
        if said := _wrong(households.get(household), centre, serving, owners, household in seen):
            wrong[field_of(household)] = said
        elif centre is not None and household in changed and serving[centre].household.left_on:
            told = _("%(household)s: that centre household has moved away; nobody new goes to it.")
            wrong[field_of(household)] = told % {"household": households[household].label}
        seen.add(household)
    if wrong:
        raise Invalid(wrong)


def _wrong(
    household: Household | None,
    centre: int | None,
    serving: Mapping[int, CentreHousehold],
    owners: Mapping[int, CentreHousehold],
    again: bool,
) -> str:
    """What is wrong with one pair, in a sentence; empty if nothing is."""
    if household is None:
        return _("That household is of another hamlet.")
    name = {"household": household.label}
    if again:
        return _("%(household)s stands here twice; it has one centre household at a time.") % name
    if not household.lives_here:
        return _("%(household)s has moved away or was entered twice.") % name
    if centre is not None and centre not in serving:
        return _("%(household)s: that centre household does not serve in this hamlet.") % name
    owner = owners.get(household.pk)
    if owner is not None and owner.pk != centre:
        return (
            _("%(household)s is a centre household: it looks after itself, nobody else does.")
            % name
        )
    return ""


@action(rules.propose_coverage)
def ask_for_proposals(*, actor: Actor, place: Region) -> Job:
    """Have a proposal worked out for every hamlet of a place where somebody is not looked after.

    Nothing is changed by it: a person accepts it, hamlet by hamlet or all at once.
    """
    return put(actor=actor, kind=PROPOSAL, place=place)
