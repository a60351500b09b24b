"""Bookings: the list, the month of a place, a new one, papers."""

from io import BytesIO

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.errors import Conflict
from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page
from genxu.places.venues.models import Venue
from genxu.regions.lists import PlacedList

from . import actions, documents, forms, queries, rules
from .models import Booking
from .queries import asked_month
from .workflow import State


class BookingList(PlacedList[forms.BookingsForm, Booking]):
    """The latest first; who booked is for those who keep the place."""

    permission = rules.see_bookings
    form = forms.BookingsForm
    template = "bookings/list.html"
    title = gettext_lazy("Bookings")
    address = "bookings"

    def rows(self, actor: Actor) -> QuerySet[Booking]:
        return queries.with_rooms(queries.booking_list(actor))


bookings = BookingList()


@page(rules.see_bookings)
def venue_month(request: ActorRequest, pk: int) -> HttpResponse:
    """The month of a place, with those who booked."""
    venue = Venue.objects.one_for(request.actor, pk)
    rules.print_month.require(request.actor, venue=venue)
    month = queries.month_of(venue, asked_month(request.GET.get("month", "")), waiting=True)
    may_book = venue.is_open and bool(rules.book_venue(request.actor, venue=venue))
    context = {"venue": venue, "month": month, "may_book": may_book, "named": True}
    return render(request, "bookings/month.html", context)


@page(rules.book_venue, "GET", "POST")
def book_venue(request: ActorRequest, pk: int) -> HttpResponse:
    """For the hamlet, or noted down for somebody who rang or came."""
    venue = Venue.objects.one_for(request.actor, pk)
    rules.book_venue.require(request.actor, venue=venue)
    households = queries.households_in(venue.hamlet_id)
    form = forms.BookForm(
        posted(request), venue=venue, households=households,
        initial=forms.start_of(venue, forms.asked_day(request.GET.get("day", ""))),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        made = form.take(actions.book_venue, actor=request.actor, venue=venue, **form.values())
        if made is not None:
            messages.success(request, said_of(made))
            return redirect("booking", made.pk)
    context = {"venue": venue, "form": form, "households": households}
    return render(request, "bookings/book.html", context, status=form.status)


def said_of(made: Booking) -> str:
    if made.state == State.WAITING:
        return _("The others are asked. It waits until they say yes.")
    return _("The room is reserved.")


@page(rules.print_month)
def month_sheet(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The month for the wall as PDF, with the QR code of the public page; it names nobody."""
    venue = Venue.objects.one_for(request.actor, pk)
    rules.print_month.require(request.actor, venue=venue)
    month = queries.month_of(venue, asked_month(request.GET.get("month", "")))
    address = request.build_absolute_uri(reverse("public_venue", args=[venue.hamlet_id, pk]))
    try:
        content = documents.month_sheet(documents.sheet_of(venue, month, address))
    except Conflict as error:
        messages.warning(request, str(error.message))
        return redirect("venue_month", pk)
    return _pdf(content, f"{venue} {month.first:%Y-%m}.pdf")


@page(rules.see_booking)
def booking_slip(request: ActorRequest, pk: int) -> HttpResponseBase:
    """What was handed over, for both sides to keep."""
    booking = Booking.objects.one_for(request.actor, pk)
    rules.see_booking.require(request.actor, booking=booking)
    handed = queries.handed_of(booking)
    if not handed:
        messages.warning(request, _("Nothing was handed over."))
        return redirect("booking", pk)
    try:
        content = documents.slip(documents.slip_of(booking, handed))
    except Conflict as error:
        messages.warning(request, str(error.message))
        return redirect("booking", pk)
    return _pdf(content, f"交接单 {booking.begins_on:%Y-%m-%d}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponseBase:
    response = FileResponse(BytesIO(content), content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response
