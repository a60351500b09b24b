"""What this app counts for the floors above."""

from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import Council

FIGURES = [
    Figure(
        "organisation.councils",
        _("Village councils"),
        standing=lambda day: Council.objects.standing_on(day),
    ),
]
