"""Reading open accounts: which book is due, one of them whole, what is asked about its lines."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.people.models import Household
from genxu.people.raising import standing_of
from genxu.places.ledger.models import Book, Entry
from genxu.places.ledger.posting import month_end
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from . import drawing
from .models import Disclosure, Question, Told, days_told
from .workflow import MANY, State, due_after, last_end, quarter_end

EVER = date(1, 1, 1)
LINES = 50
"""So many lines a page."""


@dataclass(frozen=True)
class Turn:
    """The days of a book that are told next, and by when."""

    since: date
    until: date

    @property
    def days(self) -> str:
        return days_told(self.since, self.until)

    @property
    def due_on(self) -> date:
        return due_after(self.until)

    @property
    def is_over(self) -> bool:
        return self.until < clock.today()

    @property
    def is_late(self) -> bool:
        return self.due_on < clock.today()


# --- which are due -------------------------------------------------------------------------------


def with_turns(books: QuerySet[Book]) -> QuerySet[Any]:
    """Each book with ``told_until``, the last day that was shown, and ``monthly``: since some month
    after that has many entries (their numbers begin anew with each), or as its township says."""
    shown = Disclosure.objects.standing().filter(book=OuterRef("pk")).order_by("-until")
    after = Coalesce(OuterRef("told_until"), Value(EVER))
    many = Entry.objects.filter(book=OuterRef("pk"), number__gt=MANY, day__gt=after)
    rows = books.annotate(told_until=Subquery(shown.values("until")[:1]))
    rows = rows.annotate(told=Coalesce(F("told_until"), Value(EVER)))
    return rows.annotate(
        monthly=Case(
            When(pace__monthly=True, then=Value(True)),
            When(pace__monthly=False, then=Value(False)),
            default=Exists(many),
        )
    )


def told_before(rows: QuerySet[Any], *, past_due: bool) -> QuerySet[Any]:
    """Those of which days that are over (or whose day to be shown is over) are not shown."""
    today = clock.today()
    quarter = last_end(today, monthly=False, past_due=past_due)
    month = last_end(today, monthly=True, past_due=past_due)
    found: QuerySet[Any] = rows.filter(
        Q(told__lt=quarter, opened_on__lt=quarter)
        | Q(monthly=True, told__lt=month, opened_on__lt=month)
    )
    return found


def to_be_told(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those that are kept; one that is closed as long as its last days are not shown."""
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=F("told")))


def turn_on(book: Any) -> Turn:
    """What comes next of a book that ``with_turns`` has read."""
    told: date | None = book.told_until
    since = date.fromordinal(told.toordinal() + 1) if told else book.opened_on
    return Turn(since, month_end(since) if book.monthly else quarter_end(since))


def turn_of(book: Book) -> Turn:
    return turn_on(with_turns(Book.objects.filter(pk=book.pk)).get())


def book_list(actor: Actor) -> QuerySet[Any]:
    """The books that are kept, in the order of the places: who is late is not put first."""
    latest = Disclosure.objects.exclude(state__in=(State.DROPPED, State.REPLACED))
    latest = latest.filter(book=OuterRef("pk")).order_by("-pk")
    books: QuerySet[Book] = Book.objects.visible_to(actor)
    rows = to_be_told(with_turns(books))
    rows = rows.annotate(
        last=Subquery(latest.values("pk")[:1]), last_state=Subquery(latest.values("state")[:1])
    )
    found: QuerySet[Any] = rows.select_related("place__parent").order_by("place", "kind", "pk")
    return found


def last_shown(book: Book, before: date | None = None) -> Disclosure | None:
    """The last one that stands; of days before a day, if one is given."""
    rows = Disclosure.objects.standing().filter(book=book).order_by("-until")
    return (rows.filter(until__lt=before) if before else rows).first()


def moved_within(book: Book, turn: Turn) -> int:
    """How many entries those days have; none is told as well."""
    return Entry.objects.filter(book=book).of_months(turn.since, turn.until).count()


def disclosures_of(book: Book) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(book=book).order_by("-until", "-edition")


# --- one of them ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """How many have asked about a line, and how many of them have their answer."""

    count: int
    answered: int

    @property
    def is_answered(self) -> bool:
        return self.count == self.answered


def public_one(pk: int) -> Disclosure:
    """One that everybody reads; ``Missing`` otherwise."""
    rows = Disclosure.objects.shown().select_related("place__parent__parent", "book")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Missing(Disclosure.missing)
    return found


def public_line(pk: int) -> Told:
    """A line of one that everybody reads."""
    rows = Told.objects.filter(disclosure__state=State.PUBLISHED, pk=pk)
    found = rows.select_related("disclosure__place", "disclosure__book", "entry").first()
    if found is None:
        raise Missing(Told.missing)
    return found


def lines_of(disclosure: Disclosure) -> QuerySet[Told]:
    """In their order, with what decided them."""
    rows = Told.objects.filter(disclosure=disclosure)
    return rows.select_related("entry__motion__assembly").order_by("position")


def put_questions_on(lines: Sequence[Any]) -> None:
    """On each line of a page how many ask about it: ``asked``; two queries."""
    rows = Question.objects.filter(entry__in=[line.entry_id for line in lines])
    matters: dict[int, list[int]] = defaultdict(list)
    for entry, matter in rows.values_list("entry", "matter"):
        matters[entry].append(matter)
    standing = standing_of(number for numbers in matters.values() for number in numbers)
    for line in lines:
        numbers = matters[line.entry_id]
        ended = sum(1 for one in numbers if one in standing and standing[one].ended)
        line.asked = Asked(len(numbers), ended) if numbers else None


def added_since(disclosure: Disclosure) -> int:
    """How many entries were typed for its days, or before, after it was drawn up."""
    first = drawing.key_of(disclosure.book, disclosure.upto)
    rows = Entry.objects.filter(book=disclosure.book_id, pk__gt=first, day__lte=disclosure.until)
    return rows.count()


def beside(disclosure: Disclosure) -> dict[str, Disclosure | None]:
    """The one of the days before, of the days after, and the one that stands in its place."""
    rows = Disclosure.objects.standing().filter(book=disclosure.book_id).order_by("until")
    before = rows.filter(until__lt=disclosure.since).last()
    after = rows.filter(since__gt=disclosure.until).first()
    newer = None
    if not disclosure.stands and disclosure.is_shown:
        newer = rows.filter(until=disclosure.until).first()
    return {"before": before, "after": after, "newer": newer}


def remark_of(disclosure: Disclosure) -> str:
    """What the supervisor who has signed remarks."""
    rows = disclosure.steps.filter(step="sign").order_by("-pk").values_list("words", flat=True)
    return str(rows.first() or "") if disclosure.signed_by_id else ""


# --- what everybody reads of a place -------------------------------------------------------------


def accounts_at(code: str) -> list[Any]:
    """The books of a place and of its village, each with the last that was shown (``latest``) and
    what comes next (``turn``): one query."""
    places = {code, code[: LENGTHS[Level.VILLAGE]]}
    rows = to_be_told(with_turns(Book.objects.filter(place__in=places)))
    return _shown(rows.select_related("place").order_by("-place", "kind", "pk"))


def as_shown(book: Book) -> Any:
    """One book, in the same way; ``is_told_whole`` once it is closed and all of it was shown."""
    (found,) = _shown(with_turns(Book.objects.filter(pk=book.pk)))
    found.is_told_whole = found.closed_on is not None and found.closed_on <= found.told
    return found


def _shown(rows: QuerySet[Any]) -> list[Any]:
    latest = Disclosure.objects.standing().filter(book=OuterRef("pk")).order_by("-until")
    left = F("stood") + F("late") + F("came") - F("went")
    rows = rows.annotate(
        latest_pk=Subquery(latest.values("pk")[:1]),
        latest_since=Subquery(latest.values("since")[:1]),
        latest_left=Subquery(latest.values(left=left)[:1]),
    )
    books = list(rows)
    for book in books:
        book.latest, book.turn = _latest(book), turn_on(book)
    return books


@dataclass(frozen=True)
class Latest:
    """What is told in a line of the accounts that stand for the last days."""

    pk: int
    since: date
    until: date
    closing: int

    @property
    def days(self) -> str:
        return days_told(self.since, self.until)


def _latest(book: Any) -> Latest | None:
    if book.latest_pk is None:
        return None
    return Latest(book.latest_pk, book.latest_since, book.told_until, book.latest_left)


def shown_at(place: Region) -> QuerySet[Disclosure]:
    """All that everybody reads of a place and of its village, the newest first."""
    places = {place.code, place.code[: LENGTHS[Level.VILLAGE]]}
    rows = Disclosure.objects.standing().filter(place__in=places).select_related("book", "place")
    return rows.order_by("-until", "-place", "book")


def questions_of(household: Household) -> QuerySet[Question]:
    rows = Question.objects.filter(household__in=household.entries)
    return rows.select_related("entry").order_by("-asked_on", "-pk")
