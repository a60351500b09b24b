"""What becomes of volunteering when something happens to a household, or a member leaves."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.organisation.branches.belongings import Belonging, Parting, Then
from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import HoursStep, Team, Visit, Volunteer


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


def _keep(parting: Parting, rows: Sequence[Volunteer]) -> None:
    Volunteer.objects.filter(member=parting.member).update(member=parting.into)


def _lead_no_more(parting: Parting, rows: Sequence[Team]) -> None:
    """His name stays there until another one is named."""
    Team.objects.standing().filter(leader=parting.member).update(leader=None)


LEADS = Then(Fate.ENDS, _("Say on its page who leads it from now on."), _lead_no_more)
OF_MEMBERS = [
    Belonging(
        _("What he does as a volunteer"), Volunteer, "member",
        Then(Fate.MOVES, _("His hours are his; he helps here for as long as he likes."), _keep),
        Then(Fate.STAYS, _("Whoever helps stays a volunteer until he says.")),
    ),
    Belonging(
        _("A team of volunteers he leads"), Team, "leader", LEADS, LEADS,
        lambda rows: rows.filter(ended_on=None),
    ),
]  # fmt: skip
