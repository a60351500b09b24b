"""What may become of a hamlet. Merging and moving rest on what each app says in its ``resettling``
room (``people/resettlement.py``); rows follow by ``regions/moving.py``, as when a place is recoded.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock, journal
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import sentences
from genxu.people.granting import take_roles
from genxu.people.models import Grant, Household
from genxu.people.resettlement import Merging, Moving, all_told, run
from genxu.regions.actions import check_name
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import FormerName, Region
from genxu.regions.moving import keep_codes, move_rows

from . import rules
from .queries import heirs_of


@action(rules.rename_hamlet, locks="hamlet")
def rename_hamlet(*, actor: Actor, hamlet: Region, name: str, distinguished_by: str = "") -> Region:
    """Another name, or another word that tells it from a namesake; the name of before is kept."""
    before = hamlet.short_name
    hamlet.name, hamlet.distinguished_by = name, distinguished_by
    check_name(hamlet)
    if hamlet.short_name == before:
        raise Invalid({"name": _("It is called so already.")})
    hamlet.save(update_fields=["name", "distinguished_by"])
    _remember_name(hamlet, before)
    return hamlet


@action(rules.close_hamlet, locks="hamlet")
def close_hamlet(*, actor: Actor, hamlet: Region) -> Region:
    """Nobody lives there and nothing is open: it is offered no longer, and stays to be read. The
    offices that were held there end."""
    check_can_be_closed(hamlet)
    hamlet.closed_on = clock.today()
    hamlet.save(update_fields=["closed_on"])
    take_roles(Grant.objects.filter(place=hamlet))
    return hamlet


@action(rules.reopen_hamlet, locks="hamlet", also_ended=True)
def reopen_hamlet(*, actor: Actor, hamlet: Region) -> Region:
    """It is a place to live in again; offices are given anew."""
    check_is_closed(hamlet)
    check_name(hamlet)
    hamlet.closed_on = None
    hamlet.save(update_fields=["closed_on"])
    return hamlet


def _hold_both(*, hamlet: Region, heir: Region, **_others: Any) -> None:
    """The whole rows, always in the same order: while they are held nobody writes anything new at
    one of the two, and what is being written is waited for."""
    list(Region.objects.select_for_update().filter(code__in=[hamlet.code, heir.code])
         .order_by("code").values_list("code"))  # fmt: skip


@action(rules.merge_hamlets, locks="heir", notes=("hamlet", "heir"), first=_hold_both)
def merge_hamlets(*, actor: Actor, hamlet: Region, heir: Region) -> Region:
    """A hamlet becomes part of another of its township, with all that lies there; its code and its
    name mean the other from now on. What both have of one kind ends there, or stands against it.
    """
    there = Region.objects.filter(code=hamlet.code).first()  # as it is now that it is held
    if there is None:
        raise Conflict(_("It was merged already."))
    merging = Merging(actor, there, heir)
    check_can_be_merged(merging)
    run("before_merging", merging)
    move_rows(hamlet.code, heir.code)
    Region.objects.filter(code=hamlet.code).delete()
    keep_codes({hamlet.code: heir.code})
    _remember_name(heir, hamlet.short_name, merged=True)
    run("after_merging", merging)
    _enter(actor, "merge_hamlets", hamlet.code, {"hamlet": hamlet.code, "heir": heir.code})
    return heir


def _hold_with_households(*, hamlet: Region, into: Region, **others: Any) -> None:
    _hold_both(hamlet=hamlet, heir=into)
    rows = Household.objects.select_for_update(no_key=True).filter(hamlet=hamlet)
    list(rows.order_by("pk").values_list("pk"))


@action(
    rules.move_households, locks="hamlet", notes=("hamlet", "into", "households"),
    first=_hold_with_households,
)  # fmt: skip
def move_households(
    *, actor: Actor, hamlet: Region, into: Region, households: Sequence[Household]
) -> Region:
    """Households move to another hamlet of their village and take new numbers there; the figures of
    the days before stay where they were."""
    moving = moving_of(actor, hamlet, into, households)
    if found := all_told("against_moving", moving):
        raise Invalid({"households": sentences(found)})
    run("move", moving)
    detail = {"hamlet": hamlet.code, "into": into.code}
    _enter(actor, "move_households", into.code, detail)
    return hamlet


def moving_of(
    actor: Actor, hamlet: Region, into: Region, households: Sequence[Household]
) -> Moving:
    """With the doubles of each; ``Invalid`` if the hamlets do not fit."""
    if into.parent_id != hamlet.parent_id or into.code == hamlet.code or not into.is_hamlet:
        raise Invalid({"into": _("Choose another hamlet of the same village.")})
    if into.ended:
        raise Invalid({"into": into.ended})
    if not households:
        raise Invalid({"households": _("Choose at least one household.")})
    return Moving(actor, hamlet, into, tuple(sorted({one.pk for one in households})))


def check_can_be_closed(hamlet: Region) -> None:
    """``Conflict`` says what is left."""
    _check_open(hamlet)
    if found := all_told("left_at", hamlet):
        raise Conflict(_("It cannot be closed yet. There is still: %s.") % "、".join(found))


def check_is_closed(hamlet: Region) -> None:
    if hamlet.closed_on is None:
        raise Conflict(_("It is open."))


def check_can_be_renamed(hamlet: Region) -> None:
    _check_open(hamlet)


def check_has_neighbour(hamlet: Region) -> None:
    """Whether there is another hamlet to move to."""
    _check_open(hamlet)
    beside = Region.objects.open().filter(parent_id=hamlet.parent_id).exclude(code=hamlet.code)
    if not beside.exists():
        raise Conflict(_("There is no other hamlet in this village."))


def check_has_heir(hamlet: Region) -> None:
    """Whether there is another hamlet that it can become part of."""
    _check_open(hamlet)
    if not heirs_of(hamlet).exists():
        raise Conflict(_("There is no other hamlet in this township."))


def check_can_be_merged(merging: Merging) -> None:
    """``Invalid`` where the two do not fit, ``Conflict`` with what stands against it."""
    hamlet, heir = merging.hamlet, merging.heir
    township = hamlet.code[: LENGTHS[Level.TOWNSHIP]]
    if not (hamlet.is_hamlet and heir.is_hamlet) or hamlet.code == heir.code:
        raise Invalid({"heir": _("Choose another hamlet.")})
    if not heir.code.startswith(township):
        raise Invalid({"heir": _("Both lie in one township.")})
    if not merging.actor.holds(rules.CHANGERS, heir.code):
        raise Invalid({"heir": _("This place is not in your charge.")})
    for one in (hamlet, heir):
        _check_open(one)
    if found := all_told("against_merging", merging):
        raise Conflict(sentences(found))


def _check_open(hamlet: Region) -> None:
    if hamlet.ended:
        raise Conflict(hamlet.ended)


def _remember_name(place: Region, name: str, *, merged: bool = False) -> None:
    FormerName.objects.create(region=place, name=name, until=clock.today(), merged=merged)


def _enter(actor: Actor, action: str, place: str, detail: dict[str, str]) -> None:
    """Enter at the other place too what an action has changed there."""
    journal.write(
        actor=actor, action=f"hamlets.{action}", place=place, detail=detail,
        subject_type=Region._meta.label_lower, subject_id=place,
    )  # fmt: skip
