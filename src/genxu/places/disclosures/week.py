"""By when accounts are to be shown, for who keeps the books."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor, within
from genxu.core.coming import Coming
from genxu.places.ledger.models import Book

from . import queries
from .notices import DRAWS


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    """One query; what is late is still open."""
    if not actor.plays(DRAWS):
        return
    books = Book.objects.filter(within(actor, "place", DRAWS)).order_by("place", "kind")
    for book in queries.to_be_told(queries.with_turns(books)):
        turn = queries.turn_on(book)
        if turn.is_over and turn.due_on <= until:
            told = _("Show the accounts: %(book)s, %(days)s") % {"book": book, "days": turn.days}
            yield Coming(turn.due_on, told, reverse("shown_book", args=[book.pk]))
