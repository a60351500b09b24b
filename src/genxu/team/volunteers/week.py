"""Outings that one leads or has signed up for; of those that one leads, what nobody noted yet."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.coming import Coming

from .models import Outing, SignUp
from .workflow import State


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    if not actor.plays(Outing.seen_by):
        return
    me = Q(volunteer__account=actor.account_id) | Q(volunteer__member__account=actor.account_id)
    joined = SignUp.objects.filter(me, outing=OuterRef("pk"), volunteer__left_on=None)
    rows = Outing.objects.filter(state=State.OPEN, begins_on__lte=until)
    leads = Q(team__leader__account=actor.account_id, team__leader__left_on=None)
    for one in rows.filter(leads | Exists(joined) & Q(ends_on__gte=since)):
        url = reverse("outing", args=[one.pk])
        if one.ends_on < since:
            note = _("Who came? Nobody is an answer too.")
            yield Coming(one.ends_on, one.what, url, note=note)
        else:
            yield Coming(max(one.begins_on, since), one.what, url, one.starts_at, _where(one))


def _where(one: Outing) -> str:
    """Where one meets; if it has no fixed hour, until when there is time for it."""
    if one.is_flexible:
        return _("any time until %(day)s") % {"day": date_format(one.ends_on, "MONTH_DAY_FORMAT")}
    return one.venue
