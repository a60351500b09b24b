"""The rents that fall due in these days, and those that are owed, for who keeps the books."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor, within
from genxu.core.coming import Coming
from genxu.core.cuts import First
from genxu.people.roles import Role

from .models import Contract

MOST = 30


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    """Without a name."""
    if not actor.plays([Role.BOOKKEEPER]):
        return
    rows = Contract.objects.filter(within(actor, "place", [Role.BOOKKEEPER]))
    for one in First.of(rows.due_until(until).order_by("next_due", "pk"), MOST):
        assert one.next_due is not None
        note = _("Rent: %(sum)s yuan") % {"sum": one.owed_told}
        yield Coming(one.next_due, str(one), reverse("contract", args=[one.pk]), note=note)
