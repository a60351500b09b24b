"""Where catalogue, stewards and errands are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Link, Tile, list_at

from .rules import see_certifications, see_day, see_errands, see_items, see_links, see_stewards

LINKS = [Link("service_day", _("My day"), 11, see_day)]
BEHIND = {"place_organisation": ("/stewards/", "/services/", "/errands/", "/certifications/")}
DOORS = [
    Door(_("Stewards"), _("Sent by units to our hamlets"), 76, see_stewards, list_at("stewards")),
    Door(_("Whose steward"), _("Which household has one"), 77, see_links,
         list_at("steward_links")),
    Door(_("Errands"), _("Asked for, done, settled"), 78, see_errands, list_at("errands")),
    Door(_("Pension certifications"), _("Due from the tenth month on"), 79, see_certifications,
         list_at("certifications")),
    Door(_("What can be done for you"), _("What to bring, which way"), 81, see_items,
         list_at("items")),
]  # fmt: skip
TILES = [
    Tile("team.service_items", {"team": 40}, list_at("items"), see_items),
    Tile("team.stewards", {"team": 50}, list_at("stewards"), see_stewards),
    Tile("team.errands_done", {"team": 60}, list_at("errands"), see_errands),
]
