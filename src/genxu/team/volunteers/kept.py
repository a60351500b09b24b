"""What is kept of a household in volunteering: who of it helps, and that it is to be visited."""

from django.utils.translation import gettext as _

from genxu.people.models import Household
from genxu.people.record import Kept

from .models import Visit, Volunteer


def kept_of(household: Household) -> list[Kept]:
    entries = household.entries
    own = Volunteer.objects.filter(household__in=entries).order_by("asked_at", "pk")
    found = [Kept(_("Volunteer"), one.name, one.accepted_on) for one in own if one.name]
    visits = Visit.objects.filter(household__in=entries).select_related("outing")
    return found + [
        Kept(_("To be visited"), one.outing.what, one.outing.begins_on)
        for one in visits.order_by("outing__begins_on", "pk")
    ]
