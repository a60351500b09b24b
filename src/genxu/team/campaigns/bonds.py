"""What becomes of what was said of a household in campaigns when something happens to it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Answer


def _move(happening: Happening, rows: Iterable[Answer]) -> None:
    """What is said of the entry that is kept stands; the rest of what was said goes over."""
    assert happening.keep is not None
    there = Answer.objects.filter(household__in=happening.keep.entries)
    known = set(there.values_list("fact", flat=True))
    for row in rows:
        if row.fact_id not in known:
            known.add(row.fact_id)
            happening.change(row, household=happening.keep)


REFERENCES = [
    Reference(_("What campaigns were told of it"), Answer, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("It stays as it is.")),
        Event.MERGED: Becomes(Fate.MOVES, _("It belongs to the entry that is kept."), _move),
        Event.ERASED: Becomes(Fate.GOES, _("It is deleted.")),
    }),
]  # fmt: skip
