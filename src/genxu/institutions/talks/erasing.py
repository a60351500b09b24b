"""What is erased of a household in what was put right of talks."""

from genxu.people.erasure import Erasure, strike

from .models import TalkStep


def erase(erased: Erasure) -> None:
    """What stood before may say its names also where it does not any more, so all that was put
    right in its hamlet is looked through."""
    strike(erased, TalkStep.objects.filter(hamlet=erased.hamlet), "words", "replaced")
