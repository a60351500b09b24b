"""What becomes of volunteering when something happens to a household."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import HoursStep, Visit, Volunteer


def _go_along(happening: Happening, rows: Sequence[Any]) -> None:
    for row in rows:
        happening.change(row, household=happening.keep)


def _visit_once(happening: Happening, rows: Sequence[Visit]) -> None:
    """Where both entries were to be visited on one outing, one visit is enough."""
    for row in rows:
        known = Visit.objects.filter(outing=row.outing_id, household=happening.keep)
        if known.exists():
            happening.change(row, ended_on=happening.on)
        else:
            happening.change(row, household=happening.keep)


def _end(happening: Happening, rows: Sequence[Visit]) -> None:
    for row in rows:
        happening.change(row, ended_on=happening.on)


def _open_visits(happening: Happening) -> QuerySet[Visit]:
    rows = Visit.objects.filter(household__in=happening.entries, ended_on=None)
    return rows.filter(hours=None)


def _made_visits(happening: Happening) -> QuerySet[Visit]:
    rows = Visit.objects.filter(household__in=happening.entries)
    return rows.exclude(pk__in=_open_visits(happening).values("pk"))


STAYS = Becomes(Fate.STAYS, _("It stays as it is."))
MOVES = Becomes(Fate.MOVES, _("It belongs to the entry that is kept."), _go_along)
REFERENCES = [
    Reference(_("A volunteer of the household"), Volunteer, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("Whoever helps stays a volunteer until he says.")),
        Event.MERGED: MOVES,
        Event.ERASED: Becomes(Fate.GOES, _("The name is struck out; the hours stay.")),
    }),
    Reference(_("A visit by volunteers to come"), Visit, ("household",), rows=_open_visits,
              private=True, at={
        Event.MOVED_AWAY: Becomes(Fate.ENDS, _("Nobody is sent there."), _end),
        Event.MERGED: Becomes(
            Fate.MOVES, _("It belongs to the entry that is kept."), _visit_once
        ),
        Event.ERASED: Becomes(Fate.GOES, _("It is deleted.")),
    }),
    Reference(_("A visit by volunteers"), Visit, ("household",), rows=_made_visits,
              private=True, at={
        Event.MOVED_AWAY: STAYS,
        Event.MERGED: Becomes(
            Fate.MOVES, _("It belongs to the entry that is kept."), _visit_once
        ),
        Event.ERASED: Becomes(Fate.GOES, _("It is deleted.")),
    }),
    Reference(_("What it said about hours of volunteers"), HoursStep, ("household",), at={
        Event.MOVED_AWAY: STAYS,
        Event.MERGED: MOVES,
        Event.ERASED: Becomes(Fate.GOES, _("The household is no longer named.")),
    }),
]  # fmt: skip
