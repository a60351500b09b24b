"""What this app counts for the floors above."""

from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import Membership


def _members(day: date) -> QuerySet[Membership]:
    """Each where her household is: a village's members are those of its hamlets."""
    return Membership.objects.on_day(day).annotate(hamlet=F("household__hamlet"))


FIGURES = [Figure("places.members", _("Members of collectives"), standing=_members)]
