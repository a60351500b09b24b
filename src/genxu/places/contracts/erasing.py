"""What is erased of a household that has a contract with a collective."""

from genxu.people.erasure import Erasure, strike
from genxu.regions.codes import parent_of

from .models import Contract, ContractStep


def erase(erased: Erasure) -> None:
    """The contract stays, as the books do (会计档案管理办法): whose it is is not said any more."""
    rows = Contract.objects.filter(household__in=erased.households)
    own = list(rows.values_list("pk", flat=True))
    strike(erased, Contract.objects.filter(pk__in=own), "object")
    strike(erased, ContractStep.objects.filter(contract__in=own), "words", "replaced")
    rows.update(household=None, other="")
    near = [erased.hamlet, parent_of(erased.hamlet) or ""]
    named = Contract.objects.filter(place__in=near, is_person=True, other__in=erased.names)
    named.update(other="")
