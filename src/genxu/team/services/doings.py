"""The errands that somebody did, as lines of what he did."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.people.deeds import Deed, Doer

from .models import Errand


def deeds(doer: Doer, since: date, until: date) -> Iterator[Deed]:
    """Each with its item; for whom, the record alone says."""
    if doer.account is None:
        return
    rows = Errand.objects.filter(posting__account=doer.account, done_on__range=(since, until))
    for one in rows.select_related("item").order_by("pk"):
        assert one.done_on is not None
        told = _("Did an errand: %s") % one.item
        yield Deed(f"errands.{one.pk}", one.done_on, told, reverse("errand", args=[one.pk]))
