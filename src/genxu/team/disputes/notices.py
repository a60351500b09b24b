"""What waits for those who settle disputes: a new one, one that nobody has, sides to be asked."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core.access import Actor, within
from genxu.core.notices import Notice, Tally
from genxu.people.roles import Role

from .models import PEACEMAKERS, Dispute
from .workflow import State


def notices(actor: Actor) -> list[Tally]:
    """None for those who settle none."""
    if not actor.plays(PEACEMAKERS):
        return []
    rows, n = Dispute.objects.visible_to(actor), {"n": Count("pk")}
    told = rows.filter(peacemaker=actor.account_id, state=State.TOLD)
    found = [Tally(told, n, _told), Tally(rows.to_look_back_at(), n, _to_ask)]
    if actor.plays([Role.SECRETARY]):
        hers = rows.without_peacemaker().filter(within(actor, "hamlet", [Role.SECRETARY]))
        found.append(Tally(hers, n, _nobody))
    return found


def _told(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("%(n)s dispute waits for you to bring the sides together",
                    "%(n)s disputes wait for you to bring the sides together", n)  # fmt: skip
    return [Notice(text % {"n": n}, f"{reverse('disputes')}?group={State.TOLD}")] if n else []


def _to_ask(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("%(n)s agreement is a month old: ask each side whether it holds",
                    "%(n)s agreements are a month old: ask each side whether they hold",
                    n)  # fmt: skip
    return [Notice(text % {"n": n}, f"{reverse('disputes')}?group=due")] if n else []


def _nobody(found: dict[str, Any]) -> list[Notice]:
    n = found["n"]
    text = ngettext("%(n)s dispute has nobody who settles it",
                    "%(n)s disputes have nobody who settles them", n)  # fmt: skip
    return [Notice(text % {"n": n}, f"{reverse('disputes')}?group=open")] if n else []
