"""Which page takes which step: its permission, its form, its action, its button."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from genxu.core import workflow
from genxu.core.access import Actor, Permission
from genxu.core.actions import Action

from . import actions, forms, rules
from .models import CentreHousehold
from .workflow import STEPS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
else:
    StrOrPromise = str


@dataclass(frozen=True)
class StepPage:
    """One step as a page; ``step`` is its row in the table, ``danger`` cannot be taken back."""

    name: str
    step: str
    permission: Permission
    form: type[forms.StepForm]
    action: Action[Any, CentreHousehold]
    label: StrOrPromise
    primary: bool = True
    danger: bool = False
    told: StrOrPromise = ""


def _pages() -> list[StepPage]:
    return [
        StepPage("select", "select", rules.select_candidate, forms.OptionalWordsForm,
                 actions.select_candidate, STEPS["select"].label,
                 told=_("The township is asked to appoint.")),
        StepPage("appoint", "appoint", rules.appoint_centre_household, forms.AppointForm,
                 actions.appoint_centre_household, STEPS["appoint"].label,
                 told=_("Certificate number and account are given at once.")),
        StepPage("renew", "renew", rules.renew_term, forms.RenewForm,
                 actions.renew_term, STEPS["renew"].label,
                 told=_("The number of the certificate stays.")),
        StepPage("pass_over", "pass_over", rules.pass_over_candidate, forms.ReasonForm,
                 actions.pass_over_candidate, STEPS["pass_over"].label, primary=False),
        StepPage("send_back", "send_back", rules.send_back_candidate, forms.SendBackForm,
                 actions.send_back_candidate, STEPS["send_back"].label, primary=False),
        StepPage("withdraw", "withdraw", rules.withdraw_candidacy, forms.OptionalWordsForm,
                 actions.withdraw_candidacy, STEPS["withdraw"].label, primary=False),
        StepPage("correct", "correct", rules.correct_centre_household, forms.CorrectForm,
                 actions.correct_centre_household, STEPS["correct"].label, primary=False),
        StepPage("end", "leave", rules.end_service, forms.EndForm,
                 actions.end_service, _("End the service"), primary=False, danger=True,
                 told=_("The households that it looks after are then free for another one.")),
        StepPage("resign", "leave", rules.resign_service, forms.OptionalWordsForm,
                 actions.resign_service, _("Give it back"), primary=False, danger=True,
                 told=_("From today you are no centre household any more.")),
        StepPage("erase", "erase", rules.erase_centre_household, forms.ConfirmForm,
                 actions.erase_centre_household, STEPS["erase"].label, primary=False, danger=True,
                 told=_("Name and words are gone for good. The days and the number stay.")),
    ]  # fmt: skip


STEP_PAGES: dict[str, StepPage] = {page.name: page for page in _pages()}


def open_steps(actor: Actor, one: CentreHousehold) -> list[StepPage]:
    """The steps that this actor may take now, the one to be expected next first."""
    fitting = workflow.allowed(STEPS, one.state)
    return [
        page
        for page in STEP_PAGES.values()
        if page.step in fitting
        and (page.name != "renew" or one.is_due)
        and not one.is_erased
        and page.permission(actor, centre_household=one)
    ]
