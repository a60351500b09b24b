"""What a book tells of some days: its entries in words for all, and the sums of what moved.

An entry is told once: in the disclosure of its day, or, typed in later, on top of the next one. So
what the one before ended with, and what was typed since for earlier days, and what came, less what
went, is what there is; whatever was reversed and whenever it was typed.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from genxu.core.access import under
from genxu.core.bulk import insert_rows
from genxu.core.declared import declared
from genxu.core.names import bare
from genxu.organisation.councils.models import Seat
from genxu.people.models import Account, Household
from genxu.places.ledger import chart
from genxu.places.ledger.models import SERIALS, Book, Entry, Line
from genxu.places.ledger.posting import taken_back
from genxu.regions.codes import ancestors_of

from .models import Disclosure, Told, Wording

SOMEBODY = "某某"
"""Stands for a name: no longer than the shortest one."""
OPENING = Entry.Kind.OPENING
WORDS = ("text", "who", "is_person", "paper", "reason")
FIELDS = ("disclosure", "part", "position", "entry", "net", "earlier", *WORDS)
CAME, WENT = "came", "went"


@dataclass(frozen=True)
class Days:
    """The days that are told, of the entries up to ``upto`` (their key); ``known`` is the last one
    that the disclosure before knew of, ``told`` that of an earlier one of the same days."""

    since: date
    until: date
    upto: int
    known: int | None
    told: int | None = None


@dataclass
class Drawn:
    """Sums in fen and the lines, in their order, as ``insert_rows`` takes them."""

    stood: int
    late: int = 0
    came: int = 0
    went: int = 0
    sums: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    lines: list[tuple[Any, ...]] = field(default_factory=list)

    def fields(self) -> dict[str, Any]:
        """As a disclosure keeps them; the groups in the order of the chart."""
        groups = [[side, code, fen] for (side, code), fen in sorted(self.sums.items()) if fen]
        return {"stood": self.stood, "late": self.late, "came": self.came, "went": self.went,
                "groups": groups}  # fmt: skip


def drawn(book: Book, days: Days, stood: int) -> Drawn:
    """What the book tells, in a fixed number of queries, however many entries there are. ``stood``
    is what the disclosure before ended with."""
    entries = _entries(book, days)
    moved, legs = _moved(book, days, entries)
    names, words = Names.at(book, entries), words_of(entries)
    found = Drawn(stood)
    rows = sorted(entries, key=lambda one: (_part(one, days, moved[one.pk]), one.day, one.pk))
    for position, one in enumerate(rows, 1):
        net, earlier = moved[one.pk], one.day < days.since
        _add(found, days, one, net, legs[one.pk])
        place = (_part(one, days, net), position)
        found.lines.append((*place, one.pk, net, earlier, *names.public(words[one.pk])))
    return found


def keep_lines(disclosure: Disclosure, found: Drawn) -> None:
    """In place of those that stood there before it was drawn up again."""
    disclosure.lines.all().delete()
    insert_rows(Told, FIELDS, ((disclosure.pk, *line) for line in found.lines))


def _entries(book: Book, days: Days) -> list[Entry]:
    within = Q(day__gte=days.since, day__lte=days.until, pk__lte=days.upto)
    late = Q(day__lt=days.since, pk__gt=days.known or 0, pk__lte=days.upto)
    rows = Entry.objects.filter(book=book).filter(within | late).select_related("reverses")
    return list(rows.order_by("day", "pk"))


def _moved(
    book: Book, days: Days, entries: Iterable[Entry]
) -> tuple[dict[int, int], dict[int, list[tuple[str, int]]]]:
    """Of each entry, what it changed of the money in hand, and its other legs as (account, what it
    gave to the money)."""
    rows = Line.objects.filter(entry__book=book, entry__day__lte=days.until)
    rows = rows.filter(Q(entry__day__gte=days.since) | Q(entry__gt=days.known or 0))
    net: dict[int, int] = defaultdict(int)
    legs: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for key, account, debit, credit in rows.values_list("entry", "account", "debit", "credit"):
        if account in chart.MONEY:
            net[key] += debit - credit
        else:
            legs[key].append((account, credit - debit))
    return net, legs


def _opens(entry: Entry) -> bool:
    """Whether it tells what stood there when the book began, or takes that back."""
    return entry.kind == OPENING or (entry.reverses is not None and entry.reverses.kind == OPENING)


def _puts_right(entry: Entry, days: Days) -> bool:
    """Whether it takes back an entry of days that were told before."""
    return entry.reverses is not None and entry.reverses.day < days.since


def _part(entry: Entry, days: Days, net: int) -> int:
    is_new = (
        entry.day < days.since
        or _puts_right(entry, days)
        or (days.told is not None and entry.pk > days.told)
    )
    if is_new:
        return int(Told.Part.NEW)
    return int(Told.Part.MOVED if net else Told.Part.OTHER)


def _add(found: Drawn, days: Days, entry: Entry, net: int, legs: Iterable[tuple[str, int]]) -> None:
    """What is typed late for days before changes what there was; what takes back an entry of these
    days is none: it lessens what came, or what went."""
    if _opens(entry) and days.known is None:
        found.stood += net
    elif _opens(entry) or entry.day < days.since:
        found.late += net
    elif net:
        undoes = entry.reverses is not None and not _puts_right(entry, days)
        came = (net > 0) != undoes
        found.came += net if came else 0
        found.went -= 0 if came else net
        for account, gave in legs:
            side = CAME if came else WENT
            found.sums[side, account] += gave if came else -gave


@dataclass(frozen=True)
class Words:
    """Those of an entry, as ``FIELDS`` ends with them."""

    text: str
    who: str
    is_person: bool
    paper: str
    reason: str


def words_of(entries: Iterable[Entry]) -> dict[int, Words]:
    """Entry → its words: those of the last line that told it, or those that were kept when somebody
    was erased, since an entry in the book keeps its names for ever, and who is no head and holds no
    office any more is known no longer. What takes an entry back bears that one's words."""
    entries = list(entries)
    keys = {one.pk for one in entries} | {one.reverses_id for one in entries}
    told: dict[int, Words] = {}
    for model in (Wording, Told):
        rows = model.objects.filter(entry__in=keys - {None}).order_by("pk")
        told |= {key: Words(*words) for key, *words in rows.values_list("entry", *WORDS)}
    found = {}
    for one in entries:
        undone = told.get(one.reverses_id or 0)
        if one.pk in told:
            found[one.pk] = told[one.pk]
        elif undone is not None:
            text = taken_back(undone.text)
            found[one.pk] = replace(undone, text=text, reason=one.reason)
        else:
            found[one.pk] = Words(one.text, one.who, one.is_person, one.paper, one.reason)
    return found


@dataclass(frozen=True)
class Names:
    """The names of persons that no line may give away."""

    known: frozenset[str]
    found: re.Pattern[str] | None

    @classmethod
    def of(cls, names: Iterable[str]) -> "Names":
        known = {bare(name) for name in names} - {""}
        return cls(frozenset(known), _pattern(known))

    @classmethod
    def at(cls, book: Book, entries: Iterable[Entry]) -> "Names":
        """Of those whom the entries name, of the heads of households there, of who serves there or
        above, of who sits or sat on a council there, and whom other apps know there: the room
        ``persons`` tells ``names_at(place)``, a ``Region``."""
        code = book.place_id
        heads = Household.objects.filter(under(code, "hamlet"))
        serves = under(code, "grants__place") | Q(grants__place__in=ancestors_of(code))
        named = {one.who for one in entries if one.is_person}
        named |= {*heads.values_list("head_name", flat=True)}
        named |= {*Account.objects.filter(serves).values_list("name", flat=True)}
        named |= {*Seat.objects.under(code).values_list("name", flat=True)}
        for names_at in declared("persons", "names_at"):
            named |= {*names_at(book.place)}
        return cls.of(named)

    def public(self, words: Words) -> tuple[str, str, bool, str, str]:
        """As everybody reads them: without who it was, if that is a person, marked so or known as
        one."""
        is_person = words.is_person or bool(words.who and bare(words.who) in self.known)
        return (
            self.left_out(words.text), "" if is_person else words.who, is_person,
            self.left_out(words.paper), self.left_out(words.reason),
        )  # fmt: skip

    def stand_in(self, words: Words) -> bool:
        texts = (words.text, words.who, words.paper, words.reason)
        return any(self.left_out(text) != text for text in texts)

    def left_out(self, text: str) -> str:
        return self.found.sub(SOMEBODY, text) if self.found else text


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds one of the names, however spread out; by its first character, so that a village's
    thousand names of few families are sought quickly. Of one character it would be found in any
    text."""
    families: dict[str, list[str]] = defaultdict(list)
    for name in sorted((name for name in names if len(name) > 1), key=len, reverse=True):
        families[name[0]].append("".join(rf"[\s·]*{re.escape(one)}" for one in name[1:]))
    branches = [f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in families.items()]
    return re.compile("|".join(branches)) if branches else None


def keep_wordings(places: Collection[str], names: Names) -> None:
    """Of entries of these places that no line has told yet and that would name one of these: how
    they read without."""
    told = Told.objects.filter(entry=OuterRef("pk"))
    rows = Entry.objects.filter(~Exists(told), book__place__in=places)
    for key, words in words_of(rows.select_related("reverses")).items():
        if names.stand_in(words):
            values = dict(zip(WORDS, names.public(words), strict=True))
            Wording.objects.update_or_create(entry_id=key, defaults=values)


def key_of(book: Book, serial: int) -> int:
    """The key of the entry of a book with this number."""
    return book.pk * SERIALS + serial
