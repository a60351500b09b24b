"""What closing a hamlet means to volunteering. Merged, all of it moves by itself: one person may
then have two entries, whose hours are still told not to overlap."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.regions.models import Region

from .models import Outing, Team


def left_at(hamlet: Region) -> Iterable[str]:
    if Team.objects.standing().filter(hamlet=hamlet).exists():
        yield _("a team of volunteers that stands")
    if Outing.objects.coming().filter(hamlet=hamlet).exists():
        yield _("an outing of volunteers that is still to come")
