"""What a collective owes by name out of its book: nobody pays it away by hand."""

from django.db.models import Sum

from genxu.places.ledger.models import Book, BookKind

from .models import Portion
from .workflow import OWED


def owed_by(book: Book) -> int:
    """What is booked and not paid yet, in fen."""
    if book.kind != BookKind.COLLECTIVE:
        return 0
    rows = Portion.objects.unpaid().filter(
        distribution__place=book.place_id, distribution__state__in=OWED
    )
    return rows.aggregate(n=Sum("sum"))["n"] or 0
