"""Who has read what a household needs, as the household itself sees it: by office and day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.core.access import PERMISSIONS
from genxu.core.cuts import First
from genxu.core.models import JournalEntry
from genxu.regions.codes import ancestors_of
from genxu.regions.models import Region

from .models import Household, HouseholdNeed
from .record import read_with
from .roles import Role
from .rules import open_own_page, see_needs

MOST = 500
"""So many of the latest readings are shown: a household is not read more often in years."""


@dataclass(frozen=True)
class Reading:
    """That an office read the needs on a day; ``where`` says in which list, if it was one."""

    on: date
    office: str
    where: str = ""


def needs_of(household: Household) -> list[HouseholdNeed]:
    return list(HouseholdNeed.objects.filter(household=household).order_by("pk"))


def readings_of(household: Household) -> First[Reading]:
    """Each office once a day, the newest first.

    A list counts from the day on which the first of the needs was noted: only then did it show
    the household.
    """
    entries = JournalEntry.objects.filter(_of_itself(household) | _of_lists(household))
    rows = First.of(entries.order_by("-at", "-pk"), MOST)
    names = _names(rows)
    readings = (_reading(entry, names) for entry in rows)
    found = First(dict.fromkeys(readings))
    found.cut = rows.cut
    return found


def _of_itself(household: Household) -> Q:
    return Q(
        action__in=[see_needs.name, open_own_page.name],
        subject_type=Household._meta.label_lower,
        subject_id__in=[str(pk) for pk in household.entries],
    )


def _of_lists(household: Household) -> Q:
    """Lists of those who need looking after: of a place, or of a centre household's neighbours."""
    days = [need.noted_on for need in needs_of(household)]
    if not days:
        return Q(pk__in=[])
    places = [household.hamlet_id, *ancestors_of(household.hamlet_id)]
    found = Q(action=see_needs.name, subject_type=Region._meta.label_lower, subject_id__in=places)
    readings = [name for name, permission in PERMISSIONS.items() if permission.reading]
    for label, keys in read_with(household).items():
        subjects = [str(key) for key in keys]
        found |= Q(action__in=readings, subject_type=label, subject_id__in=subjects)
    if None in days:
        return found
    return found & Q(at__date__gte=min(day for day in days if day))


def _names(entries: Iterable[JournalEntry]) -> dict[str, str]:
    codes = {entry.subject_id for entry in entries if entry.subject_type == "regions.region"}
    codes |= {entry.detail.get("office", "").partition("@")[2] for entry in entries}
    return {one.code: str(one) for one in Region.objects.filter(code__in=codes)}


def _reading(entry: JournalEntry, names: dict[str, str]) -> Reading:
    where = ""
    if entry.subject_type == Region._meta.label_lower:
        place = names.get(entry.subject_id, entry.subject_id)
        where = _("in the list of those who need looking after, at %s") % place
    elif entry.subject_type != Household._meta.label_lower:
        where = _("in the list of the neighbours it looks after")
    on = timezone.localdate(entry.at)
    return Reading(on, _office(entry.detail.get("office", ""), names), where)


def _office(kept: str, names: dict[str, str]) -> str:
    """Readings from before offices were noted name none."""
    role, _at, code = kept.partition("@")
    if role not in Role:
        return _("an office of the hamlet, village or township")
    place = names.get(code, code)
    return f"{place} · {Role(role).label}"
