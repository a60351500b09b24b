"""What is asked of a fund, on the day on which it is needed: for who decides or pays it."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor, within
from genxu.core.coming import Coming
from genxu.people.roles import Role

from .models import Spending
from .workflow import OPEN, Asked


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    """Of the secretary what still waits, of the bookkeeper what is to be paid."""
    if not actor.plays([Role.SECRETARY, Role.BOOKKEEPER]):
        return
    rows = Spending.objects.filter(
        within(actor, "hamlet", [Role.SECRETARY, Role.BOOKKEEPER]), state__in=OPEN,
        wanted_on__range=(since, until),
    )  # fmt: skip
    for one in rows.order_by("wanted_on", "pk"):
        if one.state != Asked.APPROVED and not actor.holds([Role.SECRETARY], one.hamlet_id):
            continue
        assert one.wanted_on is not None
        note = _("Needed by then; it stands at: %s") % one.get_state_display()
        yield Coming(one.wanted_on, one.what, reverse("spending", args=[one.pk]), note=note)
