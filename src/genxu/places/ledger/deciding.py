"""Whether a question that was put to a meeting decided something about money of a place."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from genxu.core.cuts import First
from genxu.core.errors import Invalid
from genxu.core.texts import sentences
from genxu.organisation.assemblies.bodies import BODIES, BodyName
from genxu.organisation.assemblies.models import Motion
from genxu.organisation.assemblies.queries import result_of
from genxu.regions.models import Region

OFFERED = 60
"""So many of the last questions are looked at."""
OF_ALL = (BodyName.VILLAGERS_MEETING, BodyName.REPRESENTATIVES, BodyName.GROUP_MEETING)
"""Who decides for the villagers on common money (村民委员会组织法 24, 28)."""
OF_COLLECTIVE = (BodyName.COLLECTIVE_MEMBERS, BodyName.COLLECTIVE_DELEGATES)
"""Who decides for the members of a collective (农村集体经济组织法 26, 28)."""


def decided(
    motion: Motion, place: Region, bodies: Collection[str] = (), field: str = "motion"
) -> Motion:
    """The motion, if it carried, at a meeting of one of these bodies (of any for none), of this
    very hamlet; for a village's own money, of a hamlet within it. ``Invalid`` says what it
    lacks."""
    held = motion.assembly
    at = held.hamlet_id
    if at != place.code and not (at.startswith(place.code) and not place.is_hamlet):
        raise Invalid({field: _("That was decided in another place.")})
    if bodies and held.body not in bodies:
        names = "、".join(str(BodyName(name).label) for name in bodies)
        raise Invalid({field: _("That is not for this meeting to decide, but for: %s.") % names})
    result = result_of(motion)
    if result is None:
        raise Invalid({field: _("Its votes were not counted yet.")})
    if not result.carried:
        raise Invalid({field: sentences([_("It did not carry."), *result.reasons])})
    return motion


def motions_for(place: Region, bodies: Collection[str] = (*OF_ALL, *OF_COLLECTIVE)) -> list[Motion]:
    """What carried there, the last first: to choose among. What stands in a public body only: of
    what the Party's members decide nothing is told here."""
    rows = Motion.objects.filter(assembly__body__in=bodies, in_favour__isnull=False)
    if place.is_hamlet:
        rows = rows.filter(assembly__hamlet=place)
    else:
        rows = rows.filter(assembly__hamlet__code__startswith=place.code)
    rows = rows.select_related("assembly__hamlet").order_by("-assembly__meets_at", "position")
    found = First.of(rows, OFFERED)
    carried = ((motion, result_of(motion)) for motion in found if motion.assembly.body in BODIES)
    return [motion for motion, result in carried if result and result.carried]
