"""What campaigns can ask of matters: those that others may read too, never a personal one."""

from collections.abc import Sequence
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from genxu.core.calendar import morning
from genxu.people.questions import Question

from .models import Matter, Voice
from .workflow import OPEN, State

_ENDED = ExpressionWrapper(~Q(state__in=OPEN), output_field=BooleanField())


def _matters(since: date, words: Sequence[str]) -> QuerySet[Matter]:
    """Registered since that day, with one of the words in the title or in what was said."""
    rows = Matter.objects.shared().exclude(state=State.WITHDRAWN)
    told = Q(pk__in=[])
    for word in words:
        said = Voice.objects.filter(matter=OuterRef("pk"), suggestion__text__contains=word)
        told |= Q(title__contains=word) | Q(Exists(said))
    rows = rows.filter(told, registered_at__gte=morning(since)).annotate(settled=_ENDED)
    return rows.order_by("pk")


QUESTIONS = [
    Question(
        "matters", _("Matters with these words"),
        _("Common and specialist matters since a day; the others stay what they are: personal."),
        _matters, lambda row: (row.shown_title, reverse("matter", args=[row.pk])),
        settles=True, takes_words=True,
    ),
]  # fmt: skip
