"""What is erased of a household in the records of meetings: its names, where they stand."""

from genxu.people.erasure import Erasure, strike

from .models import Meeting, MeetingStep


def erase(erased: Erasure) -> None:
    strike(erased, Meeting.objects.filter(hamlet=erased.hamlet), "topic")
    strike(erased, MeetingStep.objects.filter(hamlet=erased.hamlet), "words", "replaced")
