"""What becomes of the sides of a dispute when something happens to a household; that there are
any is told to nobody who does not settle them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Side


def _go_along(happening: Happening, rows: Sequence[Side]) -> None:
    """Where both entries are sides of one dispute, each stays the side that it is."""
    assert happening.keep is not None
    both = set(Side.objects.filter(household=happening.keep).values_list("dispute", flat=True))
    for row in rows:
        if row.dispute_id not in both:
            happening.change(row, household=happening.keep)


REFERENCES = [
    Reference(
        _("A dispute, if it is a side of one"), Side, ("household",), private=True,
        at={
            Event.MOVED_AWAY: Becomes(Fate.STAYS, _("Its word counts from elsewhere, too.")),
            Event.MERGED: Becomes(
                Fate.MOVES, _("It belongs to the entry that is kept."), _go_along
            ),
            Event.ERASED: Becomes(Fate.GOES, _("Names and numbers are struck out.")),
        },
    ),
]  # fmt: skip
