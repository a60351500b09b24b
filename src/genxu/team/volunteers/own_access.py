"""Opening one's own hours by a code, or as the account that one is; a certificate by its own."""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from genxu.core import keys
from genxu.core.access import VOLUNTEER_ROLE, Actor, Grant, Kind
from genxu.core.keyring import Finder, HolderRequest, held_marks, led_to, let_in, private, signed_in

from .models import Certificate, Volunteer
from .rules import open_own_hours

P = ParamSpec("P")
FEED = "volunteer-feed"
FINDER = Finder("find_hours", "volunteers/find.html")


def holder_of(volunteer: Volunteer, *, shown: bool = False, behind: Actor | None = None) -> Actor:
    """Whoever holds the code of a volunteer: acts for this one only."""
    grant = Grant(VOLUNTEER_ROLE, volunteer.hamlet_id)
    return Actor(Kind.VOLUNTEER, str(volunteer.pk), "", (grant,), shown, behind)


def own_path(volunteer: Volunteer) -> str:
    return reverse("own_hours", args=[volunteer.pk])


def of_volunteer(
    view: Callable[Concatenate[HolderRequest, Volunteer, P], Any],
) -> Callable[..., HttpResponse]:
    """A volunteer's own page: for a browser that holds the code, and for the account that is this
    very volunteer; another one who is signed in only looks."""

    @wraps(view)
    def inner(request: HolderRequest, pk: int, **kwargs: Any) -> HttpResponse:
        rows = Volunteer.objects.select_related("hamlet", "household").filter(pk=pk)
        account = request.actor.account_id
        volunteer = rows.filter(account=account).first() if account else None
        if volunteer is not None:
            request.holder = holder_of(volunteer)
        else:
            volunteer = rows.filter(code_mark__in=held_marks(request)).first()
            if volunteer is None:
                return led_to(FINDER.address, "again")
            shown = volunteer.code_was_shown
            holder = holder_of(volunteer, shown=shown, behind=signed_in(request))
            let_in(request, holder, open_own_hours, volunteer)
        return private(view(request, volunteer, **kwargs))  # type: ignore[call-arg]

    return inner


def certificate_held(request: HttpRequest, pk: int) -> Certificate | None:
    """The certificate, if this browser has opened its code."""
    rows = Certificate.objects.filter(pk=pk, code_mark__in=held_marks(request))
    return rows.select_related("hamlet__parent__parent").first()


def feed_key(volunteer: Volunteer) -> str:
    """Stands in the address of a calendar, which a telephone keeps: it opens the dates alone, and
    goes with the code that it is made from."""
    mark = keys.mark(FEED, f"{volunteer.pk} {volunteer.code_mark}")
    return mark[:32]


def is_feed_key(volunteer: Volunteer, given: str) -> bool:
    known = keys.marks(FEED, f"{volunteer.pk} {volunteer.code_mark}")
    return any(hmac.compare_digest(one[:32], given) for one in known)
