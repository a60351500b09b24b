"""The books of a place, their entries and lines; the sums of each month.

An entry is sealed by itself: its lines are written first, and the database takes the entry only if
they balance and its month is open; it takes no line of an entry that stands, and lets nothing of
both be changed or deleted (``migrations/0002_sealed.py``). What was wrong is reversed by another
entry.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genxu.core.money import FenField
from genxu.core.names import NameField
from genxu.core.promises import StrOrPromise
from genxu.organisation.assemblies.models import Motion
from genxu.people.models import Account
from genxu.people.roles import READERS_OF_BOOKS
from genxu.regions.models import Region
from genxu.regions.placed import Placed, PlacedQuerySet

from . import chart

NAME_LIMIT, TEXT_LIMIT, REASON_LIMIT, PAPER_LIMIT, ORIGIN_LIMIT = 60, 120, 200, 40, 40
SERIALS = 1_000_000_000
"""So many entries a book can hold: the number of an entry begins with that of its book."""


class BookKind(models.TextChoices):
    """Whose money it is: kept in separate books (财农〔2021〕121号 第三十三条)."""

    COMMITTEE = "committee", _("Villagers' committee")
    COLLECTIVE = "collective", _("Collective")
    FUND = "fund", _("Running fund")


class BookQuerySet(PlacedQuerySet["Book"]):
    def kept(self) -> Self:
        """Those that are not closed."""
        return self.filter(closed_on=None)


class Book(Placed):
    """A set of books (账套) of a village or a hamlet.

    ``opened_on`` is the first day of which it tells, ``closed_until`` the last day of the last
    month that was shut: no entry is written on it or before. ``serial`` counts the entries.
    """

    place_field = "place"
    seen_by = READERS_OF_BOOKS
    missing = _("There is no such book, or it is not in your charge.")
    shown_with = ("place__parent",)

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=BookKind.choices)
    name = models.CharField(max_length=NAME_LIMIT)
    opened_on = models.DateField()
    closed_until = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    serial = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = BookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind"], condition=Q(closed_on=None), name="book_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ended(self) -> StrOrPromise:
        return _("This book is closed.") if self.closed_on else self.place.ended

    def is_shut(self, day: date) -> bool:
        """Whether nothing is written any more on this day."""
        return self.closed_until is not None and day <= self.closed_until


class EntryQuerySet(PlacedQuerySet["Entry"]):
    def of_months(self, since: date, until: date) -> Self:
        return self.filter(day__gte=since, day__lte=until)


class Entry(Placed):
    """One voucher (记账凭证): what happened, in a sentence that a villager would say.

    ``number`` counts the vouchers of its book within a month. ``who`` got or gave it; a person's
    name is never public. ``motion`` is the decision where a rule asks for one, ``paper`` the number
    of the slip, ``origin`` what wrote it ("funds.gift:12"). ``reverses`` is the entry that it takes
    back, for ``reason``. ``booked_by`` is the number of an account, as the journal names it: it
    stays when the account is gone, as the row cannot be changed.
    """

    class Kind(models.TextChoices):
        PLAIN = "plain", _("Entry")
        OPENING = "opening", _("Opening balances")
        REVERSAL = "reversal", _("Reversal")
        CLOSING = "closing", _("Closing of the year")

    place_field = "book__place"
    seen_by = READERS_OF_BOOKS
    missing = _("There is no such entry, or it is not in your charge.")
    shown_with = ("book__place__parent", "motion__assembly", "reverses")

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="entries", db_index=False)
    day = models.DateField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PLAIN)
    text = models.CharField(max_length=TEXT_LIMIT)
    who = NameField(max_length=NAME_LIMIT, blank=True)
    is_person = models.BooleanField(default=False)
    amount = FenField()
    motion = models.ForeignKey(
        Motion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    paper = models.CharField(max_length=PAPER_LIMIT, blank=True)
    origin = models.CharField(max_length=ORIGIN_LIMIT, blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    reason = models.CharField(max_length=REASON_LIMIT, blank=True)
    booked_by = models.BigIntegerField(null=True)
    booked_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(id__gt=models.F("book") * SERIALS)
                & Q(id__lte=models.F("book") * SERIALS + SERIALS - 1),
                name="entry_of_its_book",
            ),
        ]
        indexes = [
            models.Index(fields=["book", "day", "id"], name="entry_day"),
            models.Index(fields=["origin"], condition=~Q(origin=""), name="entry_origin"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def place_code(self) -> str:
        return self.book.place_id

    @property
    def called(self) -> str:
        """Its number as it stands on the voucher: 2026-05 记字 3 号."""
        told = {"month": f"{self.day:%Y-%m}", "n": self.number}
        return str(_("%(month)s no. %(n)s") % told)

    @property
    def booker(self) -> str:
        """Who booked it; empty if her account is gone."""
        found = Account.objects.filter(pk=self.booked_by or 0).first()
        return found.name if found else ""

    @property
    def is_taken_back(self) -> bool:
        return hasattr(self, "reversed_by")

    @property
    def days_late(self) -> int:
        return (self.booked_at.date() - self.day).days


class Line(models.Model):
    """One line of an entry: an account, and a sum in fen on one of its two sides."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(max_length=3)
    debit = FenField(default=0)
    credit = FenField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0),
                name="line_is_debit_or_credit",
            ),
            models.CheckConstraint(
                condition=Q(account__in=[*chart.accounts()]), name="line_of_the_chart"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.debit} {self.credit}"

    @property
    def of(self) -> chart.Account:
        return chart.accounts()[self.account]


class MonthSum(models.Model):
    """What was written on an account within a month, on either side: with it a balance of any day
    reads the months before and the entries of one month, however many entries there are. It is a
    sum of the lines, written with them, and can be made anew from them at any time."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=3)
    month = models.DateField()
    debit = FenField(default=0)
    credit = FenField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "account", "month"], name="month_sum_once"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.account} {self.month:%Y-%m}"


class Paper(models.Model):
    """A picture of the slip or invoice; never asked for where its number is known."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="papers")
    file = models.FileField(upload_to="ledger/%Y/%m/")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.file.name}"

    @property
    def place_code(self) -> str:
        return self.entry.place_code


class BankLine(Placed):
    """A line of the bank's own list, waiting to be booked: ``amount`` came in, or went out below
    nothing. ``entry`` is what it became; one that is left out has its ``reason``."""

    place_field = "book__place"
    seen_by = READERS_OF_BOOKS
    missing = _("There is no such line of the bank, or it is not in your charge.")
    shown_with = ("book__place__parent",)

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="bank_lines")
    day = models.DateField()
    amount = FenField()
    text = models.CharField(max_length=TEXT_LIMIT, blank=True)
    who = NameField(max_length=NAME_LIMIT, blank=True)
    reference = models.CharField(max_length=PAPER_LIMIT, blank=True)
    nth = models.PositiveSmallIntegerField(default=1)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=REASON_LIMIT, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PlacedQuerySet["BankLine"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book", "day", "amount", "reference", "text", "who", "nth"],
                name="bank_line_once",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="bank_line_of_something"),
        ]

    def __str__(self) -> str:
        return self.text or self.who or str(_("A line of the bank"))

    @property
    def place_code(self) -> str:
        return self.book.place_id

    @property
    def came_in(self) -> bool:
        return bool(self.amount > 0)

    @property
    def size(self) -> int:
        """In fen, whichever way it went."""
        return int(abs(self.amount))

    @property
    def waits(self) -> bool:
        return self.entry_id is None and not self.reason
