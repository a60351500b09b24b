"""Where members are found, and a member his own page."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Link, list_at

from .rules import see_members, see_own_membership

LINKS = [Link("my_membership", _("My membership"), 12, see_own_membership)]
BEHIND = {"place_organisation": ("/members/", "/posts/", "/promises/", "/objections/")}
DOORS = [
    Door(_("Party members"), _("Posts, promises, plates"), 61, see_members, list_at("members")),
]
