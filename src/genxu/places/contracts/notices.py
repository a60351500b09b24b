"""What waits for those who keep contracts: rents that are owed or come due, ends that come near."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.places.ledger.rules import BOOKERS

from .models import AHEAD, Contract
from .rules import DRAFTERS


def notices(actor: Actor) -> list[Tally]:
    """None for those who keep none."""
    keepers = {*DRAFTERS, *BOOKERS}
    if not actor.plays(keepers):
        return []
    today = clock.today()
    rows = Contract.objects.filter(within(actor, "place", keepers))
    counts = {
        "owed": Count("pk", filter=Q(next_due__lt=today)),
        "due": Count("pk", filter=Q(next_due__gte=today, next_due__lte=today + AHEAD)),
    }
    return [
        Tally(rows.filter(next_due__lte=today + AHEAD), counts, _rents),
        Tally(rows.running_out(today + AHEAD), {"n": Count("pk")}, _ends),
    ]


def _rents(found: dict[str, Any]) -> list[Notice]:
    owed = ngettext("The rent of %(n)s contract is owed",
                    "The rents of %(n)s contracts are owed", found["owed"])  # fmt: skip
    due = ngettext("The rent of %(n)s contract comes due within sixty days",
                   "The rents of %(n)s contracts come due within sixty days",
                   found["due"])  # fmt: skip
    url = f"{reverse('contracts')}?group=due"
    told = ((owed, found["owed"]), (due, found["due"]))
    return [Notice(text % {"n": n}, url) for text, n in told if n]


def _ends(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("%(n)s contract runs out within sixty days, or has run out",
                    "%(n)s contracts run out within sixty days, or have run out", n)  # fmt: skip
    return [Notice(text % {"n": n}, f"{reverse('contracts')}?group=running_out")] if n else []
