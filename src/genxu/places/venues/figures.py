"""What this app counts for the floors above."""

from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import Venue

FIGURES = [
    Figure("places.venues", _("Places in use"), standing=lambda day: Venue.objects.in_use_on(day)),
]
