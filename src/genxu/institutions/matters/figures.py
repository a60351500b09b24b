"""What this app counts for the floors above."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.calendar import end_of_day
from genxu.core.figures import Figure

from .models import Matter, MatterStep, Suggestion, Verdict
from .workflow import FINISHED, OPEN, REGISTER, WITHDRAW, WORKING, Answer, State


def _entering(states: tuple[str, ...]) -> QuerySet[Any]:
    """Steps into (+1) and out of (−1) a group of states: their sum is how many are in it."""
    into = Q(to_state__in=states) & ~Q(from_state__in=states)
    out = Q(from_state__in=states) & ~Q(to_state__in=states)
    rows: QuerySet[Any] = MatterStep.objects.filter(into | out).annotate(
        day=F("on"),
        change=Case(When(into, then=Value(1)), default=Value(-1), output_field=IntegerField()),
    )
    return rows


def _each(rows: QuerySet[Any], day: str) -> QuerySet[Any]:
    counted: QuerySet[Any] = rows.annotate(day=F(day), change=Value(1))
    return counted


def _without(step: str) -> QuerySet[Any]:
    """Each matter from its registration until this step, if it ever takes it."""
    rows: QuerySet[Any] = MatterStep.objects.filter(step__in=(REGISTER, step)).annotate(
        day=F("on"),
        change=Case(When(step=step, then=Value(-1)), default=Value(1), output_field=IntegerField()),
    )
    return rows


def _verdicts(answer: Answer, day: date) -> QuerySet[Any]:
    """Those that stood on a day: what was noted down and waited, or was disowned, taken back or
    overruled by then, is none of them."""
    return Verdict.objects.filter(answer=answer).standing_on(day)


def _said(source: Suggestion.Source) -> QuerySet[Any]:
    return _each(Suggestion.objects.filter(source=source, withdrawn_on=None), "said_on")


def overdue_on(day: date) -> QuerySet[Any]:
    """Matters that were being worked on at the end of a day, their due time past: state and due
    time are those of that day, as the last step until then left them."""
    if day >= clock.today():
        return Matter.objects.overdue(clock.now())
    last = MatterStep.objects.filter(matter=OuterRef("pk"), on__lte=day).order_by("-at", "-pk")
    rows = Matter.objects.annotate(
        state_then=Subquery(last.values("to_state")[:1]),
        due_then=Subquery(last.values("due_at")[:1]),
    )
    return rows.filter(state_then__in=WORKING, due_then__lt=end_of_day(day))


def falling_due(start: datetime, end: datetime) -> QuerySet[Any]:
    """Matters that became overdue between two moments."""
    return Matter.objects.filter(state__in=WORKING, due_at__gte=start, due_at__lt=end)


FIGURES = [
    Figure("institutions.suggestions", _("Suggestions"),
           lambda: _each(Suggestion.objects.filter(withdrawn_on=None), "said_on")),
    *(
        Figure(f"institutions.suggestions.{source}", source.label, partial(_said, source))
        for source in Suggestion.Source
    ),
    Figure("institutions.matters", _("Matters"),
           lambda: _without(WITHDRAW)),
    Figure("institutions.matters_open", _("Open"), lambda: _entering(OPEN)),
    Figure("institutions.matters_overdue", _("Overdue"),
           standing=overdue_on, moved_by_time=falling_due),
    Figure("institutions.matters_done", _("Done"), lambda: _entering(FINISHED)),
    Figure("institutions.matters_closed", _("Closed"), lambda: _entering((State.CLOSED,))),
    Figure("institutions.matters_unconfirmed", _("Unconfirmed"),
           lambda: _entering((State.UNCONFIRMED,))),
    Figure("institutions.matters_explained", _("Explained"),
           lambda: _entering((State.EXPLAINED,))),
    Figure("institutions.matters_no_agreement", _("No agreement"),
           lambda: _entering((State.NO_AGREEMENT,))),
    *(
        Figure(f"institutions.verdicts.{answer}", answer.label,
               standing=partial(_verdicts, answer))
        for answer in Answer
    ),
]  # fmt: skip
