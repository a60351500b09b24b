"""What waits: for a steward his day; for the secretary a yes, or a word that nobody asked for."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice
from genxu.people.roles import Role

from .models import Certification, Errand, Posting
from .workflow import RUNNING, State

RINGS = (Role.SECRETARY, Role.VILLAGE_STAFF)
LONG = timedelta(days=7)
"""The time after which her word is asked for by somebody else."""


def notices(actor: Actor) -> list[Notice]:
    """One query for a steward's errands and one for what is due; one for who keeps a register."""
    lines = _day(actor) if actor.plays([Role.STEWARD]) else []
    return lines + (_waiting(actor) if actor.plays(RINGS) else [])


def _day(actor: Actor) -> list[Notice]:
    own = Errand.objects.filter(posting__in=Posting.objects.of_account(actor.account_id))
    found = own.running().aggregate(doors=Count("household", distinct=True), n=Count("pk"))
    rows = Certification.objects.visible_to(actor).due().exclude(errands__state__in=RUNNING)
    due = rows.values("household").distinct().count()
    lines: list[Notice] = []
    address = reverse("service_day")
    if found["n"]:
        doors = ngettext("%(n)s door", "%(n)s doors", found["doors"]) % {"n": found["doors"]}
        errands = ngettext("%(n)s errand", "%(n)s errands", found["n"]) % {"n": found["n"]}
        text = _("Before you: %(doors)s, %(errands)s") % {"doors": doors, "errands": errands}
        lines.append(Notice(text, address))
    if due:
        text = ngettext("Pension certifications fall due at %(n)s door",
                        "Pension certifications fall due at %(n)s doors", due)  # fmt: skip
        lines.append(Notice(text % {"n": due}, address))
    return lines


def _waiting(actor: Actor) -> list[Notice]:
    """What nobody has asked her about for a week."""
    today = clock.today()
    week = Q(state=State.DONE, answer="", done_on__lte=today - LONG)
    asked = Q(state=State.ASKED, asked_on__lte=today - LONG)
    rows = Errand.objects.filter(within(actor, "hamlet", RINGS), state__in=[*RUNNING, State.DONE])
    found = rows.aggregate(words=Count("pk", filter=week), asked=Count("pk", filter=asked))
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
