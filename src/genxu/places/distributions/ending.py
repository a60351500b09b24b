"""What hinders a collective from ending: what its members are still owed comes first."""

from collections.abc import Iterable

from genxu.places.collectives.models import Collective

from .models import Distribution
from .resettling import left_of


def hinders_ending(collective: Collective) -> Iterable[str]:
    return left_of(Distribution.objects.filter(collective=collective))
