"""What everybody can open below a hamlet's public page: one talk, one common matter."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from genxu.core.errors import Missing
from genxu.core.fresh import kept, public_page
from genxu.core.pages import ActorRequest, page
from genxu.core.rules import open_public
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.receipts import office_of, serves_in_house, told_to_all
from genxu.institutions.talks.queries import public_talks
from genxu.people.privacy import named_person
from genxu.regions.models import Region
from genxu.shell.context import elder_mode

from .writing import written


@page(open_public)
def public_talk(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """One talk: day, place, topic, how many came, what became of its common matters."""

    def make(here: Region) -> dict[str, Any]:
        talk = public_talks(here).filter(pk=pk).first()
        if talk is None:
            raise Missing(_("There is no such talk here."))
        raised = Matter.objects.filter(hamlet=here, suggestions__raised__talk=talk)
        matters = raised.public().distinct().order_by("pk")
        venue = "" if named_person(talk.venue, here) else talk.venue  # it may be somebody's home
        return {"title": talk.topic, "talk": talk, "venue": venue, "matters": list(matters)}

    return _opened(request, "portal/_talk.html", code, pk, make)


@page(open_public)
def public_matter(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """One common matter: where it stands, which office has it, by when, how it went so far."""

    def make(here: Region) -> dict[str, Any]:
        rows = Matter.objects.filter(hamlet=here, pk=pk).public().select_related("place", "hamlet")
        matter = rows.first()
        if matter is None:
            raise Missing(_("There is no such common matter here."))
        office = office_of(matter.place, in_house=serves_in_house(matter))
        return {
            "title": matter.shown_title,
            "matter": matter,
            "office": office,
            "steps": told_to_all(matter),
        }

    return _opened(request, "portal/_matter.html", code, pk, make)


def _opened(
    request: ActorRequest,
    template: str,
    code: str,
    pk: int,
    make: Callable[[Region], dict[str, Any]],
) -> HttpResponse:
    """Kept as the page of the hamlet is (docs/adr/0012): all of it lies there."""
    shown = kept(template, code, pk, make=lambda: written(template, code, make))
    context = {"title": shown[0], "content": mark_safe(shown[1])}  # noqa: S308 - made by a template
    return public_page(request, "portal/place.html", context, elder_mode(request))
