"""What a household books itself, by the code of its slip; nobody signs in."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.actions import Action
from genxu.core.errors import Missing
from genxu.core.forms import posted
from genxu.core.keyring import HolderRequest
from genxu.core.pages import page
from genxu.core.steps import tap
from genxu.people.models import Household
from genxu.people.own_access import of_household, own_path
from genxu.people.rules import open_own_page
from genxu.places.venues.models import Venue

from . import actions, forms, keeping_actions, queries
from .models import Booking
from .views import said_of


def _booking(household: Household, pk: int) -> Booking:
    rows = Booking.objects.filter(household__in=household.entries, pk=pk)
    found = rows.select_related("venue", "hamlet").first()
    if found is None:
        raise Missing(_("There is no such booking of your household."))
    return found


@page(open_own_page, "GET", "POST")
@of_household
def own_book(request: HolderRequest, household: Household, venue: int) -> HttpResponse:
    """A room of a place of one's own hamlet."""
    one = Venue.objects.in_use().filter(hamlet=household.hamlet_id, pk=venue).first()
    if one is None:
        raise Missing(_("There is no such place here."))
    form = forms.OwnForm(posted(request), venue=one, initial=forms.start_of(one, None))
    if form.is_bound and form.is_valid():
        made = form.take(
            actions.book_own, actor=request.holder, venue=one, household=household, **form.values()
        )
        if made is not None:
            messages.success(request, said_of(made))
            return redirect(own_path(household))
    context = {"household": household, "venue": one, "form": form, "title": _("Book a room")}
    context["coming"] = queries.coming_at(one)["coming"]
    return render(request, "bookings/own_form.html", context, status=form.status)


@page(open_own_page, "GET", "POST")
@of_household
def own_change_booking(request: HolderRequest, household: Household, key: int) -> HttpResponse:
    """Another time or room, before it begins."""
    booking = _booking(household, key)
    form = forms.OwnChangeForm(posted(request), row=booking)
    title = _("Change the booking")
    return _sent(request, household, booking, form, actions.change_own, title)


@page(open_own_page, "GET", "POST")
@of_household
def own_make_way(request: HolderRequest, household: Household, key: int) -> HttpResponse:
    """A funeral asks: yes, and to which time it moves."""
    booking = _booking(household, key)
    if not keeping_actions.asking(booking):
        messages.info(request, _("Nobody asks it to move now."))
        return redirect(own_path(household))
    form = forms.OwnYesForm(posted(request), row=booking)
    title = _("Yes, we move")
    return _sent(request, household, booking, form, keeping_actions.say_yes, title)


def _sent(
    request: HolderRequest, household: Household, booking: Booking, form: Any,
    action: Action[..., Any], title: str,
) -> HttpResponse:  # fmt: skip
    if form.is_bound and form.is_valid():
        made = form.take(action, actor=request.holder, booking=booking, **form.values())
        if made is not None:
            messages.success(request, _("Thank you. It is noted."))
            return redirect(own_path(household))
    context = {"household": household, "venue": booking.venue, "form": form, "title": title,
               "when": booking.when}  # fmt: skip
    return render(request, "bookings/own_form.html", context, status=form.status)


@page(open_own_page, "POST")
@of_household
def own_booking_no(request: HolderRequest, household: Household, key: int) -> HttpResponse:
    """It stays where it is; nobody asks why."""
    take = partial(keeping_actions.say_no, actor=request.holder, booking=_booking(household, key))
    tap(request, _("Thank you. It stays where it is."), take)
    return redirect(own_path(household))


@page(open_own_page, "POST")
@of_household
def own_booking_withdraw(request: HolderRequest, household: Household, key: int) -> HttpResponse:
    """The room is free for others again."""
    booking = _booking(household, key)
    tap(request, _("Withdrawn."), partial(actions.withdraw_own, actor=request.holder,
                                          booking=booking))  # fmt: skip
    return redirect(own_path(household))
