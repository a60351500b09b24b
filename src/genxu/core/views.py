"""The auditor's pages: searching the journal, verifying it."""

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from . import rules, verifying
from .access import under
from .models import JournalEntry, Seal
from .pages import ActorRequest, page, query_without_page, slice_of

SEARCHED = ("place", "action", "who", "what", "since", "until")


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
    for name, lookup in (("since", "at__date__gte"), ("until", "at__date__lte")):
        if asked.get(name):
            try:
                rows = rows.filter(**{lookup: asked[name]})
            except ValidationError:
                continue
    return rows


@page(rules.read_journal, "POST")
def verify_page(request: ActorRequest) -> HttpResponse:
    """Verify the whole journal now and say what was found."""
    return render(request, "core/verified.html", {"verdict": verifying.verify()})
