"""What is kept of a household in the collectives of its place."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.people.models import Household
from genxu.people.record import Kept

from .models import Membership, ShareChange
from .shares import shown


def kept_of(household: Household) -> list[Kept]:
    entries = household.entries
    members = Membership.objects.filter(household__in=entries).select_related("collective")
    changes = ShareChange.objects.filter(household__in=entries).select_related("membership")
    label = _("On the roll of a collective")
    found = [Kept(label, _member(one), one.since) for one in members.order_by("since", "pk")]
    for one in changes.order_by("day", "pk"):
        found.append(Kept(_("Shares in a collective"), _change(one), one.day))
    return found


def _member(one: Membership) -> str:
    told = f"{one}（{one.birth_year}）· {one.collective} · {one.get_gained_display()}"
    if one.until is None:
        return told if one.is_member else f"{told} · {one.get_state_display()}"
    day = date_format(one.until, "DATE_FORMAT")
    return _("%(who)s, until %(day)s") % {"who": told, "day": day}


def _change(one: ShareChange) -> str:
    """What was withdrawn counts no more."""
    sign = "+" if one.change > 0 else "-"
    parts = [f"{one.get_kind_display()} {sign}{shown(abs(one.change))}", one.get_reason_display()]
    parts += [str(one.membership)] if one.membership else []
    parts += [_("withdrawn")] if one.withdrawn_on else []
    return " · ".join(map(str, parts))
