"""What becomes of a household's questions on the accounts when something happens to it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Question


def _go_along(happening: Happening, rows: Sequence[Question]) -> None:
    """Where both entries have asked about one line, both questions stay as they are."""
    assert happening.keep is not None
    both = set(Question.objects.filter(household=happening.keep).values_list("entry", flat=True))
    for row in rows:
        if row.entry_id not in both:
            happening.change(row, household=happening.keep)


REFERENCES = [
    Reference(_("Its questions on the accounts"), Question, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _("It stays as it is.")),
        Event.MERGED: Becomes(Fate.MOVES, _("It belongs to the entry that is kept."), _go_along),
        Event.ERASED: Becomes(Fate.GOES, _("That there was a question stays, nobody's.")),
    }),
]  # fmt: skip
