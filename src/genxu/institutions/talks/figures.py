"""What this app counts for the floors above."""

from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import Talk

FIGURES = [
    Figure(
        "institutions.talks_held",
        _("Talks held"),
        lambda: Talk.objects.annotate(day=F("held_on"), change=Value(1)),
    ),
]
