"""What becomes of what a household said in surveys when something happens to it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Income


def _move(happening: Happening, rows: Sequence[Income]) -> None:
    """What the entry that is kept has said stands; the rest goes over."""
    assert happening.keep is not None
    there = Income.objects.filter(household__in=happening.keep.entries)
    known = set(there.values_list("survey", flat=True))
    for row in rows:
        if row.survey_id not in known:
            known.add(row.survey_id)
            happening.change(row, household=happening.keep)


REFERENCES = [
    Reference(
        _("What it said in surveys of incomes"), Income, ("household",), private=True,
        at={
            Event.MOVED_AWAY: Becomes(Fate.STAYS, _("It stays as it is.")),
            Event.MERGED: Becomes(
                Fate.MOVES, _("It belongs to the entry that is kept."), _move
            ),
            Event.ERASED: Becomes(Fate.GOES, _("It is deleted.")),
        },
    ),
]  # fmt: skip
