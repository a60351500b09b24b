"""What waits for those who keep places: agreements with their owners that end soon."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.people.roles import Role

from .models import Venue

KEPT_BY = (Role.SECRETARY, Role.VILLAGE_STAFF)


def notices(actor: Actor) -> list[Tally]:
    """None for those who keep none, or only look on from further up."""
    if not actor.plays(KEPT_BY):
        return []
    rows = Venue.objects.agreement_due().filter(within(actor, "hamlet", KEPT_BY))
    over = Q(agreed_until__lt=clock.today())
    return [Tally(rows, {"over": Count("pk", filter=over), "soon": Count("pk", filter=~over)},
                  _told)]  # fmt: skip


def _told(found: dict[str, Any]) -> list[Notice]:
    lines: list[Notice] = []
    address = f"{reverse('venues')}?group=due"
    if n := found["over"]:
        text = ngettext("The agreement on %(n)s place is over: talk to its owner",
                        "The agreements on %(n)s places are over: talk to the owners",
                        n)  # fmt: skip
        lines.append(Notice(text % {"n": n}, address, urgent=True))
    if n := found["soon"]:
        text = ngettext("The agreement on %(n)s place ends within 60 days",
                        "The agreements on %(n)s places end within 60 days", n)  # fmt: skip
        lines.append(Notice(text % {"n": n}, address))
    return lines
