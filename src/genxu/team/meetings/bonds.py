"""Where a member was, when he leaves the list or goes over to another organisation."""

from django.utils.translation import gettext_lazy as _

from genxu.organisation.branches.belongings import Belonging, Then
from genxu.people.references import Fate

from .models import Attendance

STAYS = Then(Fate.STAYS, _("It stands in the book of the organisation that met."))
OF_MEMBERS = [Belonging(_("Meetings he was at"), Attendance, "member", STAYS, STAYS)]
