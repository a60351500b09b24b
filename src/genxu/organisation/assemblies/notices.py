"""What waits for those who convene assemblies: one to be announced or recorded, one soon to meet, a
correction that another asked for."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.cuts import First
from genxu.core.notices import Notice

from .models import Assembly, AssemblyStep
from .rules import CONFIRMERS, CONVENERS
from .workflow import State

SOON = timedelta(days=3)
MOST = 3


def notices(actor: Actor) -> list[Notice]:
    """One query; none for those whom it does not concern."""
    if not actor.plays(CONFIRMERS):
        return []
    after = timezone.make_aware(datetime.combine(clock.today() + SOON, time.max))
    soon = Q(meets_at__lte=after) | Q(announced_on=None)
    asked = AssemblyStep.objects.filter(step="ask", answer=None, assembly=OuterRef("pk"))
    others = asked.exclude(by=actor.account_id)
    convenes = within(actor, "hamlet", CONVENERS) & Q(state=State.CONVENED) & soon
    confirms = within(actor, "hamlet", CONFIRMERS) & Q(state=State.HELD) & Q(asked=True)
    rows = Assembly.objects.annotate(asked=Exists(others)).filter(convenes | confirms)
    shown = First.of(rows.select_related("hamlet").order_by("meets_at"), MOST)
    found = [_notice(one) for one in shown]
    if shown.cut:
        found.append(Notice(_("There are more assemblies to be seen to."), reverse("assemblies")))
    return found


def _notice(assembly: Assembly) -> Notice:
    url = reverse("assembly", args=[assembly.pk])
    told = {
        "hamlet": assembly.hamlet, "title": assembly.title, "day": date_format(assembly.meets_on),
        "until": date_format(assembly.notice_until),
    }  # fmt: skip
    if assembly.is_held:
        return Notice(
            _("%(hamlet)s, “%(title)s”: a correction waits for a second person.") % told, url
        )
    if assembly.has_begun:
        return Notice(_("%(hamlet)s, “%(title)s”: write down who came.") % told, url, urgent=True)
    if assembly.waits_for_notice:
        words = _("%(hamlet)s, “%(title)s”: give notice by %(until)s, and record it.") % told
        urgent = assembly.notice_until <= clock.today()
        return Notice(words, url, urgent=urgent, until=assembly.meets_at)
    text = _("%(hamlet)s, “%(title)s”: meets on %(day)s.") % told
    return Notice(text, url, until=assembly.meets_at)
