"""The books (台账) of the townships: which organisation a row means, and what the rows change."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from genxu.regions.codes import LENGTHS, Level

from .models import Organisation, ServedHamlet
from .rows import OrganisationRow
from .workflow import ENDED

JOINT = Organisation.Kind.JOINT_BRANCH
FIELDS = ("kind", "name", "state", "founded_on", "term_ends_on", "version")


@dataclass(slots=True)
class Book:
    """An organisation as the books have it, or will have it; ``pk`` is None while it is new."""

    pk: int | None
    seat: str
    kind: str
    name: str
    state: str
    founded_on: date | None
    term_ends_on: date | None
    version: int = 1
    changed: bool = False


def township_of(hamlet: str) -> str:
    return hamlet[: LENGTHS[Level.TOWNSHIP]]


def near(hamlets: Collection[str]) -> QuerySet[ServedHamlet]:
    """Those that serve the hamlets, and the joint branches of their townships: of these the seat
    may lie in a hamlet that no row names."""
    held = ServedHamlet.objects.filter(until=None).exclude(organisation__state__in=ENDED)
    return held.filter(hamlet__in=hamlets) | held.filter(
        organisation__kind=JOINT,
        organisation__hamlet__parent__parent__in={township_of(code) for code in hamlets},
    )


class Books:
    """One query. A hamlet has one organisation; a joint branch is known by its name within a
    township. ``served`` is who comes to serve a hamlet."""

    def __init__(self, hamlets: Collection[str]) -> None:
        self.by_hamlet: dict[str, Book] = {}
        self.joint: dict[tuple[str, str], Book] = {}
        self.served: list[tuple[str, Book]] = []
        books: dict[int, Book] = {}
        about = (f"organisation__{name}" for name in ("pk", "hamlet_id", *FIELDS))
        for hamlet, *values in near(hamlets).values_list("hamlet", *about):
            self._note(hamlet, books.setdefault(values[0], Book(*values)))

    def _note(self, hamlet: str, book: Book) -> None:
        self.by_hamlet[hamlet] = book
        if book.kind == JOINT:
            self.joint[township_of(book.seat), book.name] = book

    def find_joint(self, row: OrganisationRow) -> Book | None:
        """The joint branch that comes to serve the hamlet of the row too."""
        return self.joint.get((township_of(row.hamlet), row.name)) if row.kind == JOINT else None

    def serve(self, hamlet: str, book: Book) -> None:
        self._note(hamlet, book)
        self.served.append((hamlet, book))

    @property
    def new(self) -> dict[str, Book]:
        """Those that are to be founded, by their seats."""
        return {book.seat: book for _hamlet, book in self.served if book.pk is None}

    @property
    def changed(self) -> dict[int | None, Book]:
        return {book.pk: book for book in self.by_hamlet.values() if book.changed}
