"""What is erased of a household that sat on the village council."""

from collections.abc import Collection, Iterable

from genxu.people.erasure import Erasure

from .models import Seat


def names_of(entries: Collection[int], phones: Collection[str]) -> Iterable[str]:
    """Of those who sat."""
    return Seat.objects.filter(household__in=entries).values_list("name", flat=True)


def erase(erased: Erasure) -> None:
    """The names in its former seats; who sits there at present leaves the council first
    (``bonds.REFERENCES``)."""
    seats = Seat.objects.filter(household__in=erased.households)
    seats.update(name="", household=None, shown=False)
