"""What waits: to be opened, the members' word to be noted, to be booked, to be paid."""

from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally

from .models import Distribution
from .rules import BOARD, BOOKERS
from .workflow import State


def notices(actor: Actor) -> list[Tally]:
    found = []
    if actor.plays(BOARD):
        rows = Distribution.objects.filter(within(actor, "place", BOARD))
        over = Q(state=State.OPEN, meets_on__lt=clock.today())
        found.append(Tally(rows.filter(Q(state=State.DRAWN) | over), _counts(over), _of_board))
    if actor.plays(BOOKERS):
        rows = Distribution.objects.filter(within(actor, "place", BOOKERS))
        books = Q(state=State.CARRIED)
        found.append(Tally(rows.filter(books), _counts(books), _of_bookkeeper))
    return found


def _counts(which: Q) -> dict[str, Any]:
    return {"n": Count("pk"), "met": Count("pk", filter=which), "first": Min("pk")}


def _leads(found: dict[str, Any]) -> str:
    one = reverse("distribution", args=[found["first"]]) if found["n"] == 1 else ""
    return one or reverse("distributions")


def _of_board(found: dict[str, Any]) -> list[Notice]:
    n, met = found["n"], found["met"]
    if not n:
        return []
    if met:
        return [Notice(_("The members have met: note what they decided on the distribution"),
                       _leads(found))]  # fmt: skip
    text = ngettext("A distribution is drawn up: open it to all",
                    "%(n)s distributions are drawn up: open them to all", n)  # fmt: skip
    return [Notice(text % {"n": n}, _leads(found))]


def _of_bookkeeper(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("A distribution was carried: book it",
                    "%(n)s distributions were carried: book them", n)  # fmt: skip
    return [Notice(text % {"n": n}, _leads(found))] if n else []
