"""What is kept of a household as centre household, as one looked after, as one that recommends."""

from collections.abc import Collection

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.people.models import Household, masked
from genxu.people.record import Kept

from .models import CentreHousehold, Coverage, Recommendation


def kept_of(household: Household) -> list[Kept]:
    entries = household.entries
    return [*_services(entries), *_looked_after(entries), *_recommended(entries)]


def _services(entries: list[int]) -> list[Kept]:
    rows = CentreHousehold.objects.filter(household__in=entries).select_related("account")
    label = _("As centre household")
    return [Kept(label, _service(one), one.nominated_on) for one in rows.order_by("pk")]


def _service(one: CentreHousehold) -> str:
    told = f"{one}: {one.get_state_display()}"
    if one.account is None:
        return told
    if not one.account.phone:
        return told + "；" + _("an account without a number")
    return told + "；" + _("account with the number %s") % masked(one.account.phone)


def _looked_after(entries: list[int]) -> list[Kept]:
    rows = Coverage.objects.filter(household__in=entries).select_related("centre_household")
    label = _("Looked after by a centre household")
    return [Kept(label, _who_and_until(row), row.since) for row in rows.order_by("since", "pk")]


def _who_and_until(row: Coverage) -> str:
    if row.until is None:
        return str(row.centre_household)
    until = date_format(row.until, "DATE_FORMAT")
    return _("%(who)s, until %(day)s") % {"who": row.centre_household, "day": until}


def _recommended(entries: list[int]) -> list[Kept]:
    rows = Recommendation.objects.filter(household__in=entries).select_related("candidate")
    label = _("Whom you recommended")
    return [Kept(label, str(row.candidate), row.on) for row in rows.order_by("on", "pk")]


def read_with(household: Household) -> dict[str, Collection[int]]:
    """A centre household reads what its neighbours need; the list is noted under itself."""
    rows = Coverage.objects.filter(household__in=household.entries)
    keys = rows.values_list("centre_household", flat=True)
    return {CentreHousehold._meta.label_lower: set(keys)}
