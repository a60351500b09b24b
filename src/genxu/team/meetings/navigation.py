"""Where meetings and study are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, list_at

from .rules import see_meetings, see_study

BEHIND = {"place_organisation": ("/meetings/", "/study/")}
DOORS = [
    Door(_("Meetings and study"), _("What the Party organisations held"), 62, see_meetings,
         list_at("meetings")),
    Door(_("Study offered this year"), _("Hours offered, of 32"), 64, see_study,
         list_at("study")),
]  # fmt: skip
