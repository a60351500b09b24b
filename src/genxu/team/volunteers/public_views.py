"""Without log-in: asking to come along by the QR code on the wall, dates, certificates."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from genxu.core import ratelimit
from genxu.core.cuts import First
from genxu.core.errors import Conflict, Missing, TooMany
from genxu.core.forms import posted
from genxu.core.keyring import add_code, led_to, private
from genxu.core.pages import ActorRequest, page
from genxu.regions.queries import place_at

from . import actions, queries, rules
from .documents import lacking, paper_of, print_certificate
from .feed import calendar_of
from .forms import AskForm
from .models import Certificate, Hours, Outing, Volunteer, in_hours
from .own_access import (
    FINDER,
    certificate_held,
    is_feed_key,
    of_volunteer,
    own_path,
)

LIMITS = (ratelimit.Limit("volunteer", 5, 3600), ratelimit.Limit("volunteers", 20, 24 * 3600))
"""By one address: so many who ask within an hour, within a day."""
WRONG_FEEDS_A_MINUTE = 10
OVER = 30


@page(rules.ask_to_join, "GET", "POST")
def ask_to_join(request: ActorRequest, code: str) -> HttpResponse:
    """我也来: name and number, for an outing or in general; somebody says yes."""
    hamlet = place_at(code)
    rules.ask_to_join.require(request.actor, hamlet=hamlet)
    start = {"outing": request.GET.get("outing")}
    form = AskForm(posted(request), hamlet=code, initial=start)
    if form.is_valid() and not _braked(request, form):
        sent: dict[str, Any] = {"actor": request.actor, "hamlet": hamlet, **form.values()}
        made = form.take(actions.ask_to_join, **sent)
        if made is not None:
            messages.success(request, _("Thank you! Whoever leads the team will say yes."))
            if not made.is_new or request.actor.signed_in:
                return redirect("place", hamlet.code)
            return private(add_code(request, redirect(own_path(made)), made.code))
    context = {"hamlet": hamlet, "form": form, "outings": queries.coming_in(code)}
    status = TooMany.status if form.braked else form.status
    return render(request, "volunteers/ask.html", context, status=status)


def _braked(request: ActorRequest, form: AskForm) -> bool:
    """Whether so much came from this address that it has to wait; what was typed stays."""
    address = ratelimit.client_address(request)
    wait = ratelimit.take(*[(limit, address) for limit in LIMITS])
    if wait:
        form.braked = True
        form.add_error(None, _("That was a lot in a short time. Please go on later."))
    return wait > 0


@page(rules.open_own_hours)
def hamlet_dates(request: ActorRequest, code: str) -> HttpResponse:
    """The dates of a hamlet as a calendar; nobody is named."""
    hamlet = place_at(code)
    rows = Outing.objects.filter(hamlet=hamlet)
    return _calendar(request, _("Volunteers of %s") % hamlet, rows)


@page(rules.open_own_hours)
def own_dates(request: ActorRequest, pk: int, key: str) -> HttpResponse:
    """The dates of one volunteer, by the key in the address: it opens nothing else."""
    volunteer = Volunteer.objects.filter(pk=pk, left_on=None).first()
    if volunteer is None or not is_feed_key(volunteer, key):
        ratelimit.count_try(request, "feed", WRONG_FEEDS_A_MINUTE)
        raise Missing(_("There is no such page. Perhaps the link is incomplete."))
    rows = Outing.objects.filter(sign_ups__volunteer=volunteer)
    return _calendar(request, _("My outings"), rows)


def _calendar(request: ActorRequest, name: str, rows: "QuerySet[Outing]") -> HttpResponse:
    """The latest of them: nobody looks for those of years ago in a calendar."""
    outings = First.of(rows.order_by("-begins_on", "-pk"), OVER)
    content = calendar_of(name, outings, request.get_host())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


@page(rules.open_own_hours)
def certificate(request: ActorRequest, pk: int) -> HttpResponse:
    """What the paper says, and what was changed since it was made; for whoever scans it."""
    paper = certificate_held(request, pk)
    if paper is None:
        return led_to(FINDER.address, "again")
    lines = _compared(paper)
    context = {"paper": paper, "lines": lines, "hours": in_hours(paper.minutes),
               "changed": sum(1 for line in lines if line["now"])}  # fmt: skip
    return private(render(request, "volunteers/certificate.html", context))


def _compared(paper: Certificate) -> list[dict[str, Any]]:
    """Each line with how it stands now, if that is not as the paper says."""
    known = Hours.objects.in_bulk([line["pk"] for line in paper.lines])
    found = []
    for line in paper.lines:
        hours = known.get(line["pk"])
        same = hours is not None and hours.version == line["version"]
        grown = hours is not None and hours.counts and hours.vouched > line["vouched"]
        now = (
            ""
            if same or grown
            else _("changed since; now: %s")
            % (hours.get_state_display() if hours else _("deleted"))
        )
        found.append({**line, "hours": in_hours(line["minutes"]), "now": now})
    return found


@page(rules.open_own_hours)
@of_volunteer
def own_paper(request: ActorRequest, volunteer: Volunteer, key: int) -> HttpResponseBase:
    """The certificate as PDF, for the volunteer."""
    return paper_file(request, get_object_or_404(Certificate, pk=key, volunteer=volunteer))


def paper_file(request: ActorRequest, one: Certificate) -> HttpResponseBase:
    paper = paper_of(one)
    if missing := lacking(paper):
        text = _("No font here has %(characters)s: the paper cannot be printed.")
        raise Conflict(text % {"characters": missing})
    content = print_certificate(paper, request.build_absolute_uri("/").rstrip("/"))
    name = _("Certificate of volunteering %s.pdf") % one.made_on.isoformat()
    return FileResponse(BytesIO(content), content_type="application/pdf", filename=name)
