"""What becomes of the registers' own when something happens to a household."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from .models import (
    Account,
    Event,
    FormerNumber,
    HeadCountChange,
    Household,
    HouseholdEvent,
    HouseholdLink,
    HouseholdNeed,
    ToldApart,
)
from .references import Becomes, Fate, Happening, Reference

AWAY, MERGED, ERASED = Event.MOVED_AWAY, Event.MERGED, Event.ERASED
STAYS = Becomes(Fate.STAYS, _("It stays as it is."))
BEHIND = Becomes(Fate.MOVES, _("It belongs to the entry that is kept."))


def _counts(happening: Happening) -> QuerySet[HeadCountChange]:
    rows = HeadCountChange.objects.standing()
    return rows.filter(household__in=happening.entries)


def _asked(happening: Happening) -> QuerySet[Household]:
    rows = Household.objects.filter(erasure_asked_on__isnull=False)
    return rows.filter(pk__in=happening.entries)


def _ask_for_both(happening: Happening, rows: Sequence[Household]) -> None:
    """What the double asked for is asked for by the one that is kept."""
    keep = happening.keep
    days = [row.erasure_asked_on for row in rows]
    if keep is not None and keep.erasure_asked_on is None and days:
        happening.change(keep, erasure_asked_on=min(filter(None, days)))
        keep.refresh_from_db(fields=["erasure_asked_on"])


def _need_together(happening: Happening, rows: Sequence[HouseholdNeed]) -> None:
    """Each need once."""
    assert happening.keep is not None
    known = set(happening.keep.needs.values_list("kind", flat=True))
    for need in rows:
        if need.kind not in known:
            known.add(need.kind)
            happening.change(need, household=happening.keep)


def _accounts(happening: Happening) -> QuerySet[Account]:
    phones = {happening.household.phone} - {""}
    return Account.objects.filter(phone__in=phones)


def _account_when_erased(happening: Happening) -> Becomes:
    if _accounts(happening).exclude(grants=None).exists():
        return Becomes(Fate.STAYS, _("It holds an office: it goes when that ends."))
    return Becomes(Fate.GOES, _("It holds no office: it is closed for good."))


REFERENCES = [
    Reference(_("It asked to be erased"), Household, (), rows=_asked, at={
        AWAY: Becomes(Fate.STAYS, _("The request still waits for you.")),
        MERGED: Becomes(Fate.MOVES, _("The entry that is kept asks for it."), _ask_for_both),
        ERASED: Becomes(Fate.ENDS, _("With that it is done.")),
    }),
    Reference(_("Its people, counted"), HeadCountChange, ("household",), rows=_counts, at={
        AWAY: Becomes(Fate.ENDS, _("From that day on they are not counted here.")),
        MERGED: Becomes(Fate.ENDS, _("They are not counted: the entry that is kept counts.")),
        ERASED: Becomes(Fate.STAYS, _("The head count stays.")),
    }),
    Reference(_("Its slip"), HouseholdLink, ("household",), at={
        AWAY: Becomes(Fate.STAYS, _("It opens the household's own page as before.")),
        MERGED: Becomes(Fate.MOVES, _("It opens the page of the entry that is kept.")),
        ERASED: Becomes(Fate.GOES, _("Its code opens nothing any more.")),
    }),
    Reference(
        _("What it needs, if anything is noted"), HouseholdNeed, ("household",), private=True,
        at={
            AWAY: Becomes(Fate.STAYS, _("It stands in no list any more.")),
            MERGED: Becomes(
                Fate.MOVES, _("It is noted with the entry that is kept."), _need_together
            ),
            ERASED: Becomes(Fate.GOES, _("It is gone for good.")),
        },
    ),
    Reference(_("Entries that were merged into it"), Household, ("merged_into",), at={
        AWAY: STAYS, MERGED: BEHIND,
        ERASED: Becomes(Fate.GOES, _("Their names and phone numbers go too.")),
    }),
    Reference(
        _("Noted as not the same as another one"), ToldApart, ("first", "second"),
        rows=lambda happening: ToldApart.objects.filter(
            Q(first__in=happening.entries) | Q(second__in=happening.entries)
        ),
        at=dict.fromkeys(Event, STAYS),
    ),
    Reference(
        _("The numbers that it had before"), FormerNumber, ("household",),
        at=dict.fromkeys(Event, STAYS),
    ),
    Reference(
        _("What happened to it before"), HouseholdEvent, ("household",),
        at=dict.fromkeys(Event, STAYS),
    ),
    Reference(_("An account with its number"), Account, (), rows=_accounts, at={
        AWAY: Becomes(Fate.STAYS, _("Offices end by their own steps.")),
        MERGED: Becomes(Fate.STAYS, _("Offices end by their own steps.")),
        ERASED: _account_when_erased,
    }),
]  # fmt: skip
