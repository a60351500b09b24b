"""What is erased of a household in what it raised, and in what came of it."""

from django.utils.translation import gettext as _

from genxu.people.erasure import Erasure, strike

from .models import Matter, MatterStep, Suggestion, Verdict


def erase(erased: Erasure) -> None:
    """Who raised it is no longer named, and in the words of it and about it the names and numbers
    are struck out. That something was said, and what became of it, stays."""
    named = Suggestion.objects.filter(hamlet=erased.hamlet, raiser_name__in=erased.names)
    concerned = {*named.values_list("pk", flat=True)}
    named.update(raiser_name="")
    own = Suggestion.objects.filter(household__in=erased.households)
    concerned |= {*own.values_list("pk", flat=True)}
    matters = Matter.objects.filter(suggestions__in=concerned).values("pk")
    strike(erased, Suggestion.objects.filter(pk__in=concerned), "text", "reply")
    strike(erased, Matter.objects.filter(pk__in=matters), "title", "result", "basis")
    strike(erased, MatterStep.objects.filter(matter__in=matters), "words", "replaced")
    strike(erased, Verdict.objects.filter(matter__in=matters), "words")
    heard = Verdict.objects.filter(hamlet=erased.hamlet, heard_by__in=erased.names)
    heard.update(heard_by="")
    helped = Matter.objects.filter(hamlet=erased.hamlet, assignee_name__in=erased.names)
    helped.update(assignee_name=_("A former centre household"))
