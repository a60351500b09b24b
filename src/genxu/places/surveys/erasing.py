"""What is erased of a household that was asked in a survey."""

from genxu.people.erasure import Erasure, strike

from .models import Income, SurveyStep


def erase(erased: Erasure) -> None:
    """All that it said goes, and its name where somebody wrote it."""
    Income.objects.filter(household__in=erased.households).delete()
    strike(erased, SurveyStep.objects.filter(hamlet=erased.hamlet), "words", "replaced")
