"""The pages of councils: the list, forming one, one council with its seats."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page
from genxu.core.steps import tap
from genxu.regions.begun import NewPage
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region

from . import actions, forms, queries, rules
from .customs import hints
from .models import Council
from .sheets import COLUMNS
from .steps import seat_of


class CouncilList(PlacedList[forms.CouncilsForm, Council]):
    """All councils in the actor's charge, or the hamlets without; the sheet has the seats."""

    permission = rules.see_councils
    form = forms.CouncilsForm
    template = "councils/list.html"
    title = gettext_lazy("Village councils")
    address = "councils"
    columns = COLUMNS

    def rows(self, actor: Actor) -> QuerySet[Council]:
        return queries.council_list(actor)

    def found(self, form: forms.CouncilsForm) -> QuerySet[Any]:
        if form.chosen["group"] == "without":
            return form.narrowed(queries.hamlets_without(form.actor))
        return super().found(form)

    def context(self, form: forms.CouncilsForm, fragment: bool) -> dict[str, Any]:
        without = form.chosen["group"] == "without"
        may_form = form.actor.plays(rules.FORMERS)
        return {**super().context(form, fragment), "without": without, "may_form": may_form}

    def sheet_rows(self, form: forms.CouncilsForm) -> QuerySet[Any]:
        return queries.seats_in(form.narrowed(self.rows(form.actor)))


councils = CouncilList()


class FormCouncil(NewPage):
    """A new council with those who sit on it, on one screen."""

    def made_form(self, request: ActorRequest, hamlet: Region) -> forms.TermForm:
        households = queries.households_at(request.actor, hamlet.code)
        seats = forms.seat_formset(households, posted(request))
        form: forms.TermForm = super().made_form(request, hamlet)
        return form.with_rows(seats)

    def given(self, form: forms.TermForm) -> dict[str, Any]:
        return {"seats": [one.facts() for one in form.written("seats")], **form.term()}

    def there_already(self, hamlet: Region) -> int | None:
        standing = queries.standing_council(hamlet)
        return standing.pk if standing else None

    def context(self, form: forms.TermForm, hamlet: Region) -> dict[str, Any]:
        seats = form.sets["seats"]
        return {"seats": seats, "households": list(seats.form_kwargs["households"])}


form_council = FormCouncil(
    "form_council",
    "council",
    "councils",
    actions.form_council,
    forms.TermForm,
    gettext_lazy("Form the council"),
    gettext_lazy("Formed. The hamlet's page shows it."),
    template="councils/form.html",
)


@page(rules.see_councils)
def council_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One council: its chair, its seats, its five groups."""
    council = Council.objects.one_for(request.actor, pk)
    seats = queries.seats_of(council)
    context = {
        "council": council,
        "seats": seats,
        "chair": next((seat for seat in seats if seat.is_chair), None),
        "groups": queries.groups_of(seats),
        "former": queries.former_seats(council),
        "terms": queries.terms_of(council),
        "hints": hints(council, seats) if council.is_standing else [],
        "steers": council.is_standing and request.actor.holds(rules.FORMERS, council.hamlet_id),
    }
    return render(request, "councils/council.html", context)


@page(rules.leave_seat, "POST")
def leave_seat(request: ActorRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Somebody leaves the council."""
    council = Council.objects.one_for(request.actor, pk)
    rules.leave_seat.require(request.actor, council=council)
    seat = seat_of(council, seat_pk)
    leave = partial(actions.leave_seat, actor=request.actor, council=council, seat=seat)
    tap(request, _("%s no longer sits on the council.") % seat.name, leave)
    return redirect("council", council.pk)
