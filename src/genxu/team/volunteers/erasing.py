"""What is erased of a household in volunteering: names, visits, papers. The hours stay, of nobody
named: what was done for the hamlet was done."""

from collections.abc import Collection, Iterable

from genxu.people.erasure import Erasure

from .models import Certificate, HoursStep, OutingStep, Visit, Volunteer


def names_of(entries: Collection[int], phones: Collection[str]) -> Iterable[str]:
    return Volunteer.objects.filter(household__in=entries).values_list("name", flat=True)


def erase(erased: Erasure) -> None:
    own = Volunteer.objects.filter(household__in=erased.households)
    keys = list(own.values_list("pk", flat=True))
    Certificate.objects.filter(volunteer__in=keys).delete()
    Visit.objects.filter(household__in=erased.households).delete()
    HoursStep.objects.filter(household__in=erased.households).update(household=None)
    own.update(name="", phone="", guardian="", household=None, member=None, shown=False)
    for model in (HoursStep, OutingStep):
        for step in model._default_manager.filter(hamlet=erased.hamlet).exclude(words=""):
            if (struck := erased.blanked(step.words)) != step.words:
                model._default_manager.filter(pk=step.pk).update(words=struck)
