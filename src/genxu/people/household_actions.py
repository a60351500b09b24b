"""Keeping the register right: correcting, moving away, merging doubles, erasing, needs.

The changes of the head count of a household add up to its people while it lives here and to
nothing once it has moved away; ``figures`` leaves out those of doubles.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from genxu.core import clock, journal
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.declared import declared
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import optional, required
from genxu.regions.batches import lock_hamlets

from . import rules
from .erasure import erase_everywhere, erasure_of
from .initials import initials_of
from .models import Event, HeadCountChange, Household, HouseholdEvent, HouseholdNeed, ToldApart
from .numbers import Word
from .references import Happening, last_event, settle, take_back
from .register import Who, asked_who, free_number, is_another_now
from .rows import HouseholdRow

LONG_AGO = timedelta(days=30 * 366)
WHY_LIMIT = 200


@action(rules.correct_household, locks="household", notes=("who", "number_is"))
def correct_household(
    *,
    actor: Actor,
    household: Household,
    head_name: str,
    phone: str,
    head_count: int,
    who: str = "",
    number_is: str = "",
) -> Household:
    """Correct name, phone and head count.

    What would make it another household (``register.is_another``) is asked about: ``who`` says
    that it is the same, or that another one lives here now. Then this one is noted as moved away
    today, with all that is its own, and the other one, which is given back, begins with its own.
    The accounts of those who serve for it go with its number (``numbers``).
    """
    if who and who not in Who:
        raise Invalid({"who": _("Please choose one of those offered.")})
    row = _cleaned(household, head_name, phone, head_count)
    if who != Who.SAME and is_another_now(household, row):
        if who != Who.ANOTHER:
            raise Invalid({"who": asked_who(household)})
        return _succeeded(actor, household, row)
    return _correct(household, row, Word(actor, number_is))


@action(rules.correct_own_record, locks="household")
def correct_own_record(
    *, actor: Actor, household: Household, phone: str, head_count: int
) -> Household:
    """The household corrects its own phone and head count; without a phone the old one stays."""
    row = _cleaned(household, household.head_name, phone or household.phone, head_count)
    return _correct(household, row, Word(actor))


def _cleaned(household: Household, head_name: str, phone: str, head_count: int) -> HouseholdRow:
    check_named(household)
    row = HouseholdRow(household.hamlet_id, household.number, head_name, phone, head_count)
    row = row.cleaned()
    if problems := row.problems():
        raise Invalid(problems)
    return row


def _correct(household: Household, row: HouseholdRow, word: Word) -> Household:
    if row.phone != household.phone:
        for follow_household in declared("addresses", "follow_household"):
            follow_household(household, row.phone, word)
    _count(household, row.head_count - household.head_count, clock.today())
    household.head_name, household.initials = row.head_name, initials_of(row.head_name)
    household.phone, household.head_count = row.phone, row.head_count
    return _saved(household, "head_name", "initials", "phone", "head_count")


def _succeeded(actor: Actor, household: Household, row: HouseholdRow) -> Household:
    """The household that lives behind this door from now on; it has no code yet."""
    today = clock.today()
    _leave(actor, household, today)
    new = Household.objects.create(
        hamlet_id=household.hamlet_id,
        number=household.number,
        head_name=row.head_name,
        initials=initials_of(row.head_name),
        phone=row.phone,
        head_count=row.head_count,
    )
    _count(new, new.head_count, today)
    return new


def _hold_hamlet(*, household: Household, **_others: Any) -> None:
    """Whoever gives numbers, or what is a hamlet's to give, holds it before the household."""
    lock_hamlets([household.hamlet_id])


@action(rules.move_away, locks="household", notes=("on",), first=_hold_hamlet)
def move_away(*, actor: Actor, household: Household, on: date) -> Household:
    """The household no longer lives here from that day; what becomes of all that refers to it is
    declared (``references``)."""
    check_lives_here(household)
    happened(on, "on", clock.today() - LONG_AGO, _("That is too long ago."))
    return _leave(actor, household, on)


def _leave(actor: Actor, household: Household, on: date) -> Household:
    event = settle(Happening(Event.MOVED_AWAY, household, on, actor))
    # People cannot have left before they were counted: the sum would fall below nothing.
    last = household.changes.standing().aggregate(day=Max("day"))["day"]
    _count(household, -household.head_count, max(on, last) if last else on, event)
    household.left_on = on
    return _saved(household, "left_on")


@action(rules.come_back, locks="household", first=_hold_hamlet)
def come_back(*, actor: Actor, household: Household) -> Household:
    """The household lives here again, from today on; with another number if somebody else lives
    behind its door."""
    check_left(household)
    _check_hamlet(household)
    _count(household, household.head_count, clock.today())
    return _here_again(household, "left_on")


@action(rules.come_back, locks="household", first=_hold_hamlet)
def undo_moving_away(*, actor: Actor, household: Household, words: str) -> Household:
    """It never moved away: the people of the days between are those that were there, and what
    ended goes on, unless something else took its place."""
    event, why = check_can_stay(household), required(words, WHY_LIMIT)
    _check_hamlet(household)
    household = _here_again(household, "left_on")
    take_back(event, why)
    return household


def _here_again(household: Household, field: str) -> Household:
    setattr(household, field, None)
    household.number = free_number(household)
    return _saved(household, field, "number")


def _lock_both(*, keep: Household, double: Household, **_others: Any) -> None:
    """Always in the same order, so that two mergers cannot wait for each other."""
    lock_hamlets({keep.hamlet_id, double.hamlet_id})
    rows = Household.objects.select_for_update(no_key=True).filter(pk__in=[keep.pk, double.pk])
    list(rows.order_by("pk").values_list("pk", flat=True))


@action(rules.merge_households, locks="keep", notes=("keep", "double"), first=_lock_both)
def merge_households(*, actor: Actor, keep: Household, double: Household) -> Household:
    """Two entries of one household become one: ``double`` points to ``keep`` and is no longer
    listed or counted, and what is its own belongs to ``keep`` (``references``)."""
    if keep.pk == double.pk:
        raise Invalid({"double": _("Choose another household than this one.")})
    if keep.hamlet_id != double.hamlet_id:
        raise Invalid({"double": _("The two households live in different hamlets.")})
    merged = Household.objects.get(pk=double.pk)
    for one in (keep, merged):
        check_lives_here(one)
    settle(Happening(Event.MERGED, merged, clock.today(), actor, keep=keep))
    merged.merged_into = keep
    return _saved(merged, "merged_into")


@action(rules.undo_merge, locks="household", first=_hold_hamlet)
def undo_merge(*, actor: Actor, household: Household, words: str = "") -> Household:
    """The double is a household of its own again, with what was its own."""
    check_merged(household)
    if household.left_on is None:
        _check_hamlet(household)
    household.merged_into = None
    household = _here_again(household, "merged_into")
    if event := last_event(household, Event.MERGED):
        take_back(event, optional(words, WHY_LIMIT))
    return household


@action(rules.tell_apart, notes=("household", "other"))
def tell_apart(*, actor: Actor, household: Household, other: Household) -> Household:
    """The two only look alike; they are not suggested as doubles again."""
    if household.pk == other.pk or household.hamlet_id != other.hamlet_id:
        raise Invalid({"other": _("Choose another household of the same hamlet.")})
    first, second = sorted([household.pk, other.pk])
    ToldApart.objects.get_or_create(
        first_id=first, second_id=second, defaults={"hamlet_id": household.hamlet_id}
    )
    return household


@action(rules.erase_household, locks="household")
def erase_household(*, actor: Actor, household: Household) -> Household:
    """Name, phone, needs and code are gone for good (个人信息保护法 47), here and wherever else an
    app keeps them (``erasing.py``); the head count stays.

    The same holds for the doubles that were merged into the household.
    """
    check_can_be_erased(household)
    erased = _with_doubles(household.pk)
    settle(Happening(Event.ERASED, household, clock.today(), actor))
    erase_everywhere(erasure_of(actor, erased))
    journal.forget_submissions_of("people.household", erased)
    household.head_name = household.initials = household.phone = ""
    household.erasure_asked_on = None
    return _saved(household, "head_name", "initials", "phone", "erasure_asked_on")


def _with_doubles(pk: int) -> list[int]:
    """A household and all that were merged into it, directly or by way of another double."""
    found, newest = [pk], [pk]
    while newest:
        rows = Household.objects.select_for_update(no_key=True).filter(merged_into__in=newest)
        newest = list(rows.order_by("pk").values_list("pk", flat=True))
        found += newest
    return found


@action(rules.ask_erasure, locks="household")
def ask_erasure(*, actor: Actor, household: Household, wanted: bool = True) -> Household:
    """The household asks to be erased, or (``wanted`` is false) takes the request back."""
    if household.is_erased:
        raise Conflict(_("The name of this household was erased already."))
    household.erasure_asked_on = clock.today() if wanted else None
    return _saved(household, "erasure_asked_on")


@action(rules.set_needs, locks="household")
def set_needs(
    *, actor: Actor, household: Household, kinds: Sequence[str], agreed: bool
) -> Household:
    """Which needs a household has; none by an empty list. The journal does not say which.

    ``agreed``: the household was asked and said yes (个人信息保护法 29: separate consent).
    """
    if wrong := set(kinds) - set(HouseholdNeed.Kind.values):
        raise Invalid({"kinds": _("There is no such need: %s.") % ", ".join(sorted(wrong))})
    if kinds and household.is_erased:
        raise Conflict(_("The name of this household was erased: no needs are kept of it."))
    if kinds and not agreed:
        text = _("Ask the household first: such things are kept only if it agrees (PIPL 29).")
        raise Invalid({"agreed": text})
    household.needs.exclude(kind__in=kinds).delete()
    known = set(household.needs.values_list("kind", flat=True))
    HouseholdNeed.objects.bulk_create(
        HouseholdNeed(household=household, kind=kind, noted_on=clock.today())
        for kind in sorted(set(kinds) - known)
    )
    return _saved(household)


def check_lives_here(household: Household) -> None:
    if household.merged_into_id is not None:
        raise Conflict(_("%s was merged with another household.") % household)
    if household.left_on is not None:
        raise Conflict(_("%s has moved away.") % household)


def _check_hamlet(household: Household) -> None:
    """Nobody lives in a hamlet that was closed."""
    if ended := household.hamlet.ended:
        raise Conflict(ended)


def check_left(household: Household) -> None:
    if household.left_on is None:
        raise Conflict(_("This household has not moved away."))


def check_can_stay(household: Household) -> HouseholdEvent:
    """The moving away that can be taken back; ``Conflict`` if what it changed was not kept."""
    check_left(household)
    event = last_event(household, Event.MOVED_AWAY)
    if event is None:
        raise Conflict(_("This was noted long ago. Note that it came back instead."))
    return event


def check_merged(household: Household) -> None:
    if household.merged_into_id is None:
        raise Conflict(_("This household was not merged with another one."))


def check_named(household: Household) -> None:
    check_lives_here(household)
    if household.is_erased:
        raise Conflict(_("The name of this household was erased. There is nothing to correct."))


def check_can_be_erased(household: Household) -> None:
    if household.merged_into_id is not None:
        raise Conflict(_("It was merged with another household: erase that one."))
    if household.is_erased:
        raise Conflict(_("The name of this household was erased already."))


def _count(
    household: Household, change: int, day: date, event: HouseholdEvent | None = None
) -> None:
    if change:
        HeadCountChange.objects.create(
            household=household, hamlet_id=household.hamlet_id, day=day, change=change, event=event
        )


def _saved(household: Household, *fields: str) -> Household:
    household.version += 1
    household.save(update_fields=[*fields, "version"])
    return household
