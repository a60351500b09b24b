"""What waits for those who convene assemblies: one to be recorded, one soon to meet."""

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.notices import Notice

from .models import Assembly
from .rules import CONVENERS
from .workflow import State

SOON = timedelta(days=3)
MOST = 3


def notices(actor: Actor) -> list[Notice]:
    """One query; none for those who convene nothing."""
    if not actor.plays(CONVENERS):
        return []
    after = datetime.combine(clock.today() + SOON, time.max)
    rows = Assembly.objects.filter(
        within(actor, "hamlet", CONVENERS),
        state=State.CONVENED,
        meets_at__lte=timezone.make_aware(after),
    )
    return [_notice(one) for one in rows.select_related("hamlet").order_by("meets_at")[:MOST]]


def _notice(assembly: Assembly) -> Notice:
    url = reverse("assembly", args=[assembly.pk])
    told = {
        "hamlet": assembly.hamlet, "title": assembly.title, "day": date_format(assembly.meets_on),
    }  # fmt: skip
    if assembly.has_begun:
        return Notice(_("%(hamlet)s, “%(title)s”: write down who came.") % told, url, urgent=True)
    text = _("%(hamlet)s, “%(title)s”: meets on %(day)s.") % told
    return Notice(text, url, until=assembly.meets_at)
