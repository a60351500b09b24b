"""What becomes of a household in the area of a post when something happens to it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Door


def _of_kept(happening: Happening, rows: Sequence[Door]) -> None:
    """It lies in the area by the entry that is kept, once."""
    for door in rows:
        if not Door.objects.filter(post=door.post_id, household=happening.keep).exists():
            happening.change(door, household=happening.keep)


REFERENCES = [
    Reference(_("A member's area"), Door, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("The house still stands there.")),
        Event.MERGED: Becomes(Fate.MOVES, _("It belongs to the entry that is kept."), _of_kept),
        Event.ERASED: Becomes(Fate.GOES, _("It is left out of the area.")),
    }),
]  # fmt: skip
