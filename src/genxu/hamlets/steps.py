"""What may be done with a hamlet: each step is a page with its form and its action."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Conflict, Invalid
from genxu.core.pages import ActorRequest
from genxu.core.steps import StepForm, StepPage, StepPages
from genxu.people.resettlement import Merging, all_told
from genxu.regions.models import Region

from . import actions, forms, queries


class HamletSteps(StepPages[Region]):
    """The steps of a hamlet's life, at its code."""

    name = "hamlet"

    def load(self, actor: Actor, pk: Any) -> Region:
        return queries.hamlet_to_change(actor, pk)

    def template_of(self, step: StepPage[Region]) -> str:
        return "hamlets/merge.html" if step.name == "merge" else "hamlets/step.html"

    def form(
        self, request: ActorRequest, step: StepPage[Region], row: Region, **more: Any
    ) -> StepForm[Region]:
        if step.name == "merge":
            more["initial"] = {"heir": request.GET.get("heir", "")}
        return super().form(request, step, row, **more)

    def context(self, request: ActorRequest, step: StepPage[Region], row: Region) -> dict[str, Any]:
        if step.name != "merge":
            return {}
        chosen = forms.HeirForm(request.POST or request.GET or None, hamlet=row)
        if not chosen.is_valid():
            return {"choice": chosen}
        merging = Merging(request.actor, row, chosen.cleaned_data["heir"])
        return {"choice": chosen, "heir": merging.heir, **_what_it_means(merging)}

    def done(
        self, request: ActorRequest, step: StepPage[Region], row: Region, after: Region
    ) -> HttpResponse:
        if step.name == "move_households":
            messages.info(request, _("Their new numbers stand on their pages."))
        return super().done(request, step, row, after)


def _what_it_means(merging: Merging) -> dict[str, Any]:
    """What is in the way, or what will end."""
    try:
        actions.check_can_be_merged(merging)
    except (Conflict, Invalid) as error:
        return {"against": error.message}
    return {"ending": all_told("ends_with_merging", merging)}


PAGES = HamletSteps(
    StepPage("rename", actions.rename_hamlet, forms.RenameForm,
             _("The name of before is kept, and still found in spreadsheets."),
             _("Rename"), _("It is called so from today."), check=actions.check_can_be_renamed),
    StepPage("move_households", actions.move_households, forms.MoveForm,
             _("They take new numbers, the old ones are told on their pages. Needs, slips and open "
               "matters that are theirs alone go along; who looked after them does so no longer."),
             _("Move households"), _("They live in the other hamlet now."),
             check=actions.check_has_neighbour),
    StepPage("merge", actions.merge_hamlets, forms.MergeForm,
             _("Households, talks, matters and the organisation go over to the other hamlet; old "
               "papers and links mean that one from now on."),
             _("Merge into another hamlet"), _("Merged. This is the hamlet now."),
             check=actions.check_has_heir, primary=False, dangerous=True),
    StepPage("close", actions.close_hamlet, forms.PlainYes,
             _("Nobody lives here any more. What was here stays to be read."),
             _("Close it"), _("It is closed."),
             check=actions.check_can_be_closed, primary=False),
    StepPage("reopen", actions.reopen_hamlet, forms.PlainYes,
             _("It is offered again wherever a hamlet is chosen."),
             _("Open it again"), _("It is open again."), check=actions.check_is_closed),
)  # fmt: skip
