"""The pages of matters: the list, one matter, its steps."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.errors import Conflict, Missing
from genxu.core.pages import ActorRequest, page
from genxu.people.roles import HAMLET_ROLES
from genxu.regions.lists import PlacedList

from . import forms, queries, rules, verdict_actions
from .models import Matter
from .reading import note_reading
from .steps import PAGES
from .workflow import STEPS


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
    matter = Matter.objects.one_for(request.actor, pk)
    rules.read_matter.require(request.actor, matter=matter)
    note_reading(request.actor, matter)
    return render(request, "matters/matter.html", _matter_context(request, matter))


def _matter_context(request: ActorRequest, matter: Matter) -> dict[str, Any]:
    knows_who = rules.knows_who(request.actor, matter)
    steps = PAGES.open(request.actor, matter)
    records = request.actor.holds(HAMLET_ROLES, matter.hamlet_id)
    return {
        "matter": matter,
        "steps": steps,
        "next_form": PAGES.form(request, steps[0], matter) if steps else None,
        "history": queries.history(matter),
        "voices": queries.voices(matter) if knows_who else [],
        "knows_who": knows_who,
        "sees_suggestions": request.actor.holds(rules.see_suggestions.roles, matter.hamlet_id),
        "tries": queries.tries(matter),
        "left_behind": queries.is_left_behind(matter),
        "asks_verdict": records and matter.state in STEPS["give_verdict"].sources,
        "verdict_form": forms.VerdictForm(),
    }


@page(rules.give_verdict, "POST")
def record_verdict(request: ActorRequest, pk: int, suggestion_pk: int) -> HttpResponse:
    """A verdict given by word of mouth, recorded by the secretary or the centre household."""
    matter = Matter.objects.one_for(request.actor, pk)
    suggestion = matter.suggestions.filter(pk=suggestion_pk).first()
    if suggestion is None:
        raise Missing(_("There is no such suggestion, or it is not in your charge."))
    form = forms.VerdictForm(request.POST)
    if form.is_valid():
        try:
            verdict_actions.give_verdict(
                actor=request.actor, matter=matter, suggestion=suggestion, **form.cleaned_data
            )
        except Conflict as error:
            messages.warning(request, f"{error.message} {form.cleaned_data['words']}")
        else:
            messages.success(request, _("Thank you. The verdict is recorded."))
    else:
        messages.error(request, _("Please choose one of the five answers."))
    return redirect("matter", pk)
