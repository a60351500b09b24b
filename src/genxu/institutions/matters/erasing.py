"""What is erased of a household in what it raised, and in what came of it."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from genxu.people.erasure import Erasure

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


def strike(erased: Erasure, rows: QuerySet[Any], *fields: str) -> None:
    """Only rows in which a name stands are written."""
    for row in rows:
        texts = {field: getattr(row, field) for field in fields}
        struck = {field: erased.blanked_in(text) for field, text in texts.items()}
        if struck != texts:
            _write(row, struck)


def _write(row: Model, texts: dict[str, Any]) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**texts)
