"""The pages of matters: the list, one matter, its steps."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.pages import ActorRequest, page
from genxu.people.roles import HAMLET_ROLES
from genxu.regions.lists import PlacedList

from . import forms, queries, rules, verdict_actions
from .models import WORDS_LIMIT, Matter
from .reading import note_reading
from .sheets import COLUMNS
from .steps import PAGES
from .workflow import STEPS, WORKING


class MatterList(PlacedList[forms.MattersForm, Matter]):
    """All matters in the actor's charge; a sheet may name residents, and is logged."""

    permission = rules.see_matters
    form = forms.MattersForm
    template = "matters/list.html"
    title = gettext_lazy("Matters")
    address = "matters"
    named = ("hamlet", "place")
    goes_down = True
    columns = COLUMNS
    noted_as = rules.see_matters.name

    def rows(self, actor: Actor) -> QuerySet[Matter]:
        return queries.matter_list(actor)

    def sheet_rows(self, form: forms.MattersForm) -> QuerySet[Any]:
        return self.found(form).select_related("hamlet__parent", "place")


matters = MatterList()


@page(rules.read_matter)
def matter_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One matter: where it stands, what was said, every step, and what may be done now."""
    matter = Matter.objects.one_for(request.actor, pk)
    rules.read_matter.require(request.actor, matter=matter)
    note_reading(request.actor, matter)
    return render(request, "matters/matter.html", _matter_context(request, matter))


def _matter_context(request: ActorRequest, matter: Matter) -> dict[str, Any]:
    actor = request.actor
    steps = PAGES.open(actor, matter)
    voices = [one for one in queries.voices(matter) if rules.hears(actor, matter, one.suggestion)]
    asked = matter.state in STEPS["note_verdict"].sources
    for voice in voices:
        voice.noting = rules.note_verdict(actor, matter=matter, suggestion=voice.suggestion)  # type: ignore[attr-defined]
    knows_who = rules.knows_who(actor, matter)
    take_on = next((step for step in steps if step.name == "take_on"), None)
    steps = [step for step in steps if step is not take_on]
    first = steps[0] if steps and steps[0].primary else None
    records = actor.holds(HAMLET_ROLES, matter.hamlet_id)
    return {
        "matter": matter,
        "first": first,
        "steps": [step for step in steps if step is not first],
        "take_on": take_on,
        "take_on_form": PAGES.form(request, take_on, matter) if take_on else None,
        "to_call": queries.to_call(request.actor, matter) if knows_who and records else [],
        "next_form": PAGES.form(request, first, matter) if first else None,
        "history": queries.history(matter),
        "voices": voices,
        "knows_who": knows_who,
        "bad_words": queries.bad_words_on(matter) if matter.round > 1 else [],
        "sees_suggestions": request.actor.holds(rules.see_suggestions.roles, matter.hamlet_id),
        "tries": queries.tries(matter),
        "left_behind": queries.is_left_behind(matter),
        "asks_verdict": asked,
        "verdict_form": forms.VerdictForm(
            initial={"heard_by": actor.name, "heard_on": clock.today(), "round": matter.round}
        ),
    }


@page(rules.note_verdict, "POST")
def record_verdict(request: ActorRequest, pk: int, suggestion_pk: int) -> HttpResponse:
    """A verdict given by word of mouth, noted down by somebody who did not do the work."""
    matter = Matter.objects.one_for(request.actor, pk)
    suggestion = matter.suggestions.filter(pk=suggestion_pk).first()
    if suggestion is None:
        raise Missing(_("There is no such suggestion, or it is not in your charge."))
    form = forms.VerdictForm(request.POST)
    if form.is_valid():
        try:
            after = verdict_actions.note_verdict(
                actor=request.actor, matter=matter, suggestion=suggestion, **form.cleaned_data
            )
        except (Conflict, Invalid) as error:
            messages.warning(request, f"{error.message} {form.cleaned_data['words']}")
        else:
            messages.success(request, _noted(after))
    else:
        first = next(iter(form.errors.values()))[0]
        messages.error(request, f"{first} {request.POST.get('words', '')[:WORDS_LIMIT]}".strip())
    return redirect("matter", pk)


def _noted(matter: Matter) -> str:
    if matter.state in WORKING:
        return _("Noted. It is not settled, so it is taken up again at once.")
    return _("Noted. It stands in seven days, unless she says something else herself.")
