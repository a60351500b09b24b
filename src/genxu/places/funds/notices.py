"""What waits for somebody: an ask to be decided, reviewed, paid; money that nobody has seen yet."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.people.roles import Role
from genxu.places.ledger.rules import BOOKERS

from .models import Contribution, Spending
from .rules import ASKERS
from .workflow import Asked, Came


def notices(actor: Actor) -> list[Tally]:
    """None for those who neither ask nor pay."""
    if not actor.plays([*ASKERS, *BOOKERS]):
        return []
    found = []
    if actor.plays([Role.SECRETARY]):
        mine = Spending.objects.filter(within(actor, "hamlet", [Role.SECRETARY]))
        counts = {"asked": Count("pk", Q(state=Asked.ASKED)),
                  "back": Count("pk", Q(state=Asked.SENT_BACK))}  # fmt: skip
        found.append(Tally(mine, counts, _for_secretary))
    if actor.plays([Role.TOWNSHIP_STAFF]):
        rows = Spending.objects.filter(within(actor, "hamlet", [Role.TOWNSHIP_STAFF]))
        review = {"n": Count("pk", Q(state=Asked.RESOLVED))}
        found.append(Tally(rows, review, _for_township))
    if actor.plays([Role.BOOKKEEPER]):
        here = within(actor, "hamlet", [Role.BOOKKEEPER])
        to_pay = Spending.objects.filter(here, state=Asked.APPROVED)
        unseen = Contribution.objects.filter(here).unseen()
        found += [Tally(to_pay, {"n": Count("pk")}, _to_pay),
                  Tally(unseen, {"n": Count("pk")}, _to_see)]  # fmt: skip
    return found


def _list(state: str) -> str:
    return f"{reverse('spendings')}?group={state}"


def _for_secretary(found: dict[str, Any]) -> list[Notice]:
    told = []
    if n := found["asked"]:
        text = ngettext("%(n)s ask of the fund waits to be decided",
                        "%(n)s asks of the fund wait to be decided", n)  # fmt: skip
        told.append(Notice(text % {"n": n}, _list(Asked.ASKED)))
    if n := found["back"]:
        text = ngettext("The township returned %(n)s ask of the fund",
                        "The township returned %(n)s asks of the fund", n)  # fmt: skip
        told.append(Notice(text % {"n": n}, _list(Asked.SENT_BACK)))
    return told


def _for_township(found: dict[str, Any]) -> list[Notice]:
    if not (n := found["n"]):
        return []
    text = ngettext("%(n)s major spending of a hamlet waits for your review",
                    "%(n)s major spendings of hamlets wait for your review", n)  # fmt: skip
    return [Notice(text % {"n": n}, _list(Asked.RESOLVED))]


def _to_pay(found: dict[str, Any]) -> list[Notice]:
    if not (n := found["n"]):
        return []
    text = ngettext("%(n)s bill of a hamlet's fund is to be paid",
                    "%(n)s bills of hamlets' funds are to be paid", n)  # fmt: skip
    return [Notice(text % {"n": n}, _list(Asked.APPROVED))]


def _to_see(found: dict[str, Any]) -> list[Notice]:
    if not (n := found["n"]):
        return []
    text = ngettext("%(n)s sum was noted: look whether it is there",
                    "%(n)s sums were noted: look whether they are there", n)  # fmt: skip
    return [Notice(text % {"n": n}, f"{reverse('contributions')}?state={Came.NOTED}")]
