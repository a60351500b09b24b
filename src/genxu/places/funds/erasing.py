"""What is erased of a household that gave or was paid: its name goes from gift and ask. The entry
of a payment stays with its name, as the law of accounting keeps it (会计档案管理办法 14)."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from genxu.people.erasure import Erasure, strike

from .models import Contribution, ContributionStep, Spending, SpendingStep


def names_of(entries: Collection[int], phones: Collection[str]) -> Iterable[str]:
    """Under which names it gave or was paid."""
    yield from Contribution.objects.filter(household__in=entries).values_list("giver", flat=True)
    yield from Spending.objects.filter(household__in=entries).values_list("payee", flat=True)


def erase(erased: Erasure) -> None:
    """Who it was, in gifts and asks, their words and histories too."""
    mine = Q(household__in=erased.households)
    here = Q(hamlet=erased.hamlet, is_person=True)
    gifts = Contribution.objects.filter(mine | (here & Q(giver__in=erased.names)))
    asks = Spending.objects.filter(mine | (here & Q(payee__in=erased.names)))
    strike(erased, Spending.objects.filter(hamlet=erased.hamlet), "what")
    for steps in (ContributionStep, SpendingStep):
        strike(erased, steps.objects.filter(hamlet=erased.hamlet), "words", "replaced")
    Spending.objects.filter(hamlet=erased.hamlet, beside_name__in=erased.names).update(
        beside_name=""
    )
    gifts.update(giver="", household=None, named=False)
    asks.update(payee="", household=None)
