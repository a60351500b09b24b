"""Which page takes which step: its permission, its form, its action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from genxu.core.access import Actor, Permission
from genxu.core.actions import Action

from . import actions, forms, rules, verdicts
from .models import Matter
from .workflow import STEPS, TRIES_BEFORE_UNCONFIRMED, allowed_steps


@dataclass(frozen=True)
class StepPage:
    """One step as a page."""

    name: str
    permission: Permission
    form: type[forms.StepForm]
    action: Action[Any, Matter]
    primary: bool = True

    @property
    def label(self) -> Any:
        return STEPS[self.name].label


def _pages() -> list[StepPage]:
    return [
        StepPage("triage", rules.triage_matter, forms.TriageForm, actions.triage_matter),
        StepPage("assign", rules.assign_matter, forms.AssignForm, actions.assign_matter),
        StepPage("start", rules.start_matter, forms.OptionalWordsForm, actions.start_matter),
        StepPage("answer", rules.answer_matter, forms.AnswerForm, actions.answer_matter),
        StepPage("finish", rules.finish_matter, forms.FinishForm, actions.finish_matter),
        StepPage(
            "decide_extension",
            rules.decide_extension,
            forms.DecisionForm,
            actions.decide_extension,
        ),
        StepPage("ask_back", rules.ask_back_matter, forms.OptionalWordsForm,
                 verdicts.ask_back_matter, primary=False),
        StepPage("note_progress", rules.note_progress, forms.ProgressForm,
                 actions.note_progress, primary=False),
        StepPage("pass_up", rules.pass_up_matter, forms.PassUpForm,
                 actions.pass_up_matter, primary=False),
        StepPage("pass_on", rules.pass_on_matter, forms.PassOnForm,
                 actions.pass_on_matter, primary=False),
        StepPage("return", rules.return_matter, forms.ReasonForm,
                 actions.return_matter, primary=False),
        StepPage("ask_extension", rules.ask_extension, forms.ExtensionForm,
                 actions.ask_extension, primary=False),
        StepPage("close_unconfirmed", rules.close_unconfirmed_matter, forms.ConfirmForm,
                 verdicts.close_unconfirmed_matter, primary=False),
        StepPage("reopen", rules.reopen_matter, forms.ReasonForm,
                 verdicts.reopen_matter, primary=False),
    ]  # fmt: skip


STEP_PAGES: dict[str, StepPage] = {page.name: page for page in _pages()}


def _extension_fits(name: str, matter: Matter) -> bool:
    if name == "ask_extension":
        return matter.extension == Matter.Extension.NONE and not matter.is_overdue
    if name == "decide_extension":
        return matter.extension == Matter.Extension.ASKED
    return True


def _tries_fit(name: str, tries: int) -> bool:
    return name != "close_unconfirmed" or tries >= TRIES_BEFORE_UNCONFIRMED


def open_steps(actor: Actor, matter: Matter, tries: int = 0) -> list[StepPage]:
    """The steps that this actor may take now, the one to be expected next first.

    A matter already triaged is triaged again only from the list behind the first step.
    """
    pages = [
        STEP_PAGES[name]
        for name in STEP_PAGES
        if name in allowed_steps(matter.state)
        and STEP_PAGES[name].permission(actor, matter=matter)
        and _extension_fits(name, matter)
        and _tries_fit(name, tries)
    ]
    key: Callable[[StepPage], bool] = lambda step: _comes_later(step, matter)  # noqa: E731
    return sorted(pages, key=key)


def _comes_later(step: StepPage, matter: Matter) -> bool:
    if step.name == "triage":
        return bool(matter.tier)
    return not step.primary
