"""The pages of matters: the list, one matter, its steps."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.errors import Conflict, Missing
from genxu.core.forms import posted
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest, View, page
from genxu.people.roles import HAMLET_ROLES
from genxu.regions.lists import PlacedList

from . import forms, queries, rules, verdicts
from .models import Matter
from .steps import STEP_PAGES, StepPage, open_steps
from .workflow import SHARED_TIERS, STEPS


class MatterList(PlacedList[forms.MattersForm, Matter]):
    """All matters in the actor's charge."""

    permission = rules.see_matters
    form = forms.MattersForm
    template = "matters/list.html"
    title = gettext_lazy("Matters")
    address = "matters"
    named = ("hamlet", "place")

    def rows(self, actor: Actor) -> QuerySet[Matter]:
        return queries.matter_list(actor)


matters = MatterList()


@page(rules.read_matter)
def matter_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One matter: where it stands, what was said, every step, and what may be done now."""
    matter = queries.visible_matter(request.actor, pk)
    rules.read_matter.require(request.actor, matter=matter)
    note_reading(request.actor, matter)
    return render(request, "matters/matter.html", _matter_context(request, matter))


def note_reading(actor: Actor, matter: Matter) -> None:
    """Log that a personal matter, or one that may turn out to be, was read."""
    if matter.tier not in SHARED_TIERS:
        note_read(actor=actor, action=rules.read_matter.name, subject=matter)


def _matter_context(request: ActorRequest, matter: Matter) -> dict[str, Any]:
    knows_who = rules.knows_who(request.actor, matter)
    tries = queries.tries(matter)
    steps = open_steps(request.actor, matter, len(tries))
    records = request.actor.holds(HAMLET_ROLES, matter.hamlet_id)
    return {
        "matter": matter,
        "steps": steps,
        "next_form": _step_form(request, steps[0], matter) if steps else None,
        "history": queries.history(matter),
        "voices": queries.voices(matter) if knows_who else [],
        "knows_who": knows_who,
        "sees_suggestions": request.actor.holds(rules.see_suggestions.roles, matter.hamlet_id),
        "tries": tries,
        "left_behind": queries.is_left_behind(matter),
        "asks_verdict": records and matter.state in STEPS["give_verdict"].sources,
        "verdict_form": forms.VerdictForm(),
    }


def _step_form(request: ActorRequest, step: StepPage, matter: Matter) -> forms.StepForm:
    start = {"version": matter.version, "client_id": uuid4()}
    return step.form(posted(request), matter=matter, actor=request.actor, initial=start)


def step_view(step: StepPage) -> View:
    """The page of one step: its form, and on POST its action, which asks the permission itself:
    so a form sent twice is told its first success even where the step has left the sender's hands.
    """

    @page(step.permission, "GET", "POST")
    def take_step(request: ActorRequest, pk: int) -> HttpResponse:
        matter = queries.visible_matter(request.actor, pk)
        form = _step_form(request, step, matter)
        if not form.is_valid():
            step.permission.require(request.actor, matter=matter)
            return _step_page(request, step, matter, form)
        values = dict(form.cleaned_data)
        client_id = values.pop("client_id", None)
        with form.taking_refusals(matter):
            step.action.once(client_id, actor=request.actor, matter=matter, **values)
        if form.errors:
            return _step_page(request, step, matter, form)
        matter.refresh_from_db()
        messages.success(request, _("Noted. It now stands at: %s.") % matter.get_state_display())
        seen = Matter.objects.visible_to(request.actor).filter(pk=pk).first()
        readable = seen is not None and rules.may_read(request.actor, seen)
        return redirect("matter", pk) if readable else redirect("home")

    take_step.__name__ = f"take_{step.name}"
    return take_step


def _step_page(
    request: ActorRequest, step: StepPage, matter: Matter, form: forms.StepForm
) -> HttpResponse:
    fresh = queries.visible_matter(request.actor, matter.pk) if form.conflicting else matter
    history = queries.history(matter)
    if not fresh.readable:  # who decides on more time reads the reason for it, no more
        history = [one for one in history if one.step == "ask_extension"]
    else:
        note_reading(request.actor, fresh)
    context = {"step": step, "matter": fresh, "form": form, "history": history[-3:]}
    return render(request, "matters/step.html", context, status=form.status)


STEP_VIEWS: dict[str, View] = {name: step_view(step) for name, step in STEP_PAGES.items()}


@page(rules.give_verdict, "POST")
def record_verdict(request: ActorRequest, pk: int, suggestion_pk: int) -> HttpResponse:
    """A verdict given by word of mouth, recorded by the secretary or the centre household."""
    matter = queries.visible_matter(request.actor, pk)
    suggestion = matter.suggestions.filter(pk=suggestion_pk).first()
    if suggestion is None:
        raise Missing(_("There is no such suggestion, or it is not in your charge."))
    form = forms.VerdictForm(request.POST)
    if form.is_valid():
        try:
            verdicts.give_verdict(
                actor=request.actor, matter=matter, suggestion=suggestion, **form.cleaned_data
            )
        except Conflict as error:
            messages.warning(request, f"{error.message} {form.cleaned_data['words']}")
        else:
            messages.success(request, _("Thank you. The verdict is recorded."))
    else:
        messages.error(request, _("Please choose one of the five answers."))
    return redirect("matter", pk)
