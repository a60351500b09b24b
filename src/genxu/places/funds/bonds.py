"""What becomes of gifts and payments when something happens to a household."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Contribution, Spending


def _to_kept(happening: Happening, rows: Sequence[Any]) -> None:
    for row in rows:
        happening.change(row, household=happening.keep)


MOVES = Becomes(Fate.MOVES, _("It belongs to the entry that is kept."), _to_kept)
REFERENCES = [
    Reference(_("A gift to the hamlet's fund"), Contribution, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("It stays as it is.")),
        Event.MERGED: MOVES,
        Event.ERASED: Becomes(
            Fate.GOES, _("The name is struck out; that a gift came stays in the books.")
        ),
    }),
    Reference(_("Money out of the hamlet's fund"), Spending, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("It stays as it is.")),
        Event.MERGED: MOVES,
        Event.ERASED: Becomes(Fate.GOES, _(
            "The name is struck out here; on the voucher of a payment it stays, as the law of "
            "accounting wants it."
        )),
    }),
]  # fmt: skip
