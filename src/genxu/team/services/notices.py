"""What waits: for a steward his day; for the secretary a yes, or a word that nobody asked for."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.people.roles import Role

from .models import Certification, Errand, Posting
from .workflow import RUNNING, State

RINGS = (Role.SECRETARY, Role.VILLAGE_STAFF)
LONG = timedelta(days=7)
"""The time after which her word is asked for by somebody else."""


def notices(actor: Actor) -> list[Tally]:
    """For a steward, and for who keeps a register; nothing for others."""
    tallies = _day(actor) if actor.plays([Role.STEWARD]) else []
    return tallies + (_waiting(actor) if actor.plays(RINGS) else [])


def _day(actor: Actor) -> list[Tally]:
    own = Errand.objects.filter(posting__in=Posting.objects.of_account(actor.account_id))
    doors = Count("household", distinct=True)
    due = Certification.objects.visible_to(actor).due().exclude(errands__state__in=RUNNING)
    return [
        Tally(own.running(), {"doors": doors, "n": Count("pk")}, _before_him),
        Tally(due, {"doors": doors}, _fall_due),
    ]


def _before_him(found: dict[str, Any]) -> list[Notice]:
    if not found["n"]:
        return []
    doors = ngettext("%(n)s door", "%(n)s doors", found["doors"]) % {"n": found["doors"]}
    errands = ngettext("%(n)s errand", "%(n)s errands", found["n"]) % {"n": found["n"]}
    text = _("Before you: %(doors)s, %(errands)s") % {"doors": doors, "errands": errands}
    return [Notice(text, reverse("service_day"))]


def _fall_due(found: dict[str, Any]) -> list[Notice]:
    n = found["doors"]
    text = ngettext("Pension certifications fall due at %(n)s door",
                    "Pension certifications fall due at %(n)s doors", n)  # fmt: skip
    return [Notice(text % {"n": n}, reverse("service_day"))] if n else []


def _waiting(actor: Actor) -> list[Tally]:
    """What nobody has asked her about for a week."""
    long_ago = clock.today() - LONG
    week = Q(state=State.DONE, answer="", done_on__lte=long_ago)
    asked = Q(state=State.ASKED, asked_on__lte=long_ago)
    rows = Errand.objects.filter(within(actor, "hamlet", RINGS), state__in=[*RUNNING, State.DONE])
    counts = {"words": Count("pk", filter=week), "asked": Count("pk", filter=asked)}
    return [Tally(rows, counts, _nobody_asked)]


def _nobody_asked(found: dict[str, Any]) -> list[Notice]:
    lines: list[Notice] = []
    base = reverse("errands")
    if n := found["words"]:
        text = ngettext(
            "%(n)s errand was done a week ago, and nobody has asked her yet",
            "%(n)s errands were done a week ago, and nobody has asked yet",
            n,
        )
        lines.append(Notice(text % {"n": n}, f"{base}?group={State.DONE}"))
    if n := found["asked"]:
        text = ngettext("%(n)s errand has waited for a yes for a week",
                        "%(n)s errands have waited for a yes for a week", n)  # fmt: skip
        lines.append(Notice(text % {"n": n}, f"{base}?group={State.ASKED}"))
    return lines
