"""Where campaigns are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, list_at

from .rules import see_campaigns

BEHIND = {"place_organisation": ("/campaigns/",)}
DOORS = [
    Door(_("Campaigns"), _("What the county sees to everywhere, and what is left"), 85,
         see_campaigns, list_at("campaigns")),
]  # fmt: skip
