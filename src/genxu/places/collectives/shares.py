"""Parts of actions that write the register of shares: what each change is held against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_new
from genxu.core.errors import Invalid
from genxu.core.promises import StrOrPromise
from genxu.organisation.assemblies.bodies import Kind
from genxu.organisation.assemblies.models import Motion
from genxu.people.models import Household

from .actions import wrong_since
from .decisions import carried
from .models import MOST_SHARES, SHARE, Collective, Membership, Reason, ShareChange, ShareKind
from .workflow import State

AT_ONCE = 500
"""Rows of one statement: a database takes no more than some ten thousand values in one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A change of what a household holds, by itself or as one of its members; ``area`` is of land,
    in hundredths of a mu."""

    household: int
    kind: str
    change: int
    membership: int | None = None
    area: int | None = None

    @property
    def holding(self) -> tuple[int, int | None, str]:
        return self.household, self.membership, self.kind


def shown(quantity: int) -> str:
    """So many shares as one reads them: 100 is 1, 250 is 2.5."""
    text = f"{quantity / SHARE:.2f}" if quantity % SHARE else str(quantity // SHARE)
    return text.rstrip("0") if "." in text else text


def lowest(changes: Iterable[tuple[date, int]]) -> int:
    """The least that a holding ever is, whatever the order in which its changes were typed."""
    total = least = 0
    for _day, some in groupby(sorted(changes), key=lambda one: one[0]):
        total += sum(change for _d, change in some)
        least = min(least, total)
    return least


def total_on(collective: Collective, day: date | None = None) -> int:
    """All shares together on a day, or with all that is entered."""
    rows = collective.changes.standing()
    rows = rows.filter(day__lte=day) if day else rows
    return rows.aggregate(total=Sum("change"))["total"] or 0


def held_of(collective: Collective, household: int) -> dict[tuple[int | None, str], int]:
    """What a household holds with all that is entered: (member or itself, kind) → quantity."""
    rows = collective.changes.standing().filter(household=household)
    sums = (
        rows.values_list("membership", "kind").annotate(held=Sum("change")).order_by("membership")
    )
    return {(member, kind): held for member, kind, held in sums.order_by("membership") if held}


def book_shares(
    actor: Actor,
    collective: Collective,
    lines: Sequence[Line],
    day: date,
    reason: Reason,
    motion: Motion | None = None,
    *,
    fills: bool = False,
) -> list[ShareChange]:
    """Write changes of one day, all or none; ``fills``: they quantify the whole that the charter
    names. The collective is held. ``Invalid`` names ``day``, ``kind``, ``quantity``, ``motion``."""
    _check_day_and_kinds(collective, lines, day)
    _check_members(collective, lines, day, motion)
    _check_never_below(collective, lines, day)
    _check_whole(collective, lines, day, fills=fills)
    made = [
        ShareChange(
            collective=collective, place_id=collective.place_id, household_id=one.household,
            membership_id=one.membership, kind=one.kind, change=one.change, area=one.area, day=day,
            reason=reason, motion=motion, noted_at=clock.now(), noted_by_id=actor.account_id,
        )
        for one in lines
    ]  # fmt: skip
    for n in range(0, len(made), AT_ONCE):
        insert_new(made[n : n + AT_ONCE])
    return made


def _check_day_and_kinds(collective: Collective, lines: Sequence[Line], day: date) -> None:
    if wrong := wrong_since(collective, day, "day"):
        raise Invalid(wrong)
    charter = collective.charter_on(day)
    for one in lines:
        if one.kind not in charter.kinds:
            raise Invalid({"kind": _("The charter of that day knows no such shares.")})
        if one.change == 0:
            raise Invalid({"quantity": _("A share of nothing is none.")})
        if abs(one.change) > MOST_SHARES:
            raise Invalid({"quantity": _("So many shares there are nowhere.")})


def _check_members(
    collective: Collective, lines: Sequence[Line], day: date, motion: Motion | None
) -> None:
    """Shares are the members' (第四十条); who is none takes part by three quarters of all members
    (第十五条)."""
    gaining = [one for one in lines if one.change > 0]
    rows = collective.memberships.on_day(day).values_list("pk", "household") if gaining else ()
    present = dict(rows)
    households = set(present.values())
    for one in gaining:
        holder = one.membership in present if one.membership else one.household in households
        if holder:
            continue
        if motion is None:
            told = _("Nobody there is a member on that day. That takes a decision of three "
                     "quarters of all members (article 15): choose it below.")  # fmt: skip
            raise Invalid({"motion": told})
        carried(motion, collective, Kind.NON_MEMBER_SHARE)


def _check_never_below(collective: Collective, lines: Sequence[Line], day: date) -> None:
    """Nothing is taken that is not there, on no day."""
    losing = [one for one in lines if one.change < 0]
    for one in losing:
        rows = changes_of(collective, one)
        if lowest([*rows, (day, one.change)]) < 0:
            held = sum(change for when, change in rows if when <= day)
            told = _("Only %s shares are there to be taken.") % shown(max(held, 0))
            raise Invalid({"quantity": told})


def changes_of(collective: Collective, one: Line) -> list[tuple[date, int]]:
    """All that stands of one holding."""
    rows = collective.changes.standing().filter(
        household=one.household, membership=one.membership, kind=one.kind
    )
    return list(rows.values_list("day", "change"))


def frozen_since(collective: Collective, kind: str, day: date) -> date | None:
    """Where member shares stay as they were, whoever is born: the day on which they were first
    quantified; None where they follow, or there are none yet."""
    if kind != ShareKind.MEMBER or collective.charter_on(day).follows:
        return None
    rows = collective.changes.standing().filter(kind=kind, reason=Reason.QUANTIFIED)
    return rows.order_by("day").values_list("day", flat=True).first()


def came_later(first: date) -> StrOrPromise:
    told = _("By the charter shares stay as they were on %s, whoever is born or dies.")
    return told % first.isoformat()


def _check_whole(collective: Collective, lines: Sequence[Line], day: date, *, fills: bool) -> None:
    if told := wrong_whole(collective, sum(one.change for one in lines), day, fills=fills):
        raise Invalid({"quantity": told})


def wrong_whole(collective: Collective, change: int, day: date, *, fills: bool) -> StrOrPromise:
    """What is wrong with all shares together, where the charter names how many they are."""
    whole = collective.charter_on(day).whole
    if whole is None or change <= 0:
        return ""
    total = total_on(collective) + change
    if total > whole:
        text = _("Together that is %(total)s shares, and the charter says %(whole)s: %(rest)s too "
                 "many.")  # fmt: skip
    elif fills and total < whole:
        text = _("Together that is %(total)s shares, and the charter says %(whole)s: %(rest)s too "
                 "few.")  # fmt: skip
    else:
        return ""
    rest = shown(abs(total - whole))
    return text % {"total": shown(total), "whole": shown(whole), "rest": rest}


def passed_on(
    actor: Actor,
    collective: Collective,
    pairs: Sequence[tuple[Line, Line]],
    day: date,
    reason: Reason,
    motion: Motion | None = None,
) -> list[ShareChange]:
    """What one gives and another gets: two changes that belong together."""
    lines = [one for pair in pairs for one in pair]
    made = book_shares(actor, collective, lines, day, reason, motion)
    for given, got in zip(made[::2], made[1::2], strict=True):
        ShareChange.objects.filter(pk=got.pk).update(counterpart=given)
        got.counterpart = given
    return made


def move_shares(actor: Actor, membership: Membership, household: Household, day: date) -> None:
    """What is in a member's name goes with her to another household."""
    collective = membership.collective
    held = held_of(collective, membership.household_id)
    mine = [(kind, q) for (member, kind), q in held.items() if member == membership.pk]
    pairs = [
        (Line(membership.household_id, kind, -q, membership.pk),
         Line(household.pk, kind, q, membership.pk))
        for kind, q in mine
    ]  # fmt: skip
    if pairs:
        passed_on(actor, collective, pairs, day, Reason.MOVED)


def due_to_follow(collective: Collective, day: date) -> list[tuple[Membership, int]]:
    """Under a charter by which shares follow births and deaths: the members whose shares do not
    yet, with the change that is due. Four queries."""
    charter = collective.charter_on(day)
    if not charter.follows or ShareKind.MEMBER not in charter.kinds:
        return []
    rows = collective.memberships.on_roll().select_related("household__hamlet")
    since = Q(since__gte=charter.since, state=State.MEMBER)
    concerned = rows.filter(since | Q(until__gte=charter.since)).order_by("since", "pk")
    mine = collective.changes.standing().filter(kind=ShareKind.MEMBER, membership__isnull=False)
    held = dict(mine.values_list("membership").annotate(held=Sum("change")).order_by())
    found = []
    for one in concerned:
        has = held.get(one.pk)
        if one.is_member and has is None:
            found.append((one, charter.each))
        elif not one.is_member and has:
            found.append((one, -has))
    return found
