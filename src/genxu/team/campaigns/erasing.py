"""What is erased of a household that was asked in a campaign."""

from genxu.people.erasure import Erasure, strike

from .models import Answer, PartStep


def erase(erased: Erasure) -> None:
    """All that was said of it goes, and its name where somebody wrote it."""
    Answer.objects.filter(household__in=erased.households).delete()
    strike(erased, PartStep.objects.filter(hamlet=erased.hamlet), "words", "replaced")
