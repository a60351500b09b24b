"""What becomes of members and shares when something happens to their household."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.errors import Conflict
from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Certificate, Membership, ShareChange
from .workflow import State

KEPT = _("The roll of members is required by law (article 12): name and year of birth stay on it.")
TWICE = _("One person stands on the roll with both of them. Withdraw one entry of the roll first.")


def _to_kept(happening: Happening, rows: Sequence[ShareChange | Certificate]) -> None:
    for row in rows:
        happening.change(row, household=happening.keep)


def _members_to_kept(happening: Happening, rows: Sequence[Membership]) -> None:
    """Who stands there with both is one person: nobody is on a roll twice."""
    for row in rows:
        same = Membership.objects.filter(
            collective=row.collective_id, household=happening.keep, name=row.name,
            birth_year=row.birth_year, state=State.MEMBER,
        )  # fmt: skip
        if row.is_member and same.exists():
            raise Conflict(TWICE)
        happening.change(row, household=happening.keep)


def _standing(happening: Happening) -> QuerySet[Membership]:
    return Membership.objects.filter(household__in=happening.entries)


REFERENCES = [
    Reference(_("On the roll of a collective"), Membership, ("household",), rows=_standing, at={
        Event.MOVED_AWAY: Becomes(
            Fate.STAYS, _("Whoever moves away stays a member until she is one elsewhere.")
        ),
        Event.MERGED: Becomes(
            Fate.MOVES, _("It belongs to the entry that is kept."), _members_to_kept
        ),
        Event.ERASED: Becomes(Fate.STAYS, KEPT),
    }),
    Reference(_("Shares in a collective"), ShareChange, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("They stay hers.")),
        Event.MERGED: Becomes(Fate.MOVES, _("They belong to the entry that is kept."), _to_kept),
        Event.ERASED: Becomes(Fate.STAYS, _("They stay hers; they name nobody.")),
    }),
    Reference(_("A share certificate"), Certificate, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("It stays valid.")),
        Event.MERGED: Becomes(Fate.MOVES, _("It belongs to the entry that is kept."), _to_kept),
        Event.ERASED: Becomes(Fate.GOES, _("The names on it are struck out.")),
    }),
]  # fmt: skip
