"""What waits for those who choose and appoint centre households, in a line each at home."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally, Tap, Waiting
from genxu.people.roles import KEEPERS, Role

from .models import REMIND, SILENT, CentreHousehold
from .neighbours import own_service
from .rules import BRANCH, end_service
from .workflow import State


@dataclass(frozen=True)
class Line:
    """What is counted, who is told, in which words, and to which part of the list it leads."""

    counted: str
    roles: Collection[Role]
    text: Any
    group: str
    urgent: bool = False


LINES = (
    Line("selected", [Role.TOWNSHIP_STAFF], ngettext_lazy(
        "%(n)s candidate waits to be appointed as centre household",
        "%(n)s candidates wait to be appointed as centre households", "n"), ""),
    Line("nominated", BRANCH, ngettext_lazy(
        "%(n)s household stands as centre household: the branch chooses",
        "%(n)s households stand as centre household: the branch chooses", "n"), "nominated"),
    Line("over", KEEPERS, ngettext_lazy(
        "The term of %(n)s centre household is over",
        "The terms of %(n)s centre households are over", "n"), "due", urgent=True),
    Line("silent", KEEPERS, ngettext_lazy(
        "%(n)s centre household cannot sign in: enter its new number",
        "%(n)s centre households cannot sign in: enter their new numbers", "n"),
        "silent", urgent=True),
    Line("due", KEEPERS, ngettext_lazy(
        "The term of %(n)s centre household ends within 90 days",
        "The terms of %(n)s centre households end within 90 days", "n"), "due"),
    Line("gone", KEEPERS, ngettext_lazy(
        "%(n)s centre household has moved away but still serves",
        "%(n)s centre households have moved away but still serve", "n"), "gone"),
)  # fmt: skip
"""In the order of the home page; without a group it leads to the page that appoints many."""


ENDERS = end_service.roles
AT_ONCE = 3
"""So many are named, each with its button; if there are more, the line with their number leads to
all of them."""


def notices(actor: Actor) -> list[Waiting]:
    """Those selected, those who stand, terms that end, those gone or without a number; one query
    more for those gone where the township ends their service with a tap."""
    own = [_told_herself(one) for one in own_service(actor) if one.household.left_on]
    if not actor.plays(KEEPERS):
        return [*own]
    return [*own, Tally(_rows(actor), _counts(), partial(_told, actor))]


def _told(actor: Actor, found: dict[str, Any]) -> list[Notice]:
    ends = actor.plays(ENDERS)
    lines = [
        Notice(line.text % {"n": n}, _address(line.group), urgent=line.urgent)
        for line in LINES
        if actor.plays(line.roles)
        and (n := found[line.counted])
        and not (line.counted == "gone" and ends and n <= AT_ONCE)
    ]
    return [*(_gone(actor) if found["gone"] and ends else []), *lines]


def _told_herself(one: CentreHousehold) -> Notice:
    words = _("You are noted as moved away. You serve until the township ends it.")
    return Notice(words, reverse("neighbours"), urgent=True)


def _said(day: date | None) -> str:
    return date_format(day, "MONTH_DAY_FORMAT") if day else ""


def _gone(actor: Actor) -> Iterator[Notice]:
    """Each with the button that ends its service on the day it moved away."""
    rows = CentreHousehold.objects.gone().filter(within(actor, "hamlet", ENDERS))
    for one in rows.select_related("hamlet", "household").order_by("household__left_on")[:AT_ONCE]:
        ends = one.ends_by_moving
        told = {"hamlet": one.hamlet, "name": one.person_name,
                "day": _said(one.household.left_on)}  # fmt: skip
        yield Notice(
            _("%(name)s of %(hamlet)s moved away on %(day)s and still serves") % told,
            reverse("centre_household", args=[one.pk]),
            urgent=True,
            tap=Tap(
                reverse("centre_household_end", args=[one.pk]),
                _("End the service"),
                _("End the service of %(name)s on %(day)s?")
                % (told | {"day": _said(ends["left_on"])}),
                one,
                {name: str(value) for name, value in ends.items()},
            ),
        )


def _address(group: str) -> str:
    if not group:
        return reverse("appoint_together")
    return f"{reverse('centre_households')}?{urlencode({'group': group})}"


def _rows(actor: Actor) -> QuerySet[CentreHousehold]:
    rows = CentreHousehold.objects.filter(within(actor, "hamlet", KEEPERS))
    return rows.filter(state__in=[State.NOMINATED, State.SELECTED, State.APPOINTED])


def _counts() -> dict[str, Count]:
    """All counts in one pass over what lies in the actor's charge."""
    today, serving = clock.today(), Q(state=State.APPOINTED)
    return {
        "selected": Count("pk", filter=Q(state=State.SELECTED)),
        "nominated": Count("pk", filter=Q(state=State.NOMINATED)),
        "over": Count("pk", filter=serving & Q(term_ends_on__lt=today)),
        "due": Count("pk", filter=serving & Q(term_ends_on__range=(today, today + REMIND))),
        "silent": Count("pk", filter=serving & SILENT),
        "gone": Count("pk", filter=serving & Q(household__left_on__isnull=False)),
    }
