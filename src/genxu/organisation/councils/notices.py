"""What waits for those who keep councils: terms that are over or end soon."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.people.roles import KEEPERS

from .models import REMIND_BEFORE, Council


def notices(actor: Actor) -> list[Tally]:
    """Nothing for those who keep nothing."""
    if not actor.plays(KEEPERS):
        return []
    today = clock.today()
    over = Q(term_ends_on__lt=today)
    due = Q(term_ends_on__range=(today, today + REMIND_BEFORE))
    rows = Council.objects.standing().filter(within(actor, "hamlet", KEEPERS))
    counts = {"over": Count("pk", filter=over), "due": Count("pk", filter=due)}
    return [Tally(rows, counts, _told)]


def _told(found: dict[str, Any]) -> list[Notice]:
    lines: list[Notice] = []
    base = reverse("councils")
    if n := found["over"]:
        text = ngettext("The term of %(n)s village council is over",
                        "The terms of %(n)s village councils are over", n)  # fmt: skip
        lines.append(Notice(text % {"n": n}, f"{base}?group=over", urgent=True))
    if n := found["due"]:
        text = ngettext("The term of %(n)s village council ends within 90 days",
                        "The terms of %(n)s village councils end within 90 days", n)  # fmt: skip
        lines.append(Notice(text % {"n": n}, f"{base}?group=due"))
    return lines
