"""What is erased of a household that has asked about the accounts, or that a line would name."""

from django.db.models import Q

from genxu.people.erasure import Erasure, strike

from .drawing import Names, keep_wordings
from .models import Disclosure, DisclosureStep, Question, Told


def erase(erased: Erasure) -> None:
    """The question stays, nobody's; a name that somebody wrote into what is shown goes."""
    Question.objects.filter(household__in=erased.households).update(household=None)
    there = {"disclosure__place__in": erased.places}
    fields = ("text", "who", "paper", "reason")
    strike(erased, Told.objects.filter(_naming(erased, *fields), **there), *fields)
    strike(erased, DisclosureStep.objects.filter(_naming(erased, "words"), **there), "words")
    own = Disclosure.objects.filter(_naming(erased, "why"), place__in=erased.places)
    strike(erased, own, "why")
    keep_wordings(erased.places, Names.of({*erased.names, *erased.phones}))


def _naming(erased: Erasure, *fields: str) -> Q:
    """Where one of the names or numbers stands."""
    found = Q(pk__in=[])
    for known in {*erased.names, *erased.phones} - {""}:
        for field in fields:
            found |= Q(**{f"{field}__contains": known})
    return found
