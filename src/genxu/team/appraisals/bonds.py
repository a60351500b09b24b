"""What becomes of a member's part in appraisals when he leaves the list or goes over to another
organisation: one under way goes on without him, what he was told he keeps."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.organisation.branches.belongings import Belonging, Parting, Then, go_along
from genxu.people.references import Fate

from .models import Appeal, Entry
from .workflow import ENDED


def _end(parting: Parting, rows: Sequence[Entry]) -> None:
    open_ones = Entry.objects.filter(pk__in=[one.pk for one in rows], left_on=None)
    open_ones.exclude(appraisal__state__in=ENDED).update(left_on=clock.today())


def _take(parting: Parting, rows: Sequence[Entry]) -> None:
    """He reads and appeals as before; who kept him keeps the list with his grade."""
    assert parting.into
    if parting.into.organisation_id != parting.member.organisation_id:
        _end(parting, rows)
    go_along(parting, rows)
    Appeal.objects.filter(entry__member=parting.into).update(hamlet=parting.into.hamlet)


OF_MEMBERS = [
    Belonging(
        _("Yearly appraisals"), Entry, "member",
        Then(Fate.MOVES, _("One under way goes on without him; what he was told he keeps."), _take),
        Then(Fate.ENDS, _("One under way goes on without him."), _end),
    ),
]  # fmt: skip
