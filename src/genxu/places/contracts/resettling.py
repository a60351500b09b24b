"""What closing a hamlet means to contracts; a merged one takes them along by itself."""

from collections.abc import Iterable

from django.utils.translation import ngettext

from genxu.regions.models import Region

from .models import Contract
from .workflow import BEFORE, State


def left_at(hamlet: Region) -> Iterable[str]:
    n = Contract.objects.filter(place=hamlet, state__in=[*BEFORE, State.SIGNED]).count()
    if n:
        text = ngettext("%(n)s contract that is not over", "%(n)s contracts that are not over", n)
        yield text % {"n": n}
