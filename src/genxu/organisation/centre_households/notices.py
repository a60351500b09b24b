"""What waits for those who choose and appoint centre households, in a line each at home."""

from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice
from genxu.people.roles import Role
from genxu.people.rules import KEEPERS

from .models import REMIND, CentreHousehold
from .rules import BRANCH
from .workflow import State


def notices(actor: Actor) -> list[Notice]:
    """Those selected, those who stand, terms that end, those moved away: one query at most."""
    if not actor.plays(KEEPERS):
        return []
    found = _counted(actor)
    lines: list[Notice] = []
    if actor.plays([Role.TOWNSHIP_STAFF]) and (n := found["selected"]):
        text = ngettext(
            "%(n)s candidate waits to be appointed as centre household",
            "%(n)s candidates wait to be appointed as centre households",
            n,
        )
        lines.append(Notice(text % {"n": n}, reverse("appoint_together")))
    if actor.plays(BRANCH) and (n := found["nominated"]):
        text = ngettext(
            "%(n)s household stands as centre household: the branch chooses",
            "%(n)s households stand as centre household: the branch chooses",
            n,
        )
        lines.append(Notice(text % {"n": n}, _list(State.NOMINATED)))
    if n := found["over"]:
        text = ngettext(
            "The term of %(n)s centre household is over",
            "The terms of %(n)s centre households are over",
            n,
        )
        lines.append(Notice(text % {"n": n}, _list("due"), urgent=True))
    if n := found["due"]:
        text = ngettext(
            "The term of %(n)s centre household ends within 90 days",
            "The terms of %(n)s centre households end within 90 days",
            n,
        )
        lines.append(Notice(text % {"n": n}, _list("due")))
    if n := found["gone"]:
        text = ngettext(
            "%(n)s centre household has moved away but still serves",
            "%(n)s centre households have moved away but still serve",
            n,
        )
        lines.append(Notice(text % {"n": n}, _list("gone")))
    return lines


def _list(group: str) -> str:
    return f"{reverse('centre_households')}?{urlencode({'group': group})}"


def _counted(actor: Actor) -> dict[str, int]:
    """All counts in one pass over what lies in the actor's charge."""
    today, serving = clock.today(), Q(state=State.APPOINTED)
    rows = CentreHousehold.objects.filter(within(actor, "hamlet", KEEPERS))
    return rows.filter(state__in=[State.NOMINATED, State.SELECTED, State.APPOINTED]).aggregate(
        selected=Count("pk", filter=Q(state=State.SELECTED)),
        nominated=Count("pk", filter=Q(state=State.NOMINATED)),
        over=Count("pk", filter=serving & Q(term_ends_on__lt=today)),
        due=Count("pk", filter=serving & Q(term_ends_on__range=(today, today + REMIND))),
        gone=Count("pk", filter=serving & Q(household__left_on__isnull=False)),
    )
