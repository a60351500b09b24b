"""Welcome, home, the public pages of places, and the small switches of the shell."""

import errno
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.core.errors import Missing, Stale
from genxu.core.fresh import kept, public_page
from genxu.core.middleware import back_url, refusal_page
from genxu.core.notices import notices_for
from genxu.core.pages import ActorRequest, page, safe_next, sent_from_an_older_page, slice_of
from genxu.core.rules import open_public, read_journal
from genxu.core.sections import next_change, sections_of
from genxu.insight.counting import count_on
from genxu.insight.queries import standing_of
from genxu.insight.rules import see_figures
from genxu.insight.tiles import figures_on
from genxu.institutions.announcements.queries import announced_at
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.queries import bad_words_for, on_agenda, waiting_for
from genxu.institutions.matters.rules import record_matter
from genxu.institutions.talks.queries import last_talk, public_talks
from genxu.institutions.talks.rules import record_talk
from genxu.organisation.centre_households.neighbours import how_many_neighbours
from genxu.people.queries import works_at
from genxu.people.roles import Role
from genxu.people.rules import see_home
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region
from genxu.regions.queries import names_below, search_places
from genxu.shell.context import elder_mode

from . import health
from .beside import from_elsewhere
from .chart import public_chart
from .writing import Written, written

TEN, AGENDA = 10, 6
SHOWN = ("institutions.talks_held", "institutions.suggestions")
"""The figures on a hamlet's public page."""
YEAR = 365 * 24 * 3600


@page(open_public)
def welcome(request: ActorRequest) -> HttpResponse:
    """The first page for everybody: find one's hamlet, open a receipt, sign in."""
    if request.actor.signed_in:
        return redirect("home")
    return render(request, "portal/welcome.html")


@page(see_home)
def home(request: ActorRequest) -> HttpResponse:
    """What waits for the one who signed in, and the one thing she does most."""
    actor = request.actor
    if not actor.plays(see_figures.roles) and actor.plays(read_journal.roles):
        return redirect("journal")
    codes = actor.places()
    if len(codes) == 1 and len(codes[0]) == LENGTHS[Level.HAMLET]:
        works = works_at(codes[0])  # a role may be taken by an action that lies elsewhere
        context = kept("home", codes[0], actor, works, make=lambda: _waits_for(actor))
    else:
        context, _until = _waits_for(actor)
    place = context["place"]
    if place and not context["hamlets"]:
        context |= {"figures": figures_on("home", actor, place, standing_of(place))}
    return render(request, "portal/home.html", context)


def _waits_for(actor: Actor) -> tuple[dict[str, Any], datetime | None]:
    """What waits for somebody in all her places, and when that changes by itself within the day."""
    own, shown = actor.places(record_talk.roles), actor.places(see_figures.roles)
    rows = Region.objects.filter(code__in={*own, *shown}).select_related("parent")
    places = list(rows.annotate(announced=announced_at("code")).order_by("code"))
    hamlets = [one for one in places if one.code in own]
    notices = notices_for(actor)
    context: dict[str, Any] = {
        "place": next((one for one in places if one.code in shown), None),
        "hamlets": hamlets,
        "notices": notices,
        "bad_words": bad_words_for(actor),
        "queues": waiting_for(actor, known=places),
        "neighbours": how_many_neighbours(actor),
        "notes": actor.plays(record_matter.roles),
    }
    if hamlets:
        context |= _talked_of(hamlets[0])
    moments = [one.until for one in notices if one.until]
    return context, min(moments, default=None)


def _talked_of(hamlet: Region) -> dict[str, Any]:
    """The last talk of a hamlet, and what the next one opens with."""
    last = last_talk(hamlet)
    agenda = on_agenda(hamlet, last.held_on if last else None)
    return {"last_talk": last, "agenda": First.of(agenda, AGENDA)}


@page(open_public)
def places(request: ActorRequest) -> HttpResponse:
    """Find a place by name or in pinyin, or walk down the tree."""
    words = request.GET.get("words", "").strip()[:30]
    found = search_places(words) if words else []
    top = Region.objects.of_level(Level.COUNTY).order_by("code")
    context = {"words": words, "found": found, "counties": [] if words else list(top)}
    return render(request, "portal/places.html", context)


@page(open_public)
def place(request: ActorRequest, code: str) -> HttpResponse:
    """The public page of a place: a hamlet's talks and common matters, or the places below."""
    shown = _hamlet_shown if len(code) == LENGTHS[Level.HAMLET] else _higher_shown
    title, content = shown(request, code)
    context = {"title": title, "content": mark_safe(content)}  # noqa: S308 - made by a template
    return public_page(request, "portal/place.html", context, elder_mode(request))


def _hamlet_shown(request: ActorRequest, code: str) -> tuple[str, str]:
    organisation, phones = from_elsewhere(code)

    def make(here: Region) -> dict[str, Any]:
        matters = Matter.objects.filter(hamlet=here).public().order_by("-pk")
        rows = slice_of(request, matters, TEN)
        told = sections_of("hamlet", here, ended=here.closed_on is not None)
        return {
            "told": told,
            "phones": [(Role(role).label, phone) for role, phone in phones],
            "called_before": list(here.former_names.order_by("until", "pk")),
            "chart": public_chart(here, organisation),
            "talks": First.of(public_talks(here), TEN),
            "page": rows,
            "query": "",
            "standing": count_on(here.code, clock.today(), SHOWN),
            "until": next_change(told),
        }

    keeps = "page" not in request.GET  # whoever turns pages fills no memory
    return _shown("portal/_hamlet.html", code, organisation, phones, make=make, keeps=keeps)


def _higher_shown(request: ActorRequest, code: str) -> tuple[str, str]:
    children = names_below(code)
    below = [Region(code=child, name=name, distinguished_by=by) for child, name, by in children]
    return _shown("portal/_place.html", code, children, make=lambda _here: {"children": below})


def _shown(
    template: str,
    code: str,
    *depends: Any,
    make: Callable[[Region], dict[str, Any]],
    keeps: bool = True,
) -> tuple[str, str]:
    """The name of a place and what its page says."""

    def make_anew() -> Written:
        return written(template, code, make)

    return kept(template, code, *depends, make=make_anew) if keeps else make_anew()[0]


@page(open_public, "POST")
def text_size(request: HttpRequest) -> HttpResponse:
    """Large letters on or off, remembered in a cookie."""
    response = HttpResponseRedirect(safe_next(request, "/"))
    on = not elder_mode(request)
    response.set_cookie("elder", "1" if on else "0", max_age=YEAR, samesite="Lax")
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere."""
    return refusal_page(
        request, Missing(_("There is no such page. Perhaps the link is incomplete."))
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something that no form of ours sends: too many fields, a wrong host."""
    return HttpResponse(_("This cannot be read. Please go back and try again."), status=400)


def stale_form(request: ActorRequest, reason: str = "") -> HttpResponse:
    """A form whose page is older than the sign-in, to be looked at once more; one that came from
    elsewhere is refused."""
    if back_url(request):
        return sent_from_an_older_page(request)
    return refusal_page(request, Stale(_("Go back, reload it and send it once more.")))


@page(open_public)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116); the operator names the contact."""
    if not settings.SECURITY_CONTACT:
        raise Missing(_("There is no such page. Perhaps the link is incomplete."))
    expires = clock.now() + timedelta(days=180)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.astimezone(UTC):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: zh, en",
        f"Canonical: https://{request.get_host()}{request.path}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def server_error(request: HttpRequest) -> HttpResponse:
    """The last page: nothing on it needs a database. 503 if it is away, locked or full."""
    response = HttpResponse(status=503 if _is_out_of_order(sys.exc_info()[1]) else 500)
    response.write(get_template(f"{response.status_code}.html").render())
    response["Cache-Control"] = "no-store"
    if response.status_code == 503:
        response["Retry-After"] = "60"
    return response


def _is_out_of_order(error: BaseException | None) -> bool:
    """Whether the machine, not the program, is at fault."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
    return isinstance(error, OperationalError | InterfaceError)


@page(open_public)
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the program is well; the front answers this itself, within a second."""
    status, told = health.answer()
    return JsonResponse(told, status=status)
