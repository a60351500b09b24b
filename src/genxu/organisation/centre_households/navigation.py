"""Where centre households are found, who looks after whom, and their papers."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Placed
from genxu.core.navigation import Door, Tile, list_at
from genxu.regions.codes import Level, level_of

from .rules import print_papers, see_centre_households, see_coverage


def _coverage(place: Placed) -> str:
    """A hamlet's own page, or the one of all hamlets of a township or a village."""
    level = level_of(place.place_code)
    name = "coverage" if level == Level.HAMLET else "coverage_place"
    return reverse(name, args=[place.place_code])


BEHIND = {"place_organisation": ("/centre-households/", "/coverage/")}
DOORS = [
    Door(_("Centre households"), _("Who serves, who stands"), 30, see_centre_households,
         list_at("centre_households")),
    Door(_("Who looks after whom"), _("Households drawn to neighbours"), 40, see_coverage,
         _coverage),
    Door(_("Certificates and door plates"), _("Print many at once"), 80, print_papers,
         list_at("print_centre_households")),
]  # fmt: skip
TILES = [
    Tile("organisation.centre_households", {"organisation": 40, "roots": 30},
         list_at("centre_households", group="serving")),
    Tile("organisation.households_covered", {"organisation": 50, "roots": 40}, _coverage,
         see_coverage),
]  # fmt: skip
