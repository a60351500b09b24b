"""The matters that somebody saw to, as lines of what he did."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.people.deeds import Deed, Doer

from .models import Matter
from .workflow import ENDED, SHARED_TIERS


def deeds(doer: Doer, since: date, until: date) -> Iterator[Deed]:
    """Those that ended in his hands; of a personal one no word of what it was."""
    if doer.account is None:
        return
    rows = Matter.objects.filter(assignee=doer.account, state__in=ENDED)
    for one in rows.filter(done_on__range=(since, until)).only("pk", "done_on", "tier", "title"):
        assert one.done_on is not None
        told = (
            _("Saw to it: %s") % one.title
            if one.tier in SHARED_TIERS
            else _("Helped a household with something of its own")
        )
        yield Deed(f"matters.{one.pk}", one.done_on, told, reverse("matter", args=[one.pk]))
