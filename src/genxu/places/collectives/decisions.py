"""What the members' meeting has decided for a collective (第二十六条)."""

from django.utils.translation import gettext as _

from genxu.core.errors import Invalid
from genxu.organisation.assemblies.bodies import BodyName, Kind
from genxu.organisation.assemblies.models import Motion
from genxu.places.ledger.deciding import decided, motions_for

from .models import Collective

BODIES = (BodyName.COLLECTIVE_MEMBERS,)
"""Charter, membership and shares are for nobody else to decide, not for delegates either (28)."""


def carried(motion: Motion, collective: Collective, *kinds: Kind) -> Motion:
    """The motion, if it was of one of these kinds and carried there; ``Invalid`` otherwise."""
    decided(motion, collective.place, BODIES)
    if motion.kind not in kinds:
        text = _("That question was put as “%(was)s”; it takes one of: %(kinds)s.")
        told = "、".join(str(kind.label) for kind in kinds)
        raise Invalid({"motion": text % {"was": Kind(motion.kind).label, "kinds": told}})
    return motion


def carried_for(collective: Collective, *kinds: Kind) -> list[Motion]:
    """Those among which one chooses, the last first."""
    return [one for one in motions_for(collective.place, BODIES) if one.kind in kinds]
