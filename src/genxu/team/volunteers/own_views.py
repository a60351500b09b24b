"""What a volunteer does on the page of his own: joins, takes it back, writes hours, vouches."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.cuts import First
from genxu.core.errors import Missing
from genxu.core.forms import posted
from genxu.core.keyring import HolderRequest, drop_codes, led_to
from genxu.core.pages import ActorRequest, page
from genxu.core.steps import tap

from . import actions, forms, hours_actions, queries, rules, work_forms
from .models import Hours, Outing, Visit, Volunteer, in_hours
from .own_access import FINDER, feed_key, of_volunteer, own_path


@page(rules.open_own_hours, "GET", "POST")
def find_hours(request: ActorRequest) -> HttpResponse:
    """Where the code of a volunteer, or of a certificate, is typed in."""
    return FINDER.typed(request)


@page(rules.open_mine)
def my_hours(request: ActorRequest) -> HttpResponse:
    """The page of the volunteer that one is oneself, or the outings that one could join."""
    own = queries.of_account(request.actor)
    return redirect(own_path(own[0])) if own else redirect("outings")


@page(rules.open_own_hours, "POST")
def close_hours(request: ActorRequest, pk: int) -> HttpResponse:
    """The browser forgets the code of this volunteer."""
    rows = Volunteer.objects.filter(pk=pk).values_list("code_mark", flat=True)
    return drop_codes(request, led_to(FINDER.address, "closed"), set(rows))


@page(rules.open_own_hours)
@of_volunteer
def own_hours(request: HolderRequest, volunteer: Volunteer) -> HttpResponse:
    """His dates, the outings that he could join, his visits, his hours; the queries are fixed."""
    coming = queries.coming_in(volunteer.hamlet_id)
    joined = queries.joined_by(volunteer)
    mine = {one.outing_id for one in joined}
    hours = queries.hours_of(volunteer)
    context = {
        "volunteer": volunteer,
        "looks_only": request.holder.behind is not None,
        "joined": joined,
        "others": [one for one in coming if one.pk not in mine and volunteer.is_serving],
        "own_visits": queries.own_visits(volunteer),
        "open_visits": queries.open_visits(coming) if volunteer.is_serving else [],
        "hours": hours,
        "total": in_hours(queries.total_of(hours)),
        "to_vouch": queries.to_vouch_for(volunteer) if volunteer.is_serving else [],
        "span": work_forms.SpanForm(),
        "papers": First.of(volunteer.certificates.order_by("-pk"), 5),
        "feed": feed_key(volunteer),
    }
    return render(request, "volunteers/own.html", context)


def _outing(volunteer: Volunteer, key: int) -> dict[str, Any]:
    return {"volunteer": volunteer, "outing": get_object_or_404(Outing, pk=key)}


def _visit(volunteer: Volunteer, key: int) -> dict[str, Any]:
    """Of a visit of his hamlet."""
    found = get_object_or_404(Visit, pk=key, hamlet=volunteer.hamlet_id)
    return {"volunteer": volunteer, "visit": found}


def _hours(volunteer: Volunteer, key: int) -> dict[str, Any]:
    """Of his hamlet: for whom he vouches, the action asks."""
    found = get_object_or_404(Hours, pk=key, hamlet=volunteer.hamlet_id)
    return {"volunteer": volunteer, "hours": found}


SEE_YOU = gettext_lazy("See you there. You can take it back any time.")
VOUCH_AGAIN = gettext_lazy("Corrected. Somebody who was there has to vouch once more.")
Target = Callable[[Volunteer, int], dict[str, Any]]
TAPS: dict[str, tuple[Any, Target, Any]] = {
    "join": (
        actions.join_outing,
        _outing,
        lambda: SEE_YOU,
    ),
    "leave": (actions.leave_outing, _outing, lambda: _("All right. Nothing of it is kept.")),
    "take": (actions.take_visit, _visit, lambda: _("Thank you. Whom to visit stands below.")),
    "return": (actions.return_visit, _visit, lambda: _("All right. Somebody else can take it.")),
    "vouch": (hours_actions.vouch_hours, _hours, lambda: _("Thank you. The hours count now.")),
}
"""What is done with one tap: the action, what it is done to, what is said."""


@page(rules.open_own_hours, "POST")
@of_volunteer
def own_tap(request: HolderRequest, volunteer: Volunteer, act: str, key: int) -> HttpResponse:
    """One tap on his page."""
    if act not in TAPS:
        raise Missing(_("There is no such page. Perhaps the link is incomplete."))
    action, target, said = TAPS[act]
    tap(request, said(), partial(action, actor=request.holder, **target(volunteer, key)))
    return redirect(own_path(volunteer))


@page(rules.open_own_hours, "GET", "POST")
@of_volunteer
def own_write(request: HolderRequest, volunteer: Volunteer) -> HttpResponse:
    """Hours that he worked."""
    at = request.GET.get("at", "")
    form = work_forms.OwnWorkForm(posted(request), volunteer=volunteer, at=at, row=volunteer)
    if form.is_valid():
        sent: dict[str, Any] = {"actor": request.holder, "volunteer": volunteer, **form.values()}
        if form.take(hours_actions.write_hours, **sent):
            messages.success(request, _("Written down. Now somebody who was there says it, too."))
            return redirect(own_path(volunteer))
    said = _("Write hours down")
    return _form_page(request, volunteer, form, said, said)


@page(rules.open_own_hours, "GET", "POST")
@of_volunteer
def own_correct(request: HolderRequest, volunteer: Volunteer, key: int) -> HttpResponse:
    """What is wrong with his hours, put right; both versions stay."""
    hours = get_object_or_404(Hours, pk=key, volunteer=volunteer)
    form = work_forms.CorrectForm(posted(request), row=hours, actor=request.holder)
    if form.is_valid():
        sent: dict[str, Any] = {"actor": request.holder, "hours": hours, **form.values()}
        if form.take(hours_actions.correct_hours, **sent):
            messages.success(
                request, _("Corrected. Somebody who was there has to vouch once more.")
            )
            return redirect(own_path(volunteer))
    return _form_page(request, volunteer, form, _("Correct the hours"), _("Correct"))


@page(rules.open_own_hours, "GET", "POST")
@of_volunteer
def own_withdraw(request: HolderRequest, volunteer: Volunteer, key: int) -> HttpResponse:
    """Hours that were never worked, or shall not be kept."""
    hours = get_object_or_404(Hours, pk=key, volunteer=volunteer)
    form = work_forms.WithdrawForm(posted(request), row=hours, actor=request.holder)
    if form.is_valid():
        sent: dict[str, Any] = {"actor": request.holder, "hours": hours, **form.values()}
        if form.take(hours_actions.withdraw_hours, **sent):
            messages.success(request, _("Withdrawn."))
            return redirect(own_path(volunteer))
    return _form_page(request, volunteer, form, _("Withdraw the hours"), _("Withdraw"))


@page(rules.open_own_hours, "GET", "POST")
@of_volunteer
def own_person(request: HolderRequest, volunteer: Volunteer) -> HttpResponse:
    """What is kept of him, put right; whether he may be named."""
    names = ("name", "phone", "minor", "guardian", "shown")
    start = {name: getattr(volunteer, name) for name in names}
    form = forms.OwnPersonForm(posted(request), initial=start, row=volunteer)
    if form.is_valid():
        who = form.who(household=volunteer.household, member=volunteer.member)
        sent: dict[str, Any] = {"actor": request.holder, "volunteer": volunteer, "who": who}
        if form.take(actions.change_volunteer, **sent):
            messages.success(request, _("Thank you, it is corrected."))
            return redirect(own_path(volunteer))
    return _form_page(request, volunteer, form, _("What is kept of me"), _("Save"))


@page(rules.open_own_hours, "POST")
@of_volunteer
def own_quit(request: HolderRequest, volunteer: Volunteer) -> HttpResponse:
    """No longer a volunteer, without a reason."""
    quit_now = partial(actions.leave_volunteering, actor=request.holder, volunteer=volunteer)
    tap(request, _("All right. Thank you for all that you did."), quit_now)
    return redirect(own_path(volunteer))


@page(rules.open_own_hours, "POST")
@of_volunteer
def own_certificate(request: HolderRequest, volunteer: Volunteer) -> HttpResponse:
    """A certificate of a span: made, and opened at once."""
    form = work_forms.SpanForm(posted(request), row=volunteer)
    if form.is_valid():
        sent: dict[str, Any] = {"actor": request.holder, "volunteer": volunteer, **form.values()}
        paper = form.take(hours_actions.make_certificate, **sent)
        if paper is not None:
            messages.success(request, _("The certificate is made: %s hours.")
                             % in_hours(paper.minutes))  # fmt: skip
            return redirect(own_path(volunteer))
    return _form_page(request, volunteer, form, _("Make a certificate"), _("Make it"))


def _form_page(
    request: HolderRequest, volunteer: Volunteer, form: Any, heading: str, act: str
) -> HttpResponse:
    context = {"who": volunteer, "form": form, "heading": heading, "act": act,
               "back": own_path(volunteer)}  # fmt: skip
    return render(request, "volunteers/own_form.html", context, status=form.status)
