"""What is erased of a household that had a part in distributions: names, never sums."""

from genxu.people.erasure import GONE, Erasure, strike

from .models import Distribution, DistributionStep, Portion


def erase(erased: Erasure) -> None:
    """Shares, sum and day stay, as the accounts do (第五十七条); who signed, and its name where
    somebody wrote it, go."""
    own = Portion.objects.filter(household__in=erased.households)
    own.exclude(signed_by="").update(signed_by=GONE)
    places = {"place__in": erased.places}
    strike(erased, Distribution.objects.filter(**places), "report")
    strike(erased, DistributionStep.objects.filter(hamlet__in=erased.places), "words", "replaced")
