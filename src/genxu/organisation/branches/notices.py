"""What waits for those who keep Party organisations, in a line each on the home page."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Aggregate, Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.people.roles import KEEPERS, Role

from .models import REMIND_BEFORE, Member, Organisation
from .offices import HEADS
from .queries import DUE, OVER
from .workflow import STANDING, State

ASKING = (Role.SECRETARY, Role.VILLAGE_STAFF)


def notices(actor: Actor) -> list[Tally]:
    """Requests, returned and approved drafts, terms that end; nothing for other roles."""
    if not actor.plays(KEEPERS):
        return []
    rows = Organisation.objects.filter(within(actor, "hamlet", KEEPERS))
    return [Tally(rows, _counts(), partial(_told, actor))]


def _told(actor: Actor, found: dict[str, Any]) -> list[Notice]:
    lines: list[tuple[str, dict[str, str], bool]] = []
    if actor.plays([Role.TOWNSHIP_STAFF]) and (n := found["requested"]):
        text = ngettext("%(n)s Party organisation asks for approval",
                        "%(n)s Party organisations ask for approval", n)  # fmt: skip
        lines.append((text % {"n": n}, {"state": State.REQUESTED}, False))
    if actor.plays(ASKING) and (n := found["returned"]):
        text = ngettext("%(n)s draft of a Party organisation was sent back",
                        "%(n)s drafts of Party organisations were sent back", n)  # fmt: skip
        lines.append((text % {"n": n}, {"state": State.RETURNED}, False))
    if actor.plays(ASKING) and (n := found["approved"]):
        text = ngettext("%(n)s Party organisation is approved and can be founded",
                        "%(n)s Party organisations are approved and can be founded", n)  # fmt: skip
        lines.append((text % {"n": n}, {"state": State.APPROVED}, False))
    if n := found["over"]:
        text = ngettext("The term of %(n)s Party organisation is over",
                        "The terms of %(n)s Party organisations are over", n)  # fmt: skip
        lines.append((text % {"n": n}, {"term": OVER}, True))
    if n := found["due"]:
        text = ngettext("The term of %(n)s Party organisation ends within 90 days",
                        "The terms of %(n)s Party organisations end within 90 days", n)  # fmt: skip
        lines.append((text % {"n": n}, {"term": DUE}, False))
    base = reverse("organisations")
    told = [Notice(text, f"{base}?{urlencode(query)}", urgent) for text, query, urgent in lines]
    return [*told, *_silent(found)]


def _silent(found: dict[str, Any]) -> list[Notice]:
    """Leads to the first of them: there her new number is entered."""
    if not (n := found["silent"]):
        return []
    text = ngettext("Who leads %(n)s Party organisation cannot sign in: enter her new number",
                    "Who lead %(n)s Party organisations cannot sign in: enter their new numbers",
                    n)  # fmt: skip
    return [Notice(text % {"n": n}, reverse("organisation", args=[found["first_silent"]]), True)]


def _counts() -> dict[str, Aggregate]:
    """How many organisations are at which point."""
    today = clock.today()
    standing = Q(state__in=STANDING)
    conditions = {
        "requested": Q(state=State.REQUESTED),
        "returned": Q(state=State.RETURNED),
        "approved": Q(state=State.APPROVED),
        "over": standing & Q(term_ends_on__lt=today),
        "due": standing & Q(term_ends_on__gte=today, term_ends_on__lte=today + REMIND_BEFORE),
    }
    heads = Member.objects.present().filter(duty__in=HEADS, organisation=OuterRef("pk"))
    silent = standing & Q(Exists(heads.filter(account__isnull=False, account__phone=None)))
    conditions["silent"] = silent
    counts = {name: Count("pk", filter=one) for name, one in conditions.items()}
    return {**counts, "first_silent": Min("pk", filter=silent)}
