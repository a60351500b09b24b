"""What merging hamlets and moving households mean to village councils: one a hamlet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.people.resettlement import Merging, Moving
from genxu.regions.models import Region

from .actions import end_council
from .models import Council, Seat
from .queries import standing_council


def left_at(hamlet: Region) -> Iterable[str]:
    if standing_council(hamlet):
        yield _("a council that stands")


def ends_with_merging(merging: Merging) -> Iterable[str]:
    if _ending(merging):
        yield _("Its council; the other hamlet has its own.")


def before_merging(merging: Merging) -> None:
    """Where both have a council, that of the hamlet which goes ends, and says so."""
    if council := _ending(merging):
        text = _("%(hamlet)s was merged into %(heir)s.")
        told = text % {"hamlet": merging.hamlet, "heir": merging.heir}
        end_council(council, clock.today(), told)


def _ending(merging: Merging) -> Council | None:
    return standing_council(merging.hamlet) if standing_council(merging.heir) else None


def against_moving(moving: Moving) -> Iterable[str]:
    """Who sits on the council of a hamlet lives there."""
    rows = Seat.objects.taken().filter(household__in=moving.households).order_by("pk")
    for seat in rows.filter(hamlet=moving.hamlet):
        yield _("%(name)s sits on the council here. Let the seat be given up first.") % {
            "name": seat
        }
