"""What is erased of a household that was asked in a campaign."""

from genxu.people.erasure import Erasure

from .models import Answer


def erase(erased: Erasure) -> None:
    """All that was said of it goes."""
    Answer.objects.filter(household__in=erased.households).delete()
