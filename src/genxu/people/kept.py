"""What the registers and accounts hold of a household beside its name, phone and head count."""

from collections.abc import Sequence

from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from genxu.regions.queries import place_with

from .models import (
    Account,
    Event,
    HeadCountChange,
    Household,
    HouseholdEvent,
    HouseholdLink,
    HouseholdNeed,
    ToldApart,
)
from .record import Kept, entries_of
from .references import Becomes, Fate, Happening, Reference


def kept_of(household: Household) -> list[Kept]:
    entries = entries_of(household)
    return [
        *_head_counts(entries),
        *_slip(entries),
        *_doubles(household, entries),
        *_told_apart(entries),
        *_events(entries),
        *_account(household),
    ]


def _head_counts(entries: list[int]) -> list[Kept]:
    rows = HeadCountChange.objects.filter(household__in=entries)
    n, first = rows.count(), rows.aggregate(day=Min("day"))["day"]
    text = ngettext("%(n)s entry", "%(n)s entries", n) % {"n": n}
    return [Kept(_("How many people, over time"), text, first)] if n else []


def _slip(entries: list[int]) -> list[Kept]:
    link = HouseholdLink.objects.filter(household__in=entries).order_by("-issued_on").first()
    if link is None:
        return []
    return [Kept(_("Your slip"), _("a code that opens this page"), link.issued_on)]


def _doubles(household: Household, entries: list[int]) -> list[Kept]:
    doubles = Household.objects.filter(pk__in=entries).exclude(pk=household.pk).order_by("number")
    return [Kept(_("A second entry of your household"), str(double)) for double in doubles]


def _told_apart(entries: list[int]) -> list[Kept]:
    n = ToldApart.objects.filter(Q(first__in=entries) | Q(second__in=entries)).count()
    text = _("you and another household look alike in the register, and are two")
    return [Kept(_("Noted as not the same"), text)] if n else []


def _events(entries: list[int]) -> list[Kept]:
    rows = HouseholdEvent.objects.filter(household__in=entries).order_by("pk")
    return [Kept(_("What happened to the entry"), _told(one), one.on) for one in rows]


def _told(event: HouseholdEvent) -> str:
    told = str(event.get_event_display())
    if event.undone_on is None:
        return told
    return told + "；" + _("taken back: %s") % (event.why or _("no reason was given"))


def _account(household: Household) -> list[Kept]:
    account = Account.objects.filter(phone=household.phone).first() if household.phone else None
    if account is None:
        return []
    roles = [
        f"{grant.get_role_display()} · {place_with(grant.place_id)}"
        for grant in account.grants.order_by("pk")
    ]
    text = "；".join(roles) or _("holds no office")
    label = _("An account with your phone number")
    return [Kept(label, f"{account.name}: {text}", account.opened_at.date())]


# --- what becomes of it -------------------------------------------------------------------------

_lazy = gettext_lazy
AWAY, MERGED, ERASED = Event.MOVED_AWAY, Event.MERGED, Event.ERASED
STAYS = Becomes(Fate.STAYS, _lazy("It stays as it is."))
BEHIND = Becomes(Fate.MOVES, _lazy("It belongs to the entry that is kept."))


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
    Reference(_lazy("It asked to be erased"), Household, (), rows=_asked, at={
        AWAY: Becomes(Fate.STAYS, _lazy("The request still waits for you.")),
        MERGED: Becomes(Fate.MOVES, _lazy("The entry that is kept asks for it."), _ask_for_both),
        ERASED: Becomes(Fate.ENDS, _lazy("With that it is done.")),
    }),
    Reference(_lazy("Its people, counted"), HeadCountChange, ("household",), rows=_counts, at={
        AWAY: Becomes(Fate.ENDS, _lazy("From that day on they are not counted here.")),
        MERGED: Becomes(Fate.ENDS, _lazy("They are not counted: the entry that is kept counts.")),
        ERASED: Becomes(Fate.STAYS, _lazy("The head count stays.")),
    }),
    Reference(_lazy("Its slip"), HouseholdLink, ("household",), at={
        AWAY: Becomes(Fate.STAYS, _lazy("It opens the household's own page as before.")),
        MERGED: Becomes(Fate.MOVES, _lazy("It opens the page of the entry that is kept.")),
        ERASED: Becomes(Fate.GOES, _lazy("Its code opens nothing any more.")),
    }),
    Reference(
        _lazy("What it needs, if anything is noted"), HouseholdNeed, ("household",), private=True,
        at={
            AWAY: Becomes(Fate.STAYS, _lazy("It stands in no list any more.")),
            MERGED: Becomes(
                Fate.MOVES, _lazy("It is noted with the entry that is kept."), _need_together
            ),
            ERASED: Becomes(Fate.GOES, _lazy("It is gone for good.")),
        },
    ),
    Reference(_lazy("Entries that were merged into it"), Household, ("merged_into",), at={
        AWAY: STAYS, MERGED: BEHIND,
        ERASED: Becomes(Fate.GOES, _lazy("Their names and phone numbers go too.")),
    }),
    Reference(
        _lazy("Noted as not the same as another one"), ToldApart, ("first", "second"),
        rows=lambda happening: ToldApart.objects.filter(
            Q(first__in=happening.entries) | Q(second__in=happening.entries)
        ),
        at=dict.fromkeys(Event, STAYS),
    ),
    Reference(
        _lazy("What happened to it before"), HouseholdEvent, ("household",),
        at=dict.fromkeys(Event, STAYS),
    ),
    Reference(_lazy("An account with its number"), Account, (), rows=_accounts, at={
        AWAY: Becomes(Fate.STAYS, _lazy("Offices end by their own steps.")),
        MERGED: Becomes(Fate.STAYS, _lazy("Offices end by their own steps.")),
        ERASED: _account_when_erased,
    }),
]  # fmt: skip
