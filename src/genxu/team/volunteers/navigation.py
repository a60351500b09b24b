"""Where volunteering is found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Tile, list_at

from .rules import see_outings, see_volunteers
from .workflow import Proof

BEHIND = {
    "place_organisation": ("/volunteers/", "/volunteer-teams/", "/outings/", "/volunteer-hours/"),
}
DOORS = [
    Door(_("Volunteer teams"), _("Outings, and who leads them"), 62, see_outings,
         list_at("teams")),
    Door(_("Volunteers"), _("Who helps, hours, certificates"), 63, see_volunteers,
         list_at("volunteers")),
]  # fmt: skip
TILES = [
    Tile("team.volunteer_teams", {"roots": 70}, list_at("teams")),
    Tile("team.volunteer_hours", {"roots": 71}, list_at("volunteer_hours", state=Proof.VERIFIED),
         see_volunteers, trend=_("Volunteer hours, month by month")),
]  # fmt: skip
