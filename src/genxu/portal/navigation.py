"""The front's sections: home, the public places, the organisation of one's own place."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Link
from genxu.core.rules import open_public
from genxu.organisation.branches.rules import see_organisations
from genxu.people.rules import see_home, see_week

LINKS = [
    Link("home", _("Home"), 0, see_home),
    Link("week", _("This week"), 5, see_week),
    Link("places", _("Our hamlets"), 10, open_public),
    Link("place_organisation", _("Organisation"), 50, see_organisations,
         at_place=True, behind=("/organisation/",)),
]  # fmt: skip
