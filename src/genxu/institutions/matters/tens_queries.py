"""Ten households that guard each other (十户联防), a year back: personal things helped with, common
things done together, specialist things sent up and come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.calendar import months_later, morning

from .models import Matter, MatterStep
from .workflow import FINISHED, State, Tier

YEAR_IN_MONTHS = 12


@dataclass(frozen=True)
class OfTier:
    """One tier of a year: how many there were, how many are done; of what was sent up, how many
    went and came back."""

    tier: str
    n: int
    done: int
    sent: int
    back: int
    url: str

    @property
    def done_url(self) -> str:
        return f"{self.url}&group=done"


@dataclass(frozen=True)
class YearOfTens:
    """The three tiers since a day."""

    since: date
    personal: OfTier
    common: OfTier
    specialist: OfTier


def year_of(actor: Actor, hamlets: Sequence[str]) -> YearOfTens:
    """One query: of personal matters those that were given to the actor, of the others the
    hamlet's; each count is that of the list to which it leads."""
    since = months_later(clock.today(), -YEAR_IN_MONTHS)
    known = Q(tier=Tier.PERSONAL, assignee=actor.account_id) | ~Q(tier=Tier.PERSONAL)
    rows = Matter.objects.filter(known, hamlet__in=hamlets, registered_at__gte=morning(since))
    steps = MatterStep.objects.filter(matter=OuterRef("pk"))
    rows = rows.exclude(state=State.WITHDRAWN).annotate(
        went=Exists(steps.filter(step="pass_up")), came=Exists(steps.filter(step="answer"))
    )
    counted = rows.order_by().values("tier").annotate(
        n=Count("pk"), done=Count("pk", filter=Q(state__in=FINISHED)),
        sent=Count("pk", filter=Q(went=True)), back=Count("pk", filter=Q(went=True, came=True)),
    )  # fmt: skip
    found: dict[str, dict[str, Any]] = {one["tier"]: {**one} for one in counted}
    query = {"since": since.isoformat()}
    if len(hamlets) == 1:
        query["place"] = hamlets[0]
    return YearOfTens(since, *(_tier(tier, found.get(tier, {}), query) for tier in Tier))


def _tier(tier: str, counted: dict[str, Any], query: dict[str, str]) -> OfTier:
    more: dict[str, Any] = {"hand": "mine"} if tier == Tier.PERSONAL else {}
    url = f"{reverse('matters')}?{urlencode({**query, 'tier': tier, **more})}"
    counts = {name: counted.get(name, 0) for name in ("n", "done", "sent", "back")}
    return OfTier(tier=tier, url=url, **counts)
