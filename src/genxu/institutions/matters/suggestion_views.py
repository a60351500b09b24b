"""The secretary's page of a suggestion: its matters, its receipt."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genxu.core.code_forms import WhyForm
from genxu.core.codes import PRINTING
from genxu.core.journal import note_read
from genxu.core.keyring import private
from genxu.core.pages import ActorRequest, page

from . import actions, forms, receipt_actions, rules
from .models import Matter, Suggestion


@page(rules.see_suggestions)
def suggestion_page(request: ActorRequest, pk: int) -> HttpResponse:
    """A suggestion with its matters, what can be added to it, and whether its receipt is out."""
    suggestion = Suggestion.objects.one_for(request.actor, pk)
    note_read(actor=request.actor, action=rules.see_suggestions.name, subject=suggestion)
    return _suggestion_page(request, suggestion)


def _suggestion_page(
    request: ActorRequest,
    suggestion: Suggestion,
    open_form: forms.OpenMatterForm | None = None,
    join_form: forms.JoinMatterForm | None = None,
    why_form: WhyForm | None = None,
) -> HttpResponse:
    matters = Matter.objects.judged_for(request.actor).filter(suggestions=suggestion)
    context = {
        "suggestion": suggestion,
        "matters": matters.order_by("pk"),
        "open_form": open_form or forms.OpenMatterForm(),
        "join_form": join_form or forms.JoinMatterForm(suggestion=suggestion),
        "why_form": why_form or WhyForm(),
        "taken_up": suggestion.response == Suggestion.Response.TAKEN_UP,
    }
    refused = open_form or join_form or why_form
    status = refused.status if refused else 200
    return render(request, "matters/suggestion.html", context, status=status)


@page(rules.open_matter, "POST")
def open_matter(request: ActorRequest, pk: int) -> HttpResponse:
    """Another matter for the same suggestion."""
    suggestion = Suggestion.objects.one_for(request.actor, pk)
    form = forms.OpenMatterForm(request.POST)
    if form.is_valid():
        sent = {"actor": request.actor, "suggestion": suggestion, **form.values()}
        if matter := form.take(actions.open_matter, **sent):
            return redirect("matter", matter.pk)
    return _suggestion_page(request, suggestion, open_form=form)


@page(rules.join_matter, "POST")
def join_matter(request: ActorRequest, pk: int) -> HttpResponse:
    """The same wish as an earlier one: it joins that matter."""
    suggestion = Suggestion.objects.one_for(request.actor, pk)
    form = forms.JoinMatterForm(request.POST, suggestion=suggestion)
    if form.is_valid():
        sent = {"actor": request.actor, "suggestion": suggestion, **form.values()}
        if matter := form.take(actions.join_matter, **sent):
            messages.success(request, _("It has joined: one matter, one more voice."))
            return redirect("matter", matter.pk)
    return _suggestion_page(request, suggestion, join_form=form)


@page(rules.print_receipt, "POST")
def print_receipt(request: ActorRequest, pk: int) -> HttpResponse:
    """The receipt as a slip to be printed, or its code to be read out; she says which and why."""
    suggestion = Suggestion.objects.one_for(request.actor, pk)
    form = WhyForm(request.POST)
    if form.is_valid():
        with form.taking_refusals():
            why = form.cleaned_data["why"]
            shown = receipt_actions.print_receipt(
                actor=request.actor, suggestion=suggestion, why=why
            )
            context = {"suggestion": shown, "printing": why in PRINTING}
            return private(render(request, "matters/receipt_shown.html", context))
    return _suggestion_page(request, suggestion, why_form=form)


@page(rules.replace_receipt, "POST")
def replace_receipt(request: ActorRequest, pk: int) -> HttpResponse:
    """A new code for one that was lost; the old one opens nothing."""
    suggestion = Suggestion.objects.one_for(request.actor, pk)
    receipt_actions.replace_receipt(actor=request.actor, suggestion=suggestion)
    messages.success(request, _("A new receipt is made. The old one opens nothing any more."))
    return redirect("suggestion", pk)
