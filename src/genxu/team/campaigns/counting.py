"""What is known and what is left of a campaign, by its hamlets: a fixed number of queries."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from genxu.core.access import under

from .models import Answer, AnswerQuerySet, Campaign, Part
from .workflow import Said


class Tally(NamedTuple):
    """How many records answer the question, how many of them are still to be seen to; ``asks``:
    whether the hamlet itself has not said yet what is asked of it beside its records."""

    known: int = 0
    left: int = 0
    asks: bool = False

    @property
    def is_settled(self) -> bool:
        return not self.left and not self.asks


def tallies(campaign: Campaign, place: str) -> dict[str, Tally]:
    """By the code of each hamlet below a place that has a part in it."""
    rows = Part.objects.standing().filter(campaign=campaign).under(place)
    parts = {code: (state, Tally(known or 0, left or 0, asks)) for code, state, known, left, asks in
             rows.values_list("hamlet", "state", "known", "left", "unanswered")}  # fmt: skip
    if not campaign.runs:
        return {code: kept for code, (_state, kept) in parts.items()}
    items, spoken = _items(campaign, place), _spoken(campaign, place)
    return {
        code: _tally(campaign, items.get(code, (0, 0)), spoken.get(code, 0), state)
        for code, (state, _kept) in parts.items()
    }


def tally_of(part: Part) -> Tally:
    """The same of one hamlet."""
    return tallies(part.campaign, part.hamlet_id).get(part.hamlet_id, Tally())


def _tally(campaign: Campaign, items: tuple[int, int], spoken: int, state: str) -> Tally:
    """``items``: how many there are, and how many are over by themselves; ``spoken``: of how many
    households, or of the hamlet, all facts are there."""
    known, over = items
    if state == Said.NOTHING and not campaign.asks.settles:
        return Tally(known)
    if campaign.asks.settles:
        return Tally(known, known - over, bool(campaign.asked and known and not spoken))
    return Tally(known, max(0, known - spoken))


def _items(campaign: Campaign, place: str) -> dict[str, tuple[int, int]]:
    asks = campaign.asks
    rows = items_of(campaign).filter(under(place, asks.place)).order_by().values(asks.place)
    over = Count("pk", filter=Q(settled=True)) if asks.settles else Count("pk", filter=Q(pk=None))
    found = rows.annotate(n_items=Count("pk"), n_over=over)
    return {code: (n, over) for code, n, over in
            found.values_list(asks.place, "n_items", "n_over")}  # fmt: skip


def items_of(campaign: Campaign) -> QuerySet[Any]:
    """The records that answer its question."""
    return campaign.asks.items(campaign.since_when, campaign.looks_for)


def _spoken(campaign: Campaign, place: str) -> dict[str, int]:
    if not campaign.asked:
        return {}
    rows = complete(campaign).under(place).order_by().values("hamlet").annotate(n=Count("pk"))
    return dict(rows.values_list("hamlet", "n"))


def complete(campaign: Campaign) -> AnswerQuerySet:
    """The answers to its first fact beside which all others stand too: of the households that live
    there, or of the hamlets."""
    first, *more = campaign.asked
    rows = Answer.objects.standing().filter(fact=first)
    if campaign.asks.by_household:
        rows = rows.filter(household__left_on=None, household__merged_into=None)
        same: Mapping[str, Any] = {"household": OuterRef("household")}
    else:
        rows, same = rows.filter(household=None), {"part": OuterRef("part"), "household": None}
    for fact in more:
        rows = rows.filter(Exists(Answer.objects.standing().filter(fact=fact, **same)))
    return rows


def sums(campaign: Campaign, place: str) -> dict[int, tuple[int, int]]:
    """By each fact: of how many it is known, and the yeses or the numbers added up."""
    rows = Answer.objects.counted().filter(fact__in=campaign.asked).under(place)
    found = rows.order_by().values("fact").annotate(n=Count("pk"), sum=Sum("value"))
    return {fact: (n, total or 0) for fact, n, total in found.values_list("fact", "n", "sum")}


def says_otherwise(part: Part) -> int:
    """Of how many it is written down that there is something: a yes, or a number."""
    found = Answer.objects.counted().filter(part=part, value__gt=0)
    return len(set(found.values_list("household", flat=True)))
