"""What is erased of a household for which errands were done."""

from genxu.people.erasure import Erasure

from .models import Certification, Errand, ErrandStep, Link


def erase(erased: Erasure) -> None:
    """That something was done stays as a count; for whom, its receipt and all words go. What runs
    is withdrawn first (``bonds.REFERENCES``)."""
    Certification.objects.filter(household__in=erased.households).delete()
    errands = Errand.objects.filter(household__in=erased.households)
    errands.update(whom="", receipt="", heard_by="", word_by="", beside="")
    ErrandStep.objects.filter(errand__household__in=erased.households).update(words="", replaced={})
    Link.objects.filter(household__in=erased.households).update(heard_by="")
