"""The next talk of one's hamlets."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.coming import Coming
from genxu.people.roles import IN_HAMLET

from .models import Announcement


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    """Everybody may read them: each leads to the public page."""
    if not (hamlets := actor.places(IN_HAMLET)):
        return
    rows = Announcement.objects.coming().filter(hamlet__in=hamlets, held_on__lte=until)
    for one in rows.select_related("hamlet"):
        told = _("Evening talk in %(hamlet)s: %(topic)s") % {"hamlet": one.hamlet, "topic": one}
        url = reverse("place", args=[one.hamlet_id])
        yield Coming(one.held_on, told, url, one.begins_at, one.venue)
