"""What waits: rolls for the township, rolls that came back and terms for those who keep them."""

from typing import Any

from django.db.models import Count, Exists, Min, OuterRef
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
        waiting = Filing.objects.filter(within(actor, "place", [Role.TOWNSHIP_STAFF]))
        counts = {"n": Count("pk"), "first": Min("pk")}
        found.append(Tally(waiting.filter(state=Filed.FILED), counts, _waiting))
    if actor.plays(KEEPERS):
        newer = Filing.objects.filter(collective=OuterRef("collective"), pk__gt=OuterRef("pk"))
        back = Filing.objects.filter(within(actor, "place", KEEPERS), ~Exists(newer))
        counts = {"n": Count("pk"), "first": Min("pk")}
        found.append(Tally(back.filter(state=Filed.RETURNED), counts, _returned))
    if actor.plays(FOUNDERS):
        over = Officer.objects.serving().filter(within(actor, "place", FOUNDERS))
        over = over.filter(since__lte=years_on(clock.today(), -TERM_YEARS))
        found.append(Tally(over, {"n": Count("collective", distinct=True)}, _over))
    return found


def _filing(found: dict[str, Any]) -> str:
    """The first of them; when it is seen to, the next one."""
    return reverse("filing", args=[found["first"]])


def _waiting(found: dict[str, Any]) -> list[Notice]:
    if not (n := found["n"]):
        return []
    text = ngettext("%(n)s roll of a collective waits to be confirmed",
                    "%(n)s rolls of collectives wait to be confirmed", n)  # fmt: skip
    return [Notice(text % {"n": n}, _filing(found))]


def _returned(found: dict[str, Any]) -> list[Notice]:
    if not (n := found["n"]):
        return []
    text = ngettext("%(n)s roll of a collective came back with a question",
                    "%(n)s rolls of collectives came back with a question", n)  # fmt: skip
    return [Notice(text % {"n": n}, _filing(found), urgent=True)]


def _over(found: dict[str, Any]) -> list[Notice]:
    if not (n := found["n"]):
        return []
    text = ngettext("The five years of the board of %(n)s collective are over",
                    "The five years of the boards of %(n)s collectives are over", n)  # fmt: skip
    return [Notice(text % {"n": n}, reverse("collectives"))]
