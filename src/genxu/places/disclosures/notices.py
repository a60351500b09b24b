"""What waits: books to be drawn up, sheets to be signed or shown, what is late above."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.people.roles import Role
from genxu.places.ledger.models import Book

from . import queries
from .models import Disclosure
from .rules import DRAWERS, SIGNERS
from .workflow import State

DRAWS, KEEPS = (Role.BOOKKEEPER,), (Role.BOOKKEEPER, Role.VILLAGE_STAFF)


def notices(actor: Actor) -> list[Tally]:
    """Whoever keeps the books is told what is due, the township what is late."""
    if not actor.plays({*DRAWERS, *SIGNERS, *KEEPS}):
        return []
    found, n = [], {"n": Count("pk")}
    if actor.plays(SIGNERS):
        waits = Disclosure.objects.filter(within(actor, "place", SIGNERS), state=State.DRAWN)
        found.append(Tally(waits, n, _to_sign))
    if actor.plays(KEEPS):
        own = Disclosure.objects.filter(within(actor, "place", KEEPS))
        found.append(Tally(own.filter(state=State.SIGNED), n, _to_show))
    if actor.plays(DRAWS):
        own = Disclosure.objects.filter(within(actor, "place", DRAWS))
        found.append(Tally(own.filter(state=State.SENT_BACK), n, _sent_back))
        due = queries.told_before(_books(actor, DRAWS), past_due=False)
        in_work = Disclosure.objects.in_work().values("book")
        found.append(Tally(due.exclude(pk__in=in_work), n, _to_draw))
    late = queries.told_before(_books(actor, {*DRAWERS, *SIGNERS}), past_due=True)
    return [*found, Tally(late, n, _late)]


def _books(actor: Actor, roles: Any) -> Any:
    return queries.to_be_told(
        queries.with_turns(Book.objects.filter(within(actor, "place", roles)))
    )


def _list(group: str) -> str:
    return f"{reverse('disclosures')}?group={group}"


def _to_sign(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("%(n)s sheet of open accounts waits for your signature",
                    "%(n)s sheets of open accounts wait for your signature", n)  # fmt: skip
    return [Notice(text % {"n": n}, _list("in_work"))] if n else []


def _to_show(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("%(n)s sheet of open accounts is signed: show it to all",
                    "%(n)s sheets of open accounts are signed: show them to all", n)  # fmt: skip
    return [Notice(text % {"n": n}, _list("in_work"))] if n else []


def _sent_back(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("A supervisor has sent %(n)s sheet of open accounts back",
                    "Supervisors have sent %(n)s sheets of open accounts back", n)  # fmt: skip
    return [Notice(text % {"n": n}, _list("in_work"))] if n else []


def _to_draw(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("The accounts of %(n)s book are to be shown: draw them up",
                    "The accounts of %(n)s books are to be shown: draw them up", n)  # fmt: skip
    return [Notice(text % {"n": n}, _list("due"))] if n else []


def _late(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("The accounts of %(n)s book are shown late",
                    "The accounts of %(n)s books are shown late", n)  # fmt: skip
    return [Notice(text % {"n": n}, _list("late"))] if n else []
