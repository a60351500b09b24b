"""What merging hamlets and closing one mean to their places: a house stays where it stands."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.people.resettlement import Merging
from genxu.regions.models import Region

from .models import Venue
from .workflow import State


def left_at(hamlet: Region) -> Iterable[str]:
    if Venue.objects.in_use().filter(hamlet=hamlet).exists():
        yield _("a place that is in use")


def against_merging(merging: Merging) -> Iterable[str]:
    """Two places of one name would not be told apart any more."""
    standing = Venue.objects.exclude(state=State.MISTAKE)
    there = standing.filter(hamlet=merging.heir).values("name")
    for venue in standing.filter(hamlet=merging.hamlet, name__in=there).order_by("pk"):
        text = _("Both hamlets have a place called %(name)s. Give one of them another name first.")
        yield text % {"name": venue}
