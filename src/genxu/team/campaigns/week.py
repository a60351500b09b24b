"""Campaigns that end in these days, and in which one's hamlet has said nothing yet."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.coming import Coming
from genxu.people.roles import Role

from .models import Part
from .workflow import ASKED


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    if not (hamlets := actor.places([Role.SECRETARY])):
        return
    rows = Part.objects.asked_now().filter(hamlet__in=hamlets, state__in=ASKED)
    note = _("Its last day: the hamlet has not said anything yet.")
    for one in rows.filter(campaign__until__lte=until).select_related("campaign"):
        url = reverse("part", args=[one.pk])
        yield Coming(max(one.campaign.until, since), one.campaign.name, url, note=note)
