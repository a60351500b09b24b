"""What becomes of a contract when something happens to the household that is its other side."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Contract


def _go_along(happening: Happening, rows: Sequence[Contract]) -> None:
    for row in rows:
        happening.change(row, household=happening.keep)


REFERENCES = [
    Reference(_("A contract of which it is the other side"), Contract, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("It binds wherever one lives.")),
        Event.MERGED: Becomes(Fate.MOVES, _("It belongs to the entry that is kept."), _go_along),
        Event.ERASED: Becomes(Fate.STAYS, _("It stays without its name: the books need it.")),
    }),
]  # fmt: skip
