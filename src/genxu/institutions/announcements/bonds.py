"""What becomes of a household's lines for the next talk when something happens to it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Wish


def _say_for_kept(happening: Happening, rows: Sequence[Wish]) -> None:
    for wish in rows:
        happening.change(wish, household=happening.keep)


REFERENCES = [
    Reference(_("What it wants to say at the next talk"), Wish, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("It is still said there.")),
        Event.MERGED: Becomes(
            Fate.MOVES, _("It belongs to the entry that is kept."), _say_for_kept
        ),
        Event.ERASED: Becomes(Fate.GOES, _("It is deleted.")),
    }),
]  # fmt: skip
