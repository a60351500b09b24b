"""Which page takes which step: its permission, its form, its action."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, Permission
from genxu.core.actions import Action
from genxu.core.promises import StrOrPromise
from genxu.core.workflow import allowed

from . import actions, forms, membership, rules, terms
from .models import Organisation
from .workflow import STEPS


@dataclass(frozen=True)
class StepPage:
    """One step as a page; ``says`` tells what it will do, ``names`` whether it names members."""

    name: str
    permission: Permission
    form: type[forms.StepForm]
    action: Action[Any, Organisation]
    says: StrOrPromise
    names: bool = False

    @property
    def label(self) -> StrOrPromise:
        return STEPS[self.name].label if self.name in STEPS else _("Give out the duties")

    @property
    def address(self) -> str:
        return f"organisation_{self.name}"


STEP_PAGES: dict[str, StepPage] = {
    page.name: page
    for page in (
        StepPage(
            "request", rules.request_founding, forms.OptionalWordsForm, actions.request_founding,
            _("The township looks at it and approves it, or sends it back with a reason."),
        ),
        StepPage(
            "approve", rules.approve_founding, forms.OptionalWordsForm, actions.approve_founding,
            _("The rules are checked against its members as they are today."),
        ),
        StepPage(
            "return", rules.return_founding, forms.ReasonForm, actions.return_founding,
            _("Whoever prepared it reads the reason, changes the draft and asks again."),
        ),
        StepPage(
            "found", rules.found_organisation, forms.FoundForm, actions.found_organisation,
            _("Who leads it can sign in with the phone number. A branch has five years."),
        ),
        StepPage(
            "re_elect", rules.re_elect, forms.ElectionForm, terms.re_elect,
            _("A valid election begins a new term of five years."), names=True,
        ),
        StepPage(
            "duties", rules.change_duties, forms.DutiesForm, membership.change_duties,
            _("If somebody else leads it, the account changes hands at once."), names=True,
        ),
        StepPage(
            "extend", rules.extend_term, forms.ExtendForm, terms.extend_term,
            _("Once in a term, by a year at most."),
        ),
        StepPage(
            "withdraw", rules.withdraw_organisation, forms.OptionalWordsForm,
            actions.withdraw_organisation, _("Its hamlets are free for another draft."),
        ),
        StepPage(
            "close", rules.close_organisation, forms.ReasonForm, terms.close_organisation,
            _("Its hamlets are free, and nobody leads it any more. Who leads it loses the access."),
        ),
    )
}  # fmt: skip


def open_steps(actor: Actor, organisation: Organisation) -> list[StepPage]:
    """The steps that this actor may take now, in the order of a life."""
    fitting = set(allowed(STEPS, organisation.state))
    if not organisation.has_ended:
        fitting.add("duties")
    if organisation.extended:
        fitting.discard("extend")
    if not organisation.has_term:
        fitting -= {"extend", "re_elect"}
    pages = [
        page
        for name, page in STEP_PAGES.items()
        if name in fitting and page.permission(actor, organisation=organisation)
    ]
    # Who decides on a request sends it back; to withdraw it is for those who asked.
    decides = any(page.name == "approve" for page in pages)
    return [page for page in pages if not (decides and page.name == "withdraw")]
