"""Reading hamlets for those who may change them."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region, RegionQuerySet
from genxu.regions.queries import place_in_charge

from . import rules


def hamlet_to_change(actor: Actor, code: str) -> Region:
    """A hamlet in the charge of a township or of those above; ``Missing`` otherwise."""
    found = place_in_charge(actor, rules.see_hamlet.roles, code)
    if not found.is_hamlet:
        raise Missing(_("There is no such place, or it is not in your charge."))
    return found


def heirs_of(hamlet: Region) -> RegionQuerySet:
    """The hamlets into which one may be merged: the open ones of its township."""
    township = hamlet.code[: LENGTHS[Level.TOWNSHIP]]
    rows = Region.objects.open().of_level(Level.HAMLET).under(township).exclude(code=hamlet.code)
    return rows.select_related("parent").order_by("code")
