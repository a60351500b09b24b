"""What the registers count for the floors above."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.figures import Figure

from .models import HeadCountChange


def head_counts() -> QuerySet[HeadCountChange]:
    """By how much the people became more or fewer; a double's are those of the household kept."""
    return HeadCountChange.objects.standing().filter(household__merged_into=None)


FIGURES = [Figure("people.population", _("People"), head_counts)]
