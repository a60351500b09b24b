"""What the shell of every page needs; costs no query on a page that needs none."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.rules import read_journal
from genxu.insight.rules import see_figures
from genxu.institutions.matters.rules import see_matters, see_neighbours
from genxu.institutions.talks.rules import see_talks
from genxu.organisation.branches.rules import see_organisations
from genxu.people.rules import see_households

ORGANISATION_PAGES = (
    "/organisation/", "/organisations/", "/centre-households/", "/coverage/", "/councils/",
    "/assemblies/", "/imports/", "/jobs/",
)  # fmt: skip


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Actor, navigation, text size, and whether this is a demonstration."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return {
        "actor": actor,
        "navigation": navigation(request, actor),
        "elder": elder_mode(request),
        "demonstration": settings.DEMONSTRATION,
    }


def elder_mode(request: HttpRequest) -> bool:
    """Whether this reader wants large letters."""
    return request.COOKIES.get("elder") == "1"


def navigation(request: HttpRequest, actor: Actor) -> list[Link]:
    """The few places that this actor goes to."""
    if not actor.signed_in:
        return [
            _link(request, _("Our hamlets"), reverse("places")),
            _link(request, _("My receipt"), reverse("find_receipt"), "/my/receipt/"),
            _link(request, _("My household"), reverse("find_household"), "/my/household/"),
        ]
    links = [_link(request, _("Home"), reverse("home"))]
    if actor.plays(see_neighbours.roles):
        links.append(_link(request, _("My neighbours"), reverse("neighbours")))
    if actor.plays(see_talks.roles):
        links.append(_link(request, _("Talks"), reverse("talks")))
    if actor.plays(see_matters.roles):
        links.append(_link(request, _("Matters"), reverse("matters")))
    if actor.plays(see_households.roles):
        links.append(_link(request, _("Households"), reverse("households")))
    if actor.plays(see_organisations.roles) and (mine := actor.places(see_organisations.roles)):
        url = reverse("place_organisation", args=[mine[0]])
        links.append(_link(request, _("Organisation"), url, *ORGANISATION_PAGES))
    if actor.plays(see_figures.roles) and (places := actor.places(see_figures.roles)):
        links.append(_link(request, _("Figures"), reverse("dashboard", args=[places[0]])))
    if actor.plays(read_journal.roles):
        links.append(_link(request, _("Journal"), reverse("journal")))
    return links


def _link(request: HttpRequest, label: str, url: str, *sections: str) -> Link:
    """``sections`` are the addresses of the pages behind it, where they begin otherwise."""
    path = request.path
    current = path == url if url == reverse("home") else path.startswith((url, *sections))
    return Link(label, url, current)
