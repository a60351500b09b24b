"""The hours of a member that another one has vouched for, as lines of what he did."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.people.deeds import Deed, Doer

from .models import Hours


def deeds(doer: Doer, since: date, until: date) -> Iterator[Deed]:
    """Each with its day; that there were some, not how many: hours are no measure of a member."""
    own = Q(volunteer__member=doer.member)
    if doer.account is not None:
        own |= Q(volunteer__account=doer.account)
    rows = Hours.objects.verified().filter(own, day__range=(since, until))
    for one in rows.select_related("outing").order_by("day", "pk"):
        told = _("Helped as a volunteer: %s") % one.told
        yield Deed(f"volunteers.{one.pk}", one.day, told, reverse("hours", args=[one.pk]))
