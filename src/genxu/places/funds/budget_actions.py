"""The budget of a year, and the township's limit."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.money import MOST
from genxu.core.texts import required
from genxu.regions.models import Region

from . import booking, rules
from .models import Budget, Limit, Purpose
from .workflow import BEGIN


@action(rules.plan_budget, locks="hamlet", notes=("year",))
def plan_budget(*, actor: Actor, hamlet: Region, year: int, planned: Mapping[str, int]) -> Budget:
    """One a year: this one, or the next towards its end; purpose → fen."""
    book, this = booking.fund_at(hamlet), clock.today().year
    if year not in (this, this + 1):
        raise Invalid({"year": _("This year or the next is planned.")})
    if Budget.objects.filter(book=book, year=year).exists():
        raise Conflict(_("This year is planned already. Change the plan."))
    made = Budget.objects.create(hamlet=hamlet, book=book, year=year, **_sums(planned))
    made.remember(actor, BEGIN, "")
    return made


@action(rules.change_budget, locks="budget")
def change_budget(
    *, actor: Actor, budget: Budget, planned: Mapping[str, int], words: str
) -> Budget:
    """With the reason; what stood before is kept."""
    sums = _sums(planned)
    if all(budget.planned(name) == fen for name, fen in sums.items()):
        raise Invalid({"office": _("No sum of these is new.")})
    return budget.advance(actor, "change", words=required(words, budget.WORDS_LIMIT), **sums)


def _sums(planned: Mapping[str, int]) -> dict[str, Any]:
    sums = {purpose: planned.get(purpose, 0) for purpose in Purpose.values}
    wrong = {name: _("Please give a sum in yuan, such as 1234.50.")
             for name, fen in sums.items() if not 0 <= fen <= MOST}  # fmt: skip
    if wrong:
        raise Invalid(wrong)
    if not any(sums.values()):
        raise Invalid({"office": _("Please plan at least one sum.")})
    return sums


@action(rules.set_limit, locks="township")
def set_limit(*, actor: Actor, township: Region, amount: int) -> Limit:
    """From today on; what was asked before keeps the limit of its day."""
    if not 0 < amount <= MOST:
        raise Invalid({"amount": _("Please give a sum in yuan, such as 1234.50.")})
    return Limit.objects.create(
        place=township, amount=amount, set_on=clock.today(), set_by_id=actor.account_id
    )
