"""What is kept of a household in the village council."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.people.models import Household
from genxu.people.record import Kept

from .models import Seat


def kept_of(household: Household) -> list[Kept]:
    rows = Seat.objects.filter(household__in=household.entries).order_by("since", "pk")
    return [Kept(_("A seat on the village council"), _told(seat), seat.since) for seat in rows]


def _told(seat: Seat) -> str:
    told = f"{seat}: {seat.get_duty_display()}"
    if seat.until is None:
        return told
    day = date_format(seat.until, "DATE_FORMAT")
    return _("%(who)s, until %(day)s") % {"who": told, "day": day}
