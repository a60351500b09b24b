"""Collectives of the cast, made through the real actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from genxu.core.errors import Invalid
from genxu.organisation.assemblies.models import Motion
from genxu.organisation.assemblies.tally_actions import Attendance
from genxu.organisation.assemblies.tests import factories as assemblies
from genxu.people.models import Household
from genxu.places.collectives.actions import (
    Choices,
    Elected,
    change_charter,
    elect_officers,
    found_collective,
)
from genxu.places.collectives.member_intake import record_members
from genxu.places.collectives.models import Collective, Membership, Officer, ShareChange
from genxu.places.collectives.roll import Entry
from genxu.places.collectives.roll_actions import enter_member
from genxu.places.collectives.rows import MemberRow, ShareRow
from genxu.places.collectives.share_actions import give_shares, quantify_members
from genxu.places.collectives.share_intake import record_shares
from genxu.regions.batches import hamlets_of
from tests.cast import FAR, HOME, OPERATOR, PROVINCE, VILLAGE, Cast

FOUNDED = date(2019, 8, 1)
KINDS = ("member", "land", "rent")
FOUNDERS = {HOME: "secretary", VILLAGE: "village_staff", FAR: "far_secretary"}


def choices(**changes: Any) -> Choices:
    return Choices(**{"reserve_rate": 200, "kinds": KINDS} | changes)


def found(cast: Cast, place: str = HOME, **changes: Any) -> Collective:
    """Of 罗家洲, or another place; ``changes`` are of its charter."""
    return found_collective(
        actor=cast.actor(FOUNDERS[place]), hamlet=cast.hamlet(place), name="罗家洲经济合作社",
        since=FOUNDED, number="", choices=choices(**changes),
    )  # fmt: skip


def entry(name: str = "罗测一", **changes: Any) -> Entry:
    values = {"name": name, "birth_year": 1970, "since": FOUNDED, "gained": "founding"}
    return Entry(**values | changes)


def enter(
    cast: Cast, collective: Collective, home: Household | None = None, motion: Any = None,
    part: str = "bookkeeper", **changes: Any,
) -> Membership:  # fmt: skip
    return enter_member(
        actor=cast.actor(part), collective=fresh(collective), motion=motion,
        household=home or cast.households()[0], entry=entry(**changes),
    )  # fmt: skip


def settled(cast: Cast, place: str = HOME, **changes: Any) -> Collective:
    """One with two members in each of two households."""
    collective = found(cast, place, **changes)
    first, second = cast.households()[:2]
    for home, name, born in (
        (first, "罗测一", 1962), (first, "罗测小", 2012), (second, "罗测二", 1975),
        (second, "罗测梅", 1978),
    ):  # fmt: skip
        enter(cast, collective, home, name=name, birth_year=born)
    return fresh(collective)


def quantified(cast: Cast, **changes: Any) -> Collective:
    """Each of the four has a share, the first household brought in ten mu for five more."""
    collective = settled(cast, **changes)
    quantify_members(actor=cast.actor("bookkeeper"), collective=collective, day=FOUNDED)
    give(cast, collective)
    return fresh(collective)


def give(cast: Cast, collective: Collective, **changes: Any) -> ShareChange:
    values = {
        "actor": cast.actor("bookkeeper"), "collective": fresh(collective), "kind": "land",
        "household": cast.households()[0], "quantity": 500, "day": date(2020, 1, 1), "area": 1000,
    }  # fmt: skip
    return give_shares(**values | changes)


def rechartered(cast: Cast) -> Collective:
    """Its charter was changed once."""
    collective = found(cast)
    change_charter(
        actor=cast.actor("secretary"), collective=collective, since=date(2024, 1, 1),
        choices=choices(reserve_rate=300), motion=decided(cast, "charter"),
    )  # fmt: skip
    return fresh(collective)


def elected(cast: Cast, collective: Collective, chair: str = "罗测一") -> list[Officer]:
    """A board of three, the last of whom has not said yet that she is no relative; a supervisor."""
    offices = ("chair", "board", "board", "supervisor")
    names = (chair, "罗测仁", "罗测义", "罗测梅")
    people = [Elected(name, office, n != 1) for n, (name, office) in
              enumerate(zip(names, offices, strict=True))]  # fmt: skip
    elect_officers(actor=cast.actor(FOUNDERS[collective.place_id]), collective=fresh(collective),
                   elected=people,
                   since=date(2024, 3, 1))  # fmt: skip
    return list(collective.officers.order_by("pk"))


def decided(
    cast: Cast, kind: str, text: str = "成员大会的决定", votes: int = 90, **changes: Any
) -> Motion:
    """A question of this kind that the members' meeting of HOME carried: 100 are due."""
    about = {"body": "collective_members", "basis": "persons", "due": 100,
             "questions": ((text, kind),)}  # fmt: skip
    held = assemblies.held(cast, Attendance(95), **about | changes)
    motion = assemblies.first(held)
    return assemblies.tally_motion(
        actor=cast.actor("secretary"), assembly=held, motion=motion,
        tally=assemblies.Tally(votes, 95 - votes, 0),
    )  # fmt: skip


@contextmanager
def refused(*fields: str) -> Iterator[None]:
    """What happens within is refused at these fields, and at no others."""
    with pytest.raises(Invalid) as found:
        yield
    assert set(found.value.fields) == set(fields)


def fresh(collective: Collective) -> Collective:
    return Collective.objects.select_related("place").get(pk=collective.pk)


def member_row(name: str = "罗测一", number: int = 1, **changes: Any) -> MemberRow:
    values = {"hamlet": HOME, "household_number": number, "name": name, "birth_year": 1970,
              "since": FOUNDED}  # fmt: skip
    return MemberRow(**values | changes)


def share_row(number: int = 1, **changes: Any) -> ShareRow:
    values = {"hamlet": HOME, "household_number": number, "kind": "member", "quantity": 100,
              "day": FOUNDED}  # fmt: skip
    return ShareRow(**values | changes)


def record(cast: Cast, *rows: Any, **changes: Any) -> None:
    """Enter rows as the importer does."""
    take = record_members if isinstance(rows[0], MemberRow) else record_shares
    values = {
        "actor": OPERATOR, "place": cast.hamlet(PROVINCE), "rows": rows, "count": len(rows),
        "hamlets": hamlets_of(rows),
    }  # fmt: skip
    take(**values | changes)
