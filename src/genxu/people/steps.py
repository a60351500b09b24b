"""What may be done with a household: each act is a page with its form and its action."""

from typing import Any

from django.contrib import messages
from django.forms import HiddenInput
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.journal import note_read
from genxu.core.pages import ActorRequest
from genxu.core.steps import StepForm, StepPage, StepPages

from . import forms, household_actions, references, rules
from .accounts import staying_account
from .models import Event, Household
from .references import Happening


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

    def show(
        self,
        request: ActorRequest,
        step: StepPage[Household],
        row: Household,
        form: StepForm[Household],
        parts: dict[str, Any],
    ) -> HttpResponse:
        """With the list of all that refers to the household, and what would become of it."""
        return super().show(request, step, row, form, parts | _becomes(request, step, row, form))

    def done(
        self, request: ActorRequest, step: StepPage[Household], row: Household, after: Household
    ) -> HttpResponse:
        """Back to the household, or to the one that lives there now; an account that stays all the
        same is named, and another number."""
        if step.name == "correct" and after.pk != row.pk:
            text = gettext("%(old)s is noted as moved away today. %(new)s is new in the register.")
            messages.success(request, text % {"old": row, "new": after})
            return redirect(self.name, after.pk)
        answer = super().done(request, step, row, row if step.name == "merge" else after)
        if step.name == "erase" and (stays := account_that_stays(row)):
            messages.info(request, stays)
        if after.pk == row.pk and after.number != row.number:
            text = gettext("Somebody else lives at number %(old)s now: it has number %(new)s.")
            messages.info(request, text % {"old": row.number, "new": after.number})
        return answer


def _becomes(
    request: ActorRequest, step: StepPage[Household], row: Household, form: StepForm[Household]
) -> dict[str, Any]:
    """The list of a step that concerns all that refers to a household."""
    if step.name in UNDONE:
        return {"becomes": references.returning(references.last_event(row, UNDONE[step.name]))}
    today, actor = clock.today(), request.actor
    if isinstance(form, forms.CorrectForm) and form.asks:
        away = Happening(Event.MOVED_AWAY, row, today, actor)
        return {"becomes": references.lines(away), "becomes_of": row}
    if isinstance(form, forms.MergeForm):
        double = form.chosen
        if double is None or double.pk == row.pk:
            return {"chooses": True}
        form.fields["double"].widget = HiddenInput()
        merger = Happening(Event.MERGED, double, today, actor, keep=row)
        return {"becomes": references.lines(merger), "becomes_of": double}
    if step.name in HAPPENS:
        happening = Happening(HAPPENS[step.name], row, today, actor)
        return {"becomes": references.lines(happening)}
    return {}


HAPPENS = {"move_away": Event.MOVED_AWAY, "erase": Event.ERASED}
UNDONE = {"undo_moving_away": Event.MOVED_AWAY, "undo_merge": Event.MERGED}


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
    StepPage("come_back", household_actions.come_back, forms.ComeBackForm,
             _("It had moved away and lives here again from today on."),
             _("It came back"), _("It lives here again and is counted."),
             check=household_actions.check_left),
    StepPage("undo_moving_away", household_actions.undo_moving_away, forms.UndoForm,
             _("It never moved away: it counts for the days between as well, and what had ended "
               "goes on."),
             _("It was noted by mistake"), _("Taken back: it lives here, and always has."),
             check=household_actions.check_can_stay),
    StepPage("undo_merge", household_actions.undo_merge, forms.UndoMergeForm,
             _("It is a household of its own again, with what was its own."),
             _("Undo the merging"), _("It is a household of its own again."),
             check=household_actions.check_merged),
    StepPage("erase", household_actions.erase_household, forms.EraseForm,
             _("Only if the household asks for it (PIPL 47). Name, phone number, needs and slip "
               "are gone, also in what it raised, in former offices and in spreadsheets that lie "
               "here; the number of the house and the head count stay."),
             _("Erase name and phone"), _("Erased. Only the head count is left."),
             check=household_actions.check_can_be_erased, dangerous=True),
)  # fmt: skip
