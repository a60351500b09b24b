"""What this app counts for the floors above."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import Hours, Team

FIGURES = [
    Figure(
        "team.volunteer_teams",
        _("Teams of volunteers"),
        standing=lambda day: Team.objects.standing_on(day),
    ),
    Figure(
        "team.volunteer_hours",
        _("Volunteer hours vouched for"),
        changes=lambda: Hours.objects.verified().annotate(change=F("minutes")),
        per=60,
    ),
]
