"""What the registers and accounts hold of a household beside its name, phone and head count."""

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.regions.queries import place_with

from .models import (
    Account,
    FormerNumber,
    HeadCountChange,
    Household,
    HouseholdEvent,
    HouseholdLink,
    ToldApart,
)
from .record import Kept


def kept_of(household: Household) -> list[Kept]:
    entries = household.entries
    return [
        *_head_counts(entries),
        *_former_numbers(entries),
        *_slip(entries),
        *_doubles(household, entries),
        *_told_apart(entries),
        *_events(entries),
        *_account(household),
    ]


def _head_counts(entries: list[int]) -> list[Kept]:
    rows = HeadCountChange.objects.filter(household__in=entries)
    n, first = rows.aggregate(n=Count("pk"), day=Min("day")).values()
    text = ngettext("%(n)s entry", "%(n)s entries", n) % {"n": n}
    return [Kept(_("How many people, over time"), text, first)] if n else []


def _former_numbers(entries: list[int]) -> list[Kept]:
    rows = FormerNumber.objects.filter(household__in=entries).order_by("until", "pk")
    text = "；".join(f"{row.hamlet_name} {row.number}" for row in rows)
    return [Kept(_("The number it had before"), text, rows[0].until)] if text else []


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
