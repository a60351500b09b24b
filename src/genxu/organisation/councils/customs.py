"""What is usual for a council: a hint where it is otherwise, never a refusal (custom)."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core.calendar import years_on
from genxu.people.models import Grant
from genxu.people.roles import Role

from .models import LARGEST, SMALLEST, TERM_YEARS, Council, Group, Seat


def hints(council: Council, seats: Sequence[Seat]) -> list[str]:
    """What this council could think of; one query for the hamlet's secretaries."""
    found = []
    if not SMALLEST <= len(seats) <= LARGEST:
        text = ngettext(
            "%(n)s person sits on it; usual are %(least)s to %(most)s.",
            "%(n)s people sit on it; usual are %(least)s to %(most)s.",
            len(seats),
        )
        found.append(text % {"n": len(seats), "least": SMALLEST, "most": LARGEST})
    if usual_end(council.formed_on) != council.term_ends_on:
        found.append(_("Usual is a term of %s years.") % TERM_YEARS)
    found += _chair_hints(council, seats)
    led = {seat.leads for seat in seats}
    without = [str(group.label) for group in Group if group not in led]
    if seats and without:
        found.append(_("Nobody leads yet: %s.") % _(", ").join(without))
    return found


def _chair_hints(council: Council, seats: Sequence[Seat]) -> list[str]:
    chair = next((seat for seat in seats if seat.is_chair), None)
    if chair is None:
        return [_("Nobody is in the chair yet.")]
    secretaries = Grant.objects.filter(place=council.hamlet_id, role=Role.SECRETARY)
    names = list(secretaries.values_list("account__name", flat=True))
    if not names or chair.name in names:
        return []
    text = _("It is encouraged, not required, that the branch secretary (%s) is in the chair.")
    return [text % names[0]]


def usual_end(formed_on: date) -> date:
    """When the term of a council ends as a rule."""
    return years_on(formed_on, TERM_YEARS)
