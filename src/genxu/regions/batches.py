"""Rows of many hamlets that one action takes in: announced to the journal, one batch at a time."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from genxu.core.errors import Invalid

from .models import Region


class Row(Protocol):
    """A row of a register; it names the code of its hamlet."""

    @property
    def hamlet(self) -> str: ...


def hamlets_of(rows: Iterable[Row]) -> list[str]:
    """The hamlets that the rows name, as the journal notes them."""
    return sorted({row.hamlet for row in rows})


def begin_batch(rows: Sequence[Row], count: int, hamlets: Sequence[str]) -> None:
    """Check that the journal will say how many rows there are and whose; lock those hamlets."""
    if count != len(rows) or set(hamlets) != {row.hamlet for row in rows}:
        raise Invalid({"count": _("The rows are not those that were announced.")})
    lock_hamlets(hamlets)


def lock_hamlets(codes: Iterable[str]) -> None:
    """Two batches follow each other where they share a hamlet; always locked in the same order."""
    rows = Region.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("code")
    list(rows.values_list("code", flat=True))
