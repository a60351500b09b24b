"""What is erased of a household in what members took on, and where others named it."""

from genxu.people.erasure import Erasure, strike

from .models import Door, Objection, ObjectionStep, Post, PostStep, Promise, PromiseStep


def erase(erased: Erasure) -> None:
    Door.objects.filter(household__in=erased.households).delete()
    for model, field in ((Post, "about"), (Promise, "text"), (Objection, "why")):
        strike(erased, model.objects.filter(hamlet=erased.hamlet), field)
    for steps in (PostStep, PromiseStep, ObjectionStep):
        strike(erased, steps.objects.filter(hamlet=erased.hamlet), "words", "replaced")
