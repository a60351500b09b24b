"""What is erased of a household in appraisals: its names, where somebody wrote them."""

from genxu.people.erasure import Erasure, strike

from .models import Appeal, AppealStep, Appraisal, AppraisalStep, Entry, Said


def erase(erased: Erasure) -> None:
    for model, fields in (
        (Appraisal, ("more_excellent",)),
        (Entry, ("own", "reason")),
        (Said, ("words",)),
        (Appeal, ("why",)),
        (AppraisalStep, ("words", "replaced")),
        (AppealStep, ("words", "replaced")),
    ):
        strike(erased, model.objects.filter(hamlet=erased.hamlet), *fields)
