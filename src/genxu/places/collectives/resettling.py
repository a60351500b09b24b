"""What merging and closing hamlets mean to collectives: the property of a group is decided on by
its own meeting, never by a change of the map; who moves next door keeps what she has."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.people.resettlement import Merging
from genxu.regions.models import Region

from .models import Collective


def left_at(hamlet: Region) -> Iterable[str]:
    if Collective.objects.standing().filter(place=hamlet).exists():
        yield _("a collective that stands")


def against_merging(merging: Merging) -> Iterable[str]:
    """Once its own meeting has ended it, or merged it with the other's, the map may change."""
    if Collective.objects.standing().filter(place=merging.hamlet).exists():
        yield _("It has a collective of its own. A hamlet that merges groups needs each group's "
                "own meeting for that group's property; what that decided is noted on its "
                "page.")  # fmt: skip
