"""What becomes of suggestions and matters when something happens to a household, and when another
centre household looks after it.
"""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .following import helper_changed as helper_changed
from .following import personal_in_hand as personal_in_hand
from .models import Matter, Suggestion


def _raise_for_kept(happening: Happening, rows: Sequence[Suggestion]) -> None:
    """Receipts open as before; whoever looks after the entry that is kept sees to it."""
    for suggestion in rows:
        happening.change(suggestion, household=happening.keep)


def _open_matters(happening: Happening) -> QuerySet[Matter]:
    behind = Suggestion.objects.filter(household__in=happening.entries)
    return Matter.objects.open().filter(suggestions__in=behind).distinct()


GOES_ON = Becomes(Fate.STAYS, _("They go on, with whoever has them; the receipt tells how."))
REFERENCES = [
    Reference(_("What it raised, with the receipts"), Suggestion, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("Its receipts open as before.")),
        Event.MERGED: Becomes(
            Fate.MOVES, _("It belongs to the entry that is kept; receipts open as before."),
            _raise_for_kept,
        ),
        Event.ERASED: Becomes(Fate.GOES, _("Names and numbers are struck out.")),
    }),
    Reference(_("Matters that are open"), Matter, (), rows=_open_matters,
              at=dict.fromkeys(Event, GOES_ON)),
]  # fmt: skip
