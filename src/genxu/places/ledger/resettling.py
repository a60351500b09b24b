"""What closing or merging hamlets means to their books: money is settled before, by people."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.people.resettlement import Merging
from genxu.regions.models import Region

from .models import Book


def left_at(hamlet: Region) -> Iterable[str]:
    for book in Book.objects.kept().filter(place=hamlet).order_by("kind"):
        yield _("a book that is not closed: %s") % book


def against_merging(merging: Merging) -> Iterable[str]:
    """A place keeps one book of each kind; what belongs to whom is for the meetings of both to
    decide, not for the merging of two names (村民委员会组织法 28)."""
    kept = Book.objects.kept()
    for book in kept.filter(place=merging.hamlet).order_by("kind"):
        for other in kept.filter(place=merging.heir, kind=book.kind):
            told = _("Both keep such a book: %(one)s, %(other)s. Bring one to its end first.")
            yield told % {"one": book, "other": other}
