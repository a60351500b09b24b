"""The pages of councils: the list, forming one, one council with its seats."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.forms import add_errors, posted
from genxu.core.pages import ActorRequest, page
from genxu.core.words import sentences
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from . import actions, forms, queries, rules
from .customs import hints
from .models import Council, Seat
from .sheets import COLUMNS


class CouncilList(PlacedList[forms.CouncilsForm, Council]):
    """All councils in the actor's charge, or the hamlets without; the sheet has the seats."""

    permission = rules.see_councils
    form = forms.CouncilsForm
    template = "councils/list.html"
    title = gettext_lazy("Village councils")
    address = "councils"
    sheet_address = "export_councils"
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


@page(rules.form_council, "GET", "POST")
def form_council(request: ActorRequest, code: str) -> HttpResponse:
    """A new council with those who sit on it, on one screen."""
    hamlet = place_in_charge(request.actor, rules.FORMERS, code)
    rules.form_council.require(request.actor, hamlet=hamlet)
    standing = queries.standing_council(hamlet)
    if standing and request.method != "POST":
        return redirect("council", standing.pk)
    households = queries.households_by_label(request.actor, hamlet.code)
    data = posted(request)
    form = forms.TermForm(data, initial=forms.start_of_term())
    seats = forms.seat_formset(households, data)
    if data is None:
        return _form_page(request, hamlet, form, seats)
    if not (form.is_valid() & seats.is_valid()):
        return _form_page(request, hamlet, form, seats, 422)
    written = [one for one in seats if one.has_changed()]
    try:
        council = actions.form_council.once(
            form.cleaned_data["client_id"], actor=request.actor, hamlet=hamlet,
            seats=[one.facts() for one in written], **form.term(),
        )  # fmt: skip
    except Invalid as error:
        _place_errors(form, written, error)
        return _form_page(request, hamlet, form, seats, 422)
    messages.success(request, _("Formed. The hamlet's page shows it."))
    return redirect("council", council.pk)


def _place_errors(form: Form, seats: list[Any], error: Invalid) -> None:
    """Put a refusal at the field of the seat that it names, else at the council's."""
    for name, text in error.fields.items():
        part, _dash, rest = name.partition("-")
        number, _dash, field = rest.partition("-")
        if part == "seats" and number.isdecimal():
            seats[int(number)].add_error(field, str(text))
        else:
            add_errors(form, Invalid({name: text}))


def _form_page(
    request: ActorRequest, hamlet: Region, form: Form, seats: Any, status: int = 200
) -> HttpResponse:
    households = list(seats.form_kwargs["households"])
    context = {"hamlet": hamlet, "form": form, "seats": seats, "households": households}
    return render(request, "councils/form.html", context, status=status)


@page(rules.see_councils)
def council_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One council: its chair, its seats, its five groups; for those who may, the forms."""
    return _council_page(request, queries.visible_council(request.actor, pk))


def _council_page(
    request: ActorRequest,
    council: Council,
    bound: forms.OneSeatForm | None = None,
    bound_pk: int = 0,
) -> HttpResponse:
    """The page; ``bound`` is the form that was refused, of the seat ``bound_pk`` (0: a new one)."""
    seats = queries.seats_of(council)
    steers = council.is_standing and request.actor.holds(rules.FORMERS, council.hamlet_id)
    households = queries.households_by_label(request.actor, council.hamlet_id) if steers else {}
    rows = [
        (seat, _seat_form(council, seat, households, bound, bound_pk) if steers else None)
        for seat in seats
    ]
    context = {
        "council": council,
        "rows": rows,
        "seats": seats,
        "chair": next((seat for seat in seats if seat.is_chair), None),
        "groups": queries.groups_of(seats),
        "former": queries.former_seats(council),
        "terms": queries.terms_of(council),
        "hints": hints(council, seats) if council.is_standing else [],
        "refused": sentences(map(str, bound.non_field_errors())) if bound else "",
        "steers": steers,
        "households": list(households),
        "new_form": _seat_form(council, None, households, bound, bound_pk) if steers else None,
    }
    status = bound.status if bound else 200
    return render(request, "councils/council.html", context, status=status)


def _seat_form(
    council: Council,
    seat: Seat | None,
    households: Any,
    bound: forms.OneSeatForm | None,
    bound_pk: int,
) -> forms.OneSeatForm:
    """The form of a seat, or of a new one; the refused one as it was sent."""
    pk = seat.pk if seat else 0
    if bound is not None and bound_pk == pk:
        return bound
    start = forms.values_of(council, seat) if seat else forms.start_of_seat(council)
    return forms.OneSeatForm(initial=start, households=households, prefix=_prefix(pk))


def _prefix(pk: int) -> str:
    return f"seat{pk}" if pk else "new"


@page(rules.seat_member, "POST")
def seat_member(request: ActorRequest, pk: int) -> HttpResponse:
    """One more seat."""
    council = queries.visible_council(request.actor, pk)
    rules.seat_member.require(request.actor, council=council)
    return _save_seat(request, council, None)


@page(rules.change_seat, "POST")
def change_seat(request: ActorRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Another name, duty, group or consent."""
    council = queries.visible_council(request.actor, pk)
    rules.change_seat.require(request.actor, council=council)
    return _save_seat(request, council, _seat(council, seat_pk))


def _seat(council: Council, pk: int) -> Seat:
    seat = council.seats.filter(pk=pk).first()
    if seat is None:
        raise Missing(_("There is no such seat on this council any more."))
    return seat


def _save_seat(request: ActorRequest, council: Council, seat: Seat | None) -> HttpResponse:
    pk = seat.pk if seat else 0
    households = queries.households_by_label(request.actor, council.hamlet_id)
    form = forms.OneSeatForm(request.POST, households=households, prefix=_prefix(pk))
    if not form.is_valid():
        return _council_page(request, council, form, pk)
    sent: dict[str, Any] = {"actor": request.actor, "council": council, "facts": form.facts(),
                            "version": form.cleaned_data["version"]}  # fmt: skip
    client_id = form.cleaned_data["client_id"]
    with form.taking_refusals(council):
        if seat is None:
            actions.seat_member.once(client_id, **sent)
        else:
            actions.change_seat.once(client_id, seat=seat, **sent)
    if form.errors:
        return _council_page(request, council, form, pk)
    messages.success(request, _("Saved."))
    return redirect("council", council.pk)


@page(rules.leave_seat, "POST")
def leave_seat(request: ActorRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Somebody leaves the council."""
    council = queries.visible_council(request.actor, pk)
    rules.leave_seat.require(request.actor, council=council)
    seat = _seat(council, seat_pk)
    try:
        actions.leave_seat(actor=request.actor, council=council, seat=seat)
        messages.success(request, _("%s no longer sits on the council.") % seat.name)
    except Conflict as error:
        messages.warning(request, str(error.message))
    return redirect("council", council.pk)
