"""The register of shares: quantified, brought in, passed on, followed, withdrawn."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.organisation.assemblies.bodies import Kind
from genxu.organisation.assemblies.models import Motion
from genxu.people.models import Household

from . import rules
from .decisions import carried
from .models import WORDS_LIMIT, Collective, Membership, Reason, ShareChange, ShareKind
from .roll_actions import check_household
from .shares import (
    Line,
    book_shares,
    came_later,
    changes_of,
    due_to_follow,
    frozen_since,
    lowest,
    passed_on,
)

BROUGHT_IN = (ShareKind.LAND, ShareKind.RENT)
MOST_AREA = 10_000_000
"""Hundredths of a mu: 100,000 mu."""
Holding = tuple[int | None, str]
"""Of a household: in whose name (None: its own), and of which kind."""


@action(rules.keep_shares, locks="collective", notes=("day", "motion"))
def quantify_members(
    *, actor: Actor, collective: Collective, day: date, motion: Motion | None = None
) -> Collective:
    """Each member of that day who has no member share yet gets what the charter says (第四十条);
    where it names the whole, that has to come out."""
    motion = motion and carried(motion, collective, Kind.SHARES)
    has = collective.changes.standing().filter(kind=ShareKind.MEMBER).exclude(membership=None)
    rows = collective.memberships.on_day(day).exclude(pk__in=has.values("membership"))
    if first := frozen_since(collective, ShareKind.MEMBER, day):
        later, rows = rows.filter(since__gt=first), rows.filter(since__lte=first)
        if later and not rows:
            raise Conflict(came_later(first))
    keys = rows.order_by("household__hamlet", "household__number", "pk")
    each = collective.charter_on(day).each
    lines = [Line(household, ShareKind.MEMBER, each, key)
             for key, household in keys.values_list("pk", "household")]  # fmt: skip
    if not lines:
        raise Conflict(_("Every member of that day has a share already."))
    book_shares(actor, collective, lines, day, Reason.QUANTIFIED, motion, fills=True)
    collective.moved_on()
    return collective


@action(rules.keep_shares, locks="collective", notes=("household", "kind", "day", "motion"))
def give_shares(
    *,
    actor: Actor,
    collective: Collective,
    household: Household,
    kind: str,
    quantity: int,
    day: date,
    member: Membership | None = None,
    area: int | None = None,
    motion: Motion | None = None,
) -> ShareChange:
    """A household brings in land or rent, or is given what was quantified to it."""
    check_household(collective, household)
    _check_quantity(quantity)
    _check_area(kind, area)
    _check_static(collective, kind, member, day)
    line = Line(household.pk, kind, quantity, _of_household(household, member), area)
    reason = Reason.BROUGHT if kind in BROUGHT_IN else Reason.QUANTIFIED
    (made,) = book_shares(actor, collective, [line], day, reason, motion)
    collective.moved_on()
    return made


@action(rules.keep_shares, locks="collective", notes=("household", "day"))
def take_shares(
    *,
    actor: Actor,
    collective: Collective,
    household: Household,
    holding: Holding,
    quantity: int,
    day: date,
) -> ShareChange:
    """Land or rent that was brought in is taken out again."""
    _check_quantity(quantity)
    member, kind = holding
    if kind not in BROUGHT_IN:
        told = _("Only what was brought in is taken out. Leaving gives no part of what belongs to "
                 "all (article 16).")  # fmt: skip
        raise Invalid({"holding": told})
    line = Line(household.pk, kind, -quantity, member)
    (made,) = book_shares(actor, collective, [line], day, Reason.TAKEN_OUT)
    collective.moved_on()
    return made


@action(rules.keep_shares, locks="collective", notes=("household", "to", "day", "motion"))
def pass_on_shares(
    *,
    actor: Actor,
    collective: Collective,
    household: Household,
    holding: Holding,
    to: Household,
    quantity: int,
    day: date,
    inherited: bool = False,
    motion: Motion | None = None,
) -> ShareChange:
    """Shares go to another household of the collective: handed over, or inherited."""
    check_household(collective, to, "to")
    _check_quantity(quantity)
    member, kind = holding
    if to.pk == household.pk and member is None:
        raise Invalid({"to": _("That is the household that has them.")})
    pair = (Line(household.pk, kind, -quantity, member), Line(to.pk, kind, quantity))
    reason = Reason.INHERITED if inherited else Reason.TRANSFERRED
    _given, got = passed_on(actor, collective, [pair], day, reason, motion)
    collective.moved_on()
    return got


@action(rules.keep_shares, locks="collective", notes=("member",))
def follow_member(*, actor: Actor, collective: Collective, member: Membership) -> ShareChange:
    """By a charter under which shares follow births and deaths: the change that is due."""
    due = {one.pk: (one, change) for one, change in due_to_follow(collective, clock.today())}
    if member.pk not in due:
        raise Conflict(_("There is nothing due any more."))
    one, change = due[member.pk]
    day = one.since if change > 0 else one.until
    assert day is not None
    reason = Reason.JOINED if change > 0 else Reason.LEFT
    line = Line(one.household_id, ShareKind.MEMBER, change, one.pk)
    (made,) = book_shares(actor, collective, [line], day, reason)
    collective.moved_on()
    return made


def _lock_collective(change: ShareChange, **_more: Any) -> None:
    rows = Collective.objects.select_for_update().filter(pk=change.collective_id)
    list(rows.values_list("pk"))


@action(rules.withdraw_change, locks="change", first=_lock_collective)
def withdraw_change(*, actor: Actor, change: ShareChange, words: str) -> ShareChange:
    """It was entered by mistake, and with it its counterpart: both stay to be read."""
    words = required(words, WORDS_LIMIT)
    check_stands(change)
    both = [change, *_belonging(change)]
    for one in both:
        line = Line(one.household_id, one.kind, one.change, one.membership_id)
        rows = changes_of(change.collective, line)
        rows.remove((one.day, one.change))
        if lowest(rows) < 0:
            raise Conflict(_("These shares were passed on or taken since. Withdraw that first."))
    for one in both:
        one.withdrawn_on, one.why = clock.today(), words
        one.save(update_fields=["withdrawn_on", "why"])
    change.collective.moved_on()
    return change


def check_stands(change: ShareChange, **_parts: Any) -> None:
    """``Conflict`` once it was withdrawn."""
    if change.withdrawn_on:
        raise Conflict(_("That is withdrawn already."))


def _belonging(change: ShareChange) -> list[ShareChange]:
    """The other side of what was passed on."""
    if change.counterpart:
        return [change.counterpart]
    return list(ShareChange.objects.filter(counterpart=change))


def _check_quantity(quantity: int) -> None:
    if quantity <= 0:
        raise Invalid({"quantity": _("A share of nothing is none.")})


def _check_area(kind: str, area: int | None) -> None:
    if kind == ShareKind.LAND and not area:
        raise Invalid({"area": _("How much land is it?")})
    if area is not None and (kind not in BROUGHT_IN or not 0 < area <= MOST_AREA):
        raise Invalid({"area": _("Is the area right?")})


def _check_static(collective: Collective, kind: str, member: Membership | None, day: date) -> None:
    """Where shares stay whoever is born, nobody who came later gets a member share."""
    first = frozen_since(collective, kind, day)
    if first and member and member.since > first:
        raise Invalid({"member": came_later(first)})


def _of_household(household: Household, member: Membership | None) -> int | None:
    if member and member.household_id != household.pk:
        raise Invalid({"member": _("That is a member of another household.")})
    return member.pk if member else None
