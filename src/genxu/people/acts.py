"""What may be done with a household: each act is a page with its form and its action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, Permission
from genxu.core.actions import Action

from . import forms, keeping, rules
from .accounts import staying_account
from .models import Household

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
else:
    StrOrPromise = str


@dataclass(frozen=True)
class Act:
    """An act: ``fits`` says whether the household stands so that it makes sense,
    ``told`` what is said afterwards, ``explained`` what it does."""

    name: str
    permission: Permission
    form: type[forms.ActForm]
    action: Action[Any, Household]
    label: StrOrPromise
    told: StrOrPromise
    explained: StrOrPromise
    fits: Callable[[Household], bool] = lambda household: household.lives_here
    changes: str = "household"
    dangerous: bool = False
    stays: Callable[[Household], str] = lambda _household: ""
    """Asked beforehand: what is left all the same, to be said afterwards."""

    def run(self, actor: Actor, household: Household, values: dict[str, Any]) -> None:
        """Take the act with what the form gave."""
        client_id = values.pop("client_id", None)
        values.pop("sure", None)
        self.action.once(client_id, actor=actor, **{self.changes: household}, **values)


def _named(household: Household) -> bool:
    return household.lives_here and not household.is_erased


def account_that_stays(household: Household) -> str:
    """The account with its number is an office's as long as one is held."""
    account = staying_account(household)
    if account is None:
        return ""
    held = "、".join(str(grant.get_role_display()) for grant in account.grants.order_by("pk"))
    text = _("The account with its number stays, for it holds an office: %s. It goes with that.")
    return text % held


ACTS: dict[str, Act] = {act.name: act for act in [
    Act("correct", rules.correct_household, forms.CorrectForm, keeping.correct_household,
        _("Correct"), _("Corrected. Thank you."),
        _("Name, phone number and head count as they are today."), fits=_named),
    Act("set_needs", rules.set_needs, forms.NeedsForm, keeping.set_needs,
        _("Note what it needs"), _("Noted."),
        _("Only those who look after the household see this. The household itself sees it on its "
          "page too: since when it is noted, and which office has read it."),
        fits=_named),
    Act("merge", rules.merge_households, forms.MergeForm, keeping.merge_households,
        _("Merge with a double"), _("Merged. The other entry is no longer counted."),
        _("The same household stands in the register twice? This entry is kept."),
        fits=_named, changes="keep"),
    Act("move_away", rules.move_away, forms.MoveAwayForm, keeping.move_away,
        _("Moved away"), _("Noted: the household has moved away."),
        _("It stays in the register with its number, but is no longer counted.")),
    Act("erase", rules.erase_household, forms.EraseForm, keeping.erase_household,
        _("Erase name and phone"), _("Erased. Only the head count is left."),
        _("Only if the household asks for it (PIPL 47). Name, phone number, needs and slip are "
          "gone, also in what it raised, in former offices and in spreadsheets that lie here; the "
          "number of the house and the head count stay."),
        fits=lambda household: household.merged_into_id is None and not household.is_erased,
        dangerous=True, stays=account_that_stays),
]}  # fmt: skip


def open_acts(actor: Actor, household: Household) -> list[Act]:
    """The acts that this actor may take now."""
    found = []
    for act in ACTS.values():
        target = act.permission.targets[0]
        if act.fits(household) and act.permission(actor, **{target: household}):
            found.append(act)
    return found
