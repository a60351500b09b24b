"""Where something is noted between talks, and where a household says it itself."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.codes import Why
from genxu.core.forms import posted
from genxu.core.keyring import HolderRequest, private
from genxu.core.pages import ActorRequest, page
from genxu.people.models import Household
from genxu.people.own_access import of_household, own_path
from genxu.people.rules import open_own_page
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from . import forms, noting_actions, queries, rules
from .models import Matter, Suggestion

SHOWN_FOR = timedelta(minutes=10)
"""So long the same submission, sent again, still shows the slip that it was printed with."""


@page(rules.record_matter)
def note_matter(request: ActorRequest) -> HttpResponse:
    """Which hamlet it is of; asked only where there are several."""
    hamlets = queries.hamlets_to_note(request.actor, rules.record_matter.roles)
    if len(hamlets) == 1:
        form = forms.NoteForm(actor=request.actor, hamlet=hamlets[0])
        return _note_page(request, hamlets[0], form)
    return render(request, "matters/note_where.html", {"hamlets": hamlets})


@page(rules.record_matter, "GET", "POST")
def note_matter_at(request: ActorRequest, code: str) -> HttpResponse:
    """记一件事: a line, whose it is, who should deal with it; then its receipt, to be printed."""
    hamlet = place_in_charge(request.actor, rules.record_matter.roles, code)
    rules.record_matter.require(request.actor, hamlet=hamlet)
    form = forms.NoteForm(posted(request), actor=request.actor, hamlet=hamlet)
    if form.is_valid() and form.confirmed():
        given = {"hamlet": hamlet, "why": Why.HAND_OUT, **form.values()}
        if one := form.take(noting_actions.record_matter, actor=request.actor, **given):
            return _noted(request, hamlet, one)
    return _note_page(request, hamlet, form)


def _note_page(request: ActorRequest, hamlet: Region, form: forms.NoteForm) -> HttpResponse:
    context = {"hamlet": hamlet, "form": form}
    return render(request, "matters/note.html", context, status=form.status)


def _noted(request: ActorRequest, hamlet: Region, one: Suggestion) -> HttpResponse:
    """The receipt as it is printed; the journal has it with the noting itself."""
    if one.printed_at is None or clock.now() - one.printed_at > SHOWN_FOR:
        messages.info(request, _("It was written down before."))
        return redirect("home")
    matters = Matter.objects.visible_to(request.actor).filter(suggestions=one)
    context = {"suggestion": one, "hamlet": hamlet, "matter": matters.first()}
    return private(render(request, "matters/noted.html", context))


@page(open_own_page, "GET", "POST")
@of_household
def own_say(request: HolderRequest, household: Household) -> HttpResponse:
    """The household has something to say; what becomes of it stands on its page."""
    form = forms.SayForm(posted(request))
    if form.is_valid():
        sent = {"actor": request.holder, "household": household, **form.values()}
        if form.take(noting_actions.say_something, **sent):
            text = _("Thank you, it is written down. Here you see what becomes of it.")
            messages.success(request, text)
            return redirect(own_path(household))
    context = {"household": household, "form": form}
    return render(request, "matters/own_say.html", context, status=form.status)
