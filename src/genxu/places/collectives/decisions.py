"""What the members' meeting has decided for a collective (第二十六条)."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from genxu.core.errors import Invalid
from genxu.core.promises import StrOrPromise
from genxu.organisation.assemblies.bodies import BodyName, Kind
from genxu.organisation.assemblies.models import Motion
from genxu.places.ledger.deciding import decided, motions_for
from genxu.regions.models import Region

from .models import Collective

BODIES = (BodyName.COLLECTIVE_MEMBERS,)
"""Charter, membership and shares are for nobody else to decide, not for delegates either (28)."""


def carried(motion: Motion, collective: Collective, *kinds: Kind) -> Motion:
    """The motion, if it was of one of these kinds and carried there; ``Invalid`` otherwise."""
    own_members(decided(motion, collective.place, BODIES), collective.place)
    if motion.kind not in kinds:
        text = _("That question was put as “%(was)s”; it takes one of: %(kinds)s.")
        told = "、".join(str(kind.label) for kind in kinds)
        raise Invalid({"motion": text % {"was": Kind(motion.kind).label, "kinds": told}})
    return motion


def carried_for(collective: Collective, *kinds: Kind) -> list[Motion]:
    """Those among which one chooses, the last first."""
    return [one for one in own_motions(collective.place) if one.kind in kinds]


def _others_at(place: Region) -> dict[str, date]:
    """The hamlets of a village that have a collective of their own, and since when."""
    rows = Collective.objects.standing().filter(place__code__startswith=place.code)
    return dict(rows.exclude(place=place).values_list("place_id", "since"))


def _is_of(motion: Motion, others: Mapping[str, date]) -> bool:
    held = motion.assembly
    return others.get(held.hamlet_id, date.max) > held.meets_on


def own_members(motion: Motion, place: Region) -> Motion:
    """The motion, unless the members of a hamlet with a collective of its own decided it: they are
    others than those of the village's. ``Invalid`` then."""
    if not _is_of(motion, _others_at(place)):
        raise Invalid({"motion": _("That hamlet has a collective of its own: its members decided "
                                   "for that one.")})  # fmt: skip
    return motion


def own_motions(place: Region) -> list[Motion]:
    """What the members of the collective of a place carried, the last first."""
    others = _others_at(place)
    return [one for one in motions_for(place, BODIES) if _is_of(one, others)]


def due_told(motion: Motion, collective: Collective) -> StrOrPromise:
    """That others were due at its meeting than the roll of that day says; empty if none were."""
    held = motion.assembly
    able = collective.memberships.able_on(held.meets_on).count()
    if not able or able == held.due:
        return ""
    told = _("At the meeting that decided it %(due)s were due; on the roll of that day %(able)s "
             "are of age.")  # fmt: skip
    return told % {"due": held.due, "able": able}
