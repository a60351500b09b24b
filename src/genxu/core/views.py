"""The auditor's page: searching the journal. Verifying it is a job (``genxu.jobs``)."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from . import rules
from .access import under
from .models import JournalEntry, Seal
from .pages import ActorRequest, page, query_without_page, slice_of

SEARCHED = ("place", "action", "who", "what", "since", "until")
FIRST, LAST = date(1900, 1, 1), date(9000, 1, 1)


@page(rules.read_journal)
def journal_page(request: ActorRequest) -> HttpResponse:
    """The journal of the places in the auditor's charge, the newest first, with a search."""
    rows = _searched(request, JournalEntry.objects.visible_to(request.actor)).order_by("-pk")
    context = {
        "page": slice_of(request, rows, 50),
        "query": query_without_page(request),
        "asked": {name: request.GET.get(name, "") for name in SEARCHED},
        "last_seal": Seal.objects.order_by("-pk").first(),
    }
    return render(request, "core/journal.html", context)


def _short(code: str) -> str:
    """A place code without the zeros that only fill it up to its twelve digits."""
    if len(code) != 12:
        return code
    return next(code[:n] for n in (2, 4, 6, 9, 12) if not code[n:].strip("0"))


def _searched(request: HttpRequest, rows: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    asked = request.GET
    if (place := asked.get("place", "").strip()[:15]).isdecimal() and place.isascii():
        rows = rows.filter(under(_short(place), "place"))
    if action := asked.get("action", "").strip():
        rows = rows.filter(action__startswith=action)
    if who := asked.get("who", "").strip():
        rows = rows.filter(actor=who if ":" in who else f"account:{who}")
    if what := asked.get("what", "").strip():
        rows = rows.filter(Q(subject_id=what))
    if since := _day(asked.get("since", "")):
        rows = rows.filter(at__gte=_morning(since))
    if until := _day(asked.get("until", "")):
        rows = rows.filter(at__lt=_morning(until + timedelta(days=1)))
    return rows


def _day(text: str) -> date | None:
    """The day that was typed, if it is one on which there may have been a journal."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return min(max(day, FIRST), LAST) if day else None


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
