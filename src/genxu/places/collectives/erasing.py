"""What is erased of a household that is on the roll of a collective.

The roll is required by law (农村集体经济组织法 12): who is a member stays there by name. Who
ceased to be one is kept for five years, as long as a decision can be contested (57); entries by
mistake are not kept. The privacy page says so.
"""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from genxu.core import clock
from genxu.core.calendar import years_on
from genxu.people.erasure import Erasure, strike

from .models import Certificate, Membership, MembershipStep, ShareChange
from .workflow import State

CONTESTED_FOR = 5
"""Years in which a member may have a decision annulled (第五十七条)."""


def names_of(entries: Collection[int], phones: Collection[str]) -> Iterable[str]:
    """Of those whose entries go."""
    return _going(entries).values_list("name", flat=True)


def erase(erased: Erasure) -> None:
    """Names of entries by mistake and of long ago, words about them, names on certificates."""
    going = _going(erased.households)
    steps = MembershipStep.objects.filter(membership__in=going)
    steps.update(words="", replaced={})
    going.update(name="")
    mine = MembershipStep.objects.filter(membership__household__in=erased.households)
    for step in mine:
        kept = erased.blanked(step.words), erased.blanked_in(step.replaced)
        MembershipStep.objects.filter(pk=step.pk).update(words=kept[0], replaced=kept[1])
    strike(erased, ShareChange.objects.filter(household__in=erased.households), "why")
    for one in Certificate.objects.filter(household__in=erased.households):
        one.lines = [["", kind, many] for _name, kind, many in one.lines]
        one.save(update_fields=["lines"])


def _going(entries: Collection[int]) -> QuerySet[Membership]:
    long_ago = years_on(clock.today(), -CONTESTED_FOR)
    gone = Q(state=State.WITHDRAWN) | Q(state=State.LEFT, until__lt=long_ago)
    return Membership.objects.filter(gone, household__in=entries)
