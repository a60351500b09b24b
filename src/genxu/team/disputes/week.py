"""The agreements that one has brought about, on the day on which their sides are to be asked."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.coming import Coming

from .models import PEACEMAKERS, Dispute
from .workflow import State


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    """Without a name."""
    if not actor.plays(PEACEMAKERS):
        return
    rows = Dispute.objects.visible_to(actor).filter(peacemaker=actor.account_id)
    for one in rows.filter(state=State.AGREED, look_back_on__lte=until):
        assert one.look_back_on is not None
        note = _("Ask each side whether it holds.")
        yield Coming(one.look_back_on, str(one), reverse("dispute", args=[one.pk]), note=note)
