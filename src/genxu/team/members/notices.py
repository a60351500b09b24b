"""What waits: a promise whose day has come, lines to be read, an objection to be answered."""

from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.people.roles import KEEPERS, Role

from .models import Objection, Promise
from .workflow import ObjectionState, PromiseState


def notices(actor: Actor) -> list[Tally]:
    """Of a member his own promises; of those who keep an organisation the objections."""
    return [*_promises(actor), *_objections(actor)]


def _promises(actor: Actor) -> list[Tally]:
    if not actor.plays([Role.MEMBER]):
        return []
    rows = Promise.objects.filter(
        member__account=actor.account_id, state=PromiseState.GIVEN, due_on__lte=clock.today()
    )
    return [Tally(rows, {"n": Count("pk")}, _due)]


def _due(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("The day of %(n)s promise has come: say what became of it.",
                    "The day of %(n)s promises has come: say what became of them.", n)  # fmt: skip
    return [Notice(text % {"n": n}, reverse("my_membership"))] if n else []


def _objections(actor: Actor) -> list[Tally]:
    if not actor.plays(KEEPERS):
        return []
    rows = Objection.objects.filter(within(actor, "hamlet", KEEPERS), state=ObjectionState.RAISED)
    rows = rows.exclude(member__account=actor.account_id)
    return [Tally(rows, {"n": Count("pk"), "first": Min("pk")}, _raised)]


def _raised(found: dict[str, Any]) -> list[Notice]:
    if not (n := found["n"]):
        return []
    text = ngettext("%(n)s member says that a line told of him is not right.",
                    "%(n)s members say that a line told of them is not right.", n)  # fmt: skip
    return [Notice(text % {"n": n}, reverse("objection", args=[found["first"]]))]
