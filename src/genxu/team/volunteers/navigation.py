"""Where volunteering is found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Tile, list_at

from .rules import see_outings, see_volunteers
from .workflow import Proof

BEHIND = {
    "place_organisation": ("/volunteers/", "/volunteer-teams/", "/outings/", "/volunteer-hours/"),
}
DOORS = [
    Door(_("Volunteer teams"), _("Outings, and who leads them"), 72, see_outings,
         list_at("teams")),
    Door(_("Volunteers"), _("Who helps, hours, certificates"), 74, see_volunteers,
         list_at("volunteers")),
]  # fmt: skip
TILES = [
    Tile("team.volunteer_teams", {"team": 10}, list_at("teams")),
    Tile("team.volunteer_hours", {"team": 20}, list_at("volunteer_hours", state=Proof.VERIFIED),
         see_volunteers, trend=_("Volunteer hours, month by month")),
]  # fmt: skip
