"""What waits: one's own turns of these days, turns that nobody has taken yet, a rota that ends."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice
from genxu.people.roles import Role

from .models import OnRota, Turn
from .rules import MEMBERS
from .workflow import State

SOON = timedelta(days=6)
MOST = 4


def notices(actor: Actor) -> list[Notice]:
    """One query; none for those whom it does not concern."""
    if not actor.plays((Role.SECRETARY, *MEMBERS)):
        return []
    today = clock.today()
    mine = OnRota.objects.of(actor)
    rows = Turn.objects.filter(rota__state=State.PUBLISHED, day__range=(today, today + SOON))
    rows = rows.filter(within(actor, "hamlet")).annotate(
        hers=Exists(mine.filter(pk=OuterRef("person"))),
        could=Exists(mine.filter(rota=OuterRef("rota"))),
    )
    offered = Q(could=True) | within(actor, "hamlet", (Role.SECRETARY,))
    rows = rows.filter(Q(hers=True) | offered & Q(offered_at__isnull=False))
    rows = rows.select_related("rota", "person__member").order_by("day", "pk")
    return [_notice(turn, today) for turn in rows[:MOST]]


def _notice(turn: Turn, today: date) -> Notice:
    url = reverse("turn", args=[turn.rota_id, turn.pk])
    told = {"rota": turn.rota, "day": date_format(turn.day), "name": turn.person}
    if turn.hers and not turn.is_offered:  # type: ignore[attr-defined]
        if turn.day == today:
            return Notice(_("%(rota)s: today is your turn.") % told, url)
        return Notice(_("%(rota)s: your turn is on %(day)s.") % told, url)
    return Notice(_("%(rota)s on %(day)s: %(name)s cannot come. Who can?") % told, url)
