"""The report of a year stands on a page for everybody: it names nobody."""

from django.utils.translation import gettext as _

from genxu.core.errors import Invalid
from genxu.people.models import Household
from genxu.people.privacy import named_among
from genxu.places.collectives.persons import names_at
from genxu.regions.models import Region


def naming_nobody(report: str, place: Region) -> str:
    """The report; ``Invalid`` if it gives away a phone number, the head of a household there, or
    one of the roll or the offices of its collective."""
    heads = Household.objects.under(place.code).values_list("head_name", flat=True)
    if report and (found := named_among(report, {*heads, *names_at(place)})):
        told = _("Everybody can read this: please leave out “%(name)s”.")
        raise Invalid({"report": told % {"name": found}})
    return report
