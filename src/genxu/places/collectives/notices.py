"""What waits: rolls for the township, rolls that came back and terms for those who keep them."""

from typing import Any

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.calendar import years_on
from genxu.core.notices import Notice, Tally
from genxu.people.roles import Role

from .models import TERM_YEARS, Filing, Officer
from .rules import FOUNDERS, KEEPERS
from .workflow import Filed


def notices(actor: Actor) -> list[Tally]:
    """Nothing for those who neither keep nor confirm."""
    found = []
    if actor.plays([Role.TOWNSHIP_STAFF]):
        rows = Filing.objects.filter(within(actor, "place", [Role.TOWNSHIP_STAFF]))
        counts = {"n": Count("pk"), "first": Max("pk")}
        found.append(Tally(rows.filter(state=Filed.FILED), counts, _waiting))
    if actor.plays(KEEPERS):
        rows = Filing.objects.filter(within(actor, "place", KEEPERS), state=Filed.RETURNED)
        newer = Q(collective__filings__pk__gt=0)
        found.append(Tally(rows.filter(newer), {"n": Count("pk", distinct=True)}, _returned))
    if actor.plays(FOUNDERS):
        over = Officer.objects.serving().filter(within(actor, "place", FOUNDERS))
        over = over.filter(since__lte=years_on(clock.today(), -TERM_YEARS))
        found.append(Tally(over, {"n": Count("collective", distinct=True)}, _over))
    return found
