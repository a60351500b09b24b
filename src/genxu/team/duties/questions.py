"""What campaigns can ask of inspections: the days on which something was found."""

from collections.abc import Sequence
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from genxu.people.questions import Question
from genxu.people.raising import ended_matters

from .models import DutyDay, Found


def _found(since: date, words: Sequence[str]) -> QuerySet[DutyDay]:
    """Settled with the matter that came of it, or where none did."""
    over = Q(matter=None) | Q(matter__in=ended_matters())
    settled = ExpressionWrapper(over, output_field=BooleanField())
    rows = DutyDay.objects.filter(found=Found.SOMETHING, day__gte=since).select_related("rota")
    return rows.annotate(settled=settled).order_by("day", "pk")


def _line(row: DutyDay) -> tuple[str, str]:
    return f"{row.rota} {date_format(row.day, 'MONTH_DAY_FORMAT')}", reverse(
        "rota", args=[row.rota_id]
    )


QUESTIONS = [
    Question(
        "inspections", _("What inspections found"),
        _("Days of duty since a day on which there was something to see to."),
        _found, _line, settles=True,
    ),
]  # fmt: skip
