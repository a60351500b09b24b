"""What may be done with a household: each act is a page with its form and its action."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest
from genxu.core.steps import StepForm, StepPage, StepPages

from . import forms, household_actions, rules
from .accounts import staying_account
from .models import Household


class HouseholdSteps(StepPages[Household]):
    """The acts on a household."""

    name, listed = "household", "households"
    model = Household
    template = "people/act.html"

    def form(
        self, request: ActorRequest, step: StepPage[Household], row: Household, **more: Any
    ) -> StepForm[Household]:
        if step.name == "merge":
            more["initial"] = {"double": request.GET.get("double", "")}
        return super().form(request, step, row, **more)

    def context(
        self, request: ActorRequest, step: StepPage[Household], row: Household
    ) -> dict[str, Any]:
        if step.name == "set_needs" and request.method != "POST":
            note_read(actor=request.actor, action=rules.see_needs.name, subject=row)
        return {"household": row}

    def done(
        self, request: ActorRequest, step: StepPage[Household], row: Household, after: Household
    ) -> HttpResponse:
        """Back to the household; an account that stays all the same is named."""
        answer = super().done(request, step, row, row)
        if step.name == "erase" and (stays := account_that_stays(row)):
            messages.info(request, stays)
        return answer


def account_that_stays(household: Household) -> str:
    """The account with its number is an office's as long as one is held."""
    account = staying_account(household)
    if account is None:
        return ""
    held = "、".join(str(grant.get_role_display()) for grant in account.grants.order_by("pk"))
    text = gettext(
        "The account with its number stays, for it holds an office: %s. It goes with that."
    )
    return text % held


PAGES = HouseholdSteps(
    StepPage("correct", household_actions.correct_household, forms.CorrectForm,
             _("Name, phone number and head count as they are today."),
             _("Correct"), _("Corrected. Thank you."), check=household_actions.check_named),
    StepPage("set_needs", household_actions.set_needs, forms.NeedsForm,
             _("Only those who look after the household see this. The household itself sees it on "
               "its page too: since when it is noted, and which office has read it."),
             _("Note what it needs"), _("Noted."), check=household_actions.check_named),
    StepPage("merge", household_actions.merge_households, forms.MergeForm,
             _("The same household stands in the register twice? This entry is kept."),
             _("Merge with a double"), _("Merged. The other entry is no longer counted."),
             check=household_actions.check_named),
    StepPage("move_away", household_actions.move_away, forms.MoveAwayForm,
             _("It stays in the register with its number, but is no longer counted."),
             _("Moved away"), _("Noted: the household has moved away."),
             check=household_actions.check_lives_here),
    StepPage("erase", household_actions.erase_household, forms.EraseForm,
             _("Only if the household asks for it (PIPL 47). Name, phone number, needs and slip "
               "are gone, also in what it raised, in former offices and in spreadsheets that lie "
               "here; the number of the house and the head count stay."),
             _("Erase name and phone"), _("Erased. Only the head count is left."),
             check=household_actions.check_can_be_erased, dangerous=True),
)  # fmt: skip
