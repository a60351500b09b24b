"""What is erased of a household in what it wanted to say, and where others named it."""

from genxu.people.erasure import Erasure, strike

from .models import AnnouncementStep, Wish


def erase(erased: Erasure) -> None:
    Wish.objects.filter(household__in=erased.households).delete()
    strike(erased, Wish.objects.filter(hamlet=erased.hamlet), "text")
    strike(erased, AnnouncementStep.objects.filter(hamlet=erased.hamlet), "words", "replaced")
