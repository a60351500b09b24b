"""The disputes that somebody settled, as lines of what he did; none of them names anybody."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.people.deeds import Deed, Doer

from .models import Dispute
from .workflow import State


def deeds(doer: Doer, since: date, until: date) -> Iterator[Deed]:
    """On the day on which all sides had said that it holds."""
    if doer.account is None:
        return
    entered = Max("steps__on", filter=Q(steps__to_state=State.SETTLED))
    rows = Dispute.objects.filter(peacemaker=doer.account, state=State.SETTLED)
    days = rows.annotate(day=entered).order_by("pk").values_list("pk", "day")
    for pk, day in days:
        if not since <= day <= until:
            continue
        yield Deed(f"disputes.{pk}", day, _("Settled a dispute"), reverse("dispute", args=[pk]))
