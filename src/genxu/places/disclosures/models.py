"""What of the books of a place is shown to all, quarter by quarter, and what is asked about it.

A disclosure is frozen: its lines are written when it is drawn up, without the name of any person.
What is typed in later for its days stands on top of the next one.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core.money import FenField
from genxu.people.history import LivingAt, TakenStep
from genxu.people.models import Account, Household
from genxu.people.roles import READERS_OF_BOOKS
from genxu.places.ledger.models import NAME_LIMIT, PAPER_LIMIT, TEXT_LIMIT, Book, Entry
from genxu.regions.models import Region
from genxu.regions.placed import InHamlet, Placed, PlacedQuerySet

from .workflow import IN_WORK, SHOWN, STEPS, TOLD, State, due_after, quarter_end

WHY_LIMIT = 200
SHORT = 40


class DisclosureQuerySet(PlacedQuerySet["Disclosure"]):
    def shown(self) -> Self:
        """Those that everybody reads, with those that a newer one has replaced."""
        return self.filter(state__in=SHOWN)

    def standing(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def in_work(self) -> Self:
        return self.filter(state__in=IN_WORK)


class Disclosure(LivingAt):
    """What a book tells of its days ``since``–``until``, as it stood at its entry number ``upto``.

    In fen: ``stood`` is what the one before ended with, ``late`` what was typed since then for
    earlier days, ``came`` and ``went`` what moved. ``groups`` are (came or went, account, fen).
    ``edition`` counts those of the same days; ``why`` says what a later one changes.
    """

    STEPS, TOLD = STEPS, TOLD
    BADGES: ClassVar[dict[str, str]] = {
        "signed": "is-working", "published": "is-closed", "sent_back": "is-returned",
        "replaced": "is-unconfirmed", "dropped": "is-unconfirmed",
    }  # fmt: skip
    WORDS_LIMIT: ClassVar[int] = WHY_LIMIT
    place_field = "place"
    seen_by = READERS_OF_BOOKS
    missing = _("There are no such open accounts, or they are not in your charge.")
    shown_with = ("place__parent__parent", "book", "drawn_by", "signed_by")

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="disclosures")
    since = models.DateField()
    until = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=WHY_LIMIT, blank=True)
    upto = models.PositiveIntegerField()
    stood = FenField()
    late = FenField()
    came = FenField()
    went = FenField()
    groups: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    drawn_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    signed_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    published_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAWN)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book"], condition=Q(state__in=IN_WORK), name="disclosure_in_work_once"
            ),
            models.UniqueConstraint(
                fields=["book", "until"],
                condition=Q(state=State.PUBLISHED),
                name="disclosure_stands_once",
            ),
        ]
        indexes = [models.Index(fields=["place", "state", "until"], name="disclosure_place")]

    def __str__(self) -> str:
        return f"{self.book} · {self.days}"

    @property
    def days(self) -> str:
        """Its days as one says them: 2026年第1季度, 2026年5月, or from a day to a day."""
        return days_told(self.since, self.until)

    @property
    def opened(self) -> int:
        """What there was before anything moved."""
        return int(self.stood + self.late)

    @property
    def closing(self) -> int:
        """What is left."""
        return int(self.opened + self.came - self.went)

    @property
    def due_on(self) -> date:
        return due_after(self.until)

    @property
    def days_late(self) -> int:
        """How many days after its day it was shown."""
        return max((self.published_on - self.due_on).days, 0) if self.published_on else 0

    @property
    def is_shown(self) -> bool:
        return self.state in SHOWN

    @property
    def stands(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def in_work(self) -> bool:
        return self.state in IN_WORK


def days_told(since: date, until: date) -> str:
    if since.day == 1 and since.month % 3 == 1 and until == quarter_end(since):
        told = {"year": since.year, "n": (since.month + 2) // 3}
        return gettext("quarter %(n)s of %(year)s") % told
    if since.day == 1 and (since.year, since.month) == (until.year, until.month):
        return date_format(since, "YEAR_MONTH_FORMAT")
    told_days = {"since": date_format(since, "DATE_FORMAT"), "until": date_format(until)}
    return gettext("%(since)s to %(until)s") % told_days


class DisclosureStep(TakenStep):
    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="steps")


class Told(Placed):
    """One line that is shown: an entry in the words that everybody may read, and what it changed of
    the money in hand, in fen. ``part``: on top what changed of days told before, then what moved,
    then what moved no money. ``earlier``: it belongs to days before. ``who`` is empty for a
    person."""

    class Part(models.IntegerChoices):
        NEW = 1, _("What has changed since the last time")
        MOVED = 2, _("What came in and what went out")
        OTHER = 3, _("What moved no money")

    place_field = "disclosure__place"
    seen_by = READERS_OF_BOOKS
    missing = _("There is no such line.")

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="lines")
    part = models.PositiveSmallIntegerField(choices=Part.choices)
    position = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    net = FenField()
    earlier = models.BooleanField(default=False)
    text = models.CharField(max_length=TEXT_LIMIT)
    who = models.CharField(max_length=NAME_LIMIT, blank=True)
    is_person = models.BooleanField(default=False)
    paper = models.CharField(max_length=PAPER_LIMIT, blank=True)
    reason = models.CharField(max_length=WHY_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "position"], name="told_position"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def place_code(self) -> str:
        return self.disclosure.place_id

    @property
    def is_income(self) -> bool:
        return bool(self.net > 0)

    @property
    def sum(self) -> int:
        """In fen, without a sign."""
        return int(abs(self.net) or self.entry.amount)


class Pace(Placed):
    """What a township says of how often a book is shown, where the rule does not fit."""

    missing = _("There is no such book, or it is not in your charge.")
    place_field = "book__place"
    seen_by = READERS_OF_BOOKS
    book = models.OneToOneField(Book, on_delete=models.CASCADE, related_name="pace")
    monthly = models.BooleanField()

    def __str__(self) -> str:
        return str(_("each month") if self.monthly else _("each quarter"))

    @property
    def place_code(self) -> str:
        return self.book.place_id


class Question(InHamlet):
    """A household's question on an entry: it became the matter with this number, which only the
    household itself closes."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, null=True, related_name="+")
    matter = models.PositiveIntegerField()
    asked_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "household"],
                condition=Q(household__isnull=False),
                name="question_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.matter}"


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def parts_of(lines: "list[Told]") -> "Iterator[tuple[Any, list[Told]]]":
    """The lines of one page, part by part."""
    for part in Told.Part:
        if found := [line for line in lines if line.part == part]:
            yield part, found
