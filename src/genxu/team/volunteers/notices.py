"""What waits of volunteering: a yes to new ones, outings of which nothing is noted; what comes."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.cuts import First
from genxu.core.notices import Notice, Tally, Waiting
from genxu.people.roles import HAMLET_ROLES, Role

from .models import Outing, Volunteer
from .rules import ORGANISERS
from .workflow import State

HERE = (*HAMLET_ROLES, Role.MEMBER)
MOST = 4


def notices(actor: Actor) -> list[Waiting]:
    """One query and a tally; none for those who work neither in a hamlet nor in its village."""
    if not actor.plays((*HERE, *ORGANISERS)):
        return []
    return [*_of_outings(actor), *_new(actor)]


def _of_outings(actor: Actor) -> Iterator[Notice]:
    """Who waits for a yes, what is over and not noted; and of one's own hamlet the next one."""
    today = clock.today()
    led = within(actor, "hamlet", ORGANISERS) | Q(
        team__leader__account=actor.account_id, team__leader__left_on=None
    )
    here = Q(hamlet__in=[grant.place for grant in actor.grants if grant.role in HERE])
    rows = Outing.objects.filter(state=State.OPEN).select_related("team__leader")
    rows = rows.annotate(waiting=Count("sign_ups", filter=Q(sign_ups__waits=True)))
    asked = Q(waiting__gt=0) | Q(ends_on__lt=today)
    rows = rows.filter((led & asked) | (here & Q(ends_on__gte=today)))
    coming = False
    found: First[Any] = First.of(rows.order_by("begins_on", "pk"), MOST)
    for one in found:
        url, told = reverse("outing", args=[one.pk]), _told(one)
        if one.waiting:
            text = ngettext("%(n)s person wants to come along: %(what)s, %(day)s.",
                            "%(n)s people want to come along: %(what)s, %(day)s.",
                            one.waiting)  # fmt: skip
            yield Notice(text % {**told, "n": one.waiting}, url)
        elif one.ends_on < today:
            text = _("%(what)s, %(day)s: who came? Nobody is an answer too.")
            yield Notice(text % told, url)
        elif not coming:
            coming = True
            yield Notice(_("Next outing of the volunteers: %(what)s, %(day)s.") % told, url)


def _new(actor: Actor) -> Iterator[Tally]:
    """Who would like to help in general."""
    rows = Volunteer.objects.waiting().filter(within(actor, "hamlet", ORGANISERS), sign_ups=None)
    if actor.plays(ORGANISERS):
        yield Tally(rows, {"n": Count("pk")}, _told_of_new)


def _told_of_new(counted: dict[str, Any]) -> list[Notice]:
    n = counted["n"]
    if not n:
        return []
    text = ngettext("%(n)s person would like to volunteer.",
                    "%(n)s people would like to volunteer.", n)  # fmt: skip
    return [Notice(text % {"n": n}, f"{reverse('volunteers')}?group=waiting")]


def _told(one: Outing) -> dict[str, str]:
    return {"what": one.what, "day": date_format(one.begins_on, "MONTH_DAY_FORMAT")}
