"""What waits: for a hamlet its word, for a township a look elsewhere, for the county what was left.
Nothing of it is urgent: who has said nothing yet is not late."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.people.roles import Role

from .models import Part, Sample
from .rules import LOOKERS, SPEAKERS
from .workflow import ASKED, Said, State

TOLD_FOR = timedelta(days=30)
"""So long the county is told of a campaign that has ended."""


def notices(actor: Actor) -> list[Tally]:
    found = []
    if actor.plays(SPEAKERS):
        rows = Part.objects.asked_now().filter(within(actor, "hamlet", SPEAKERS), state__in=ASKED)
        back = Count("pk", filter=Q(state=Said.SENT_BACK))
        counts = {"n": Count("pk"), "back": back, "first": Min("pk")}
        found.append(Tally(rows, counts, _not_said))
    if actor.plays(LOOKERS):
        waits = Sample.objects.visible_to(actor).waiting().filter(checker__in=_offices(actor))
        found.append(Tally(waits, {"n": Count("pk")}, _to_look_at))
    if actor.plays([Role.COUNTY_STAFF]):
        since = clock.today() - TOLD_FOR
        ended = Part.objects.filter(within(actor, "campaign__place", [Role.COUNTY_STAFF]))
        ended = ended.filter(campaign__state=State.ENDED, campaign__ended_on__gte=since)
        counts = {"n": Count("campaign", distinct=True), "left": Sum("left")}
        found.append(Tally(ended, counts, _ended))
    return found


def _offices(actor: Actor) -> list[str]:
    return [grant.place for grant in actor.grants if grant.role in LOOKERS]


def _not_said(found: dict[str, Any]) -> list[Notice]:
    n, back = found["n"], found["back"]
    if not n:
        return []
    url = reverse("part", args=[found["first"]]) if n == 1 else reverse("campaigns")
    if back:
        text = ngettext("A campaign: somebody from elsewhere has looked, please look again",
                        "Campaigns: %(n)s are to be looked at again", back)  # fmt: skip
        return [Notice(text % {"n": back}, url)]
    text = ngettext("A campaign asks for your word", "Campaigns ask for your word: %(n)s", n)
    return [Notice(text % {"n": n}, url)]


def _to_look_at(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("A campaign: go and look at %(n)s hamlet elsewhere",
                    "A campaign: go and look at %(n)s hamlets elsewhere", n)  # fmt: skip
    return [Notice(text % {"n": n}, reverse("samples"))] if n else []


def _ended(found: dict[str, Any]) -> list[Notice]:
    n, left = found["n"], found["left"] or 0
    if not n:
        return []
    url = f"{reverse('campaigns')}?state={State.ENDED}"
    if not left:
        return [Notice(_("A campaign has ended; nothing is left"), url)]
    text = ngettext(
        "A campaign has ended; %(left)s is left", "A campaign has ended; %(left)s are left", left
    )
    return [Notice(text % {"left": left}, url)]
