"""What merging hamlets and moving households mean to centre households."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.people.resettlement import Moving
from genxu.regions.models import Region

from .coverage_actions import end_coverage
from .models import CentreHousehold, Coverage, Recommendation
from .workflow import OPEN, State

IN_OFFICE = (*OPEN, State.APPOINTED)


def left_at(hamlet: Region) -> Iterable[str]:
    n = CentreHousehold.objects.filter(hamlet=hamlet, state__in=IN_OFFICE).count()
    if n:
        text = ngettext("%(n)s centre household that serves or stands for it",
                        "%(n)s centre households that serve or stand for it", n)  # fmt: skip
        yield text % {"n": n}


def against_moving(moving: Moving) -> Iterable[str]:
    """Who serves, serves the neighbours of this hamlet."""
    rows = CentreHousehold.objects.filter(household__in=moving.households, state__in=IN_OFFICE)
    for one in rows.order_by("pk"):
        yield _("%(name)s serves here as a centre household, or stands for it. End that first.") % {
            "name": one
        }


def move(moving: Moving) -> None:
    """Nobody of this hamlet looks after them any more; a recommendation not yet settled is void."""
    rows = Coverage.objects.filter(household__in=moving.households, until=None)
    end_coverage(list(rows), clock.today())
    Recommendation.objects.filter(household__in=moving.households, settled=False).delete()
