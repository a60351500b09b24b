"""Rolls and registers from spreadsheets: what is there stays, what does not come out is refused."""

from datetime import date
from typing import Any

import pytest

from genxu.core.errors import Invalid
from genxu.core.sheets.outcomes import Fate
from genxu.core.sheets.values import Unreadable
from genxu.places.collectives.member_intake import MemberIntake, record_members
from genxu.places.collectives.models import Membership, ShareChange
from genxu.places.collectives.queries import register_on
from genxu.places.collectives.share_intake import ShareIntake
from genxu.places.collectives.sheets import MEMBERS, SHARES
from tests.cast import FAR, VILLAGE, Cast

from . import factories as made


def fates(intake: Any, *rows: Any) -> list[Fate]:
    return [one.fate for one in intake.plan(rows)]


def test_members_come_in_once_and_a_second_time_change_nothing(cast: Cast) -> None:
    collective = made.found(cast)
    rows = [
        made.member_row(),
        made.member_row("罗测小", birth_year=2012),
        made.member_row("罗测二", 2),
    ]
    made.record(cast, *rows)
    assert collective.memberships.on_day(made.FOUNDED).count() == 3
    assert all(one.history() for one in Membership.objects.all())
    assert fates(MemberIntake, *rows) == [Fate.SAME] * 3
    later = made.member_row(since=date(2020, 1, 1))
    assert fates(MemberIntake, later) == [Fate.WRONG]


def test_a_person_twice_in_a_sheet_is_told(cast: Cast) -> None:
    made.found(cast)
    again = made.member_row(birth_year=1999)
    assert fates(MemberIntake, made.member_row(), made.member_row()) == [Fate.NEW, Fate.WRONG]
    assert fates(MemberIntake, made.member_row(), again) == [Fate.NEW, Fate.WRONG]
    apart = made.member_row(birth_year=1999, apart=True)
    assert fates(MemberIntake, made.member_row(), apart) == [Fate.NEW, Fate.NEW]


def test_rows_go_to_the_collective_that_is_meant(cast: Cast) -> None:
    assert fates(MemberIntake, made.member_row()) == [Fate.WRONG]
    village = made.found(cast, VILLAGE)
    made.record(cast, made.member_row())
    own = made.found(cast)
    made.record(cast, made.member_row(), made.member_row("罗测二", 2, level="village"))
    assert (village.memberships.count(), own.memberships.count()) == (2, 1)
    assert fates(MemberIntake, made.member_row("罗测九", 99)) == [Fate.WRONG]


def test_nobody_enters_rows_of_elsewhere(cast: Cast) -> None:
    made.found(cast, FAR)
    row = made.member_row(hamlet=FAR)
    with pytest.raises(Invalid):
        record_members(actor=cast.actor("bookkeeper"), place=cast.hamlet(VILLAGE), rows=[row],
                       count=1, hamlets=[FAR])  # fmt: skip


def test_shares_come_out_at_the_whole_or_are_all_refused(cast: Cast) -> None:
    collective = made.settled(cast, whole=400)
    rows = [
        made.share_row(name="罗测一"),
        made.share_row(name="罗测小"),
        made.share_row(2, name="罗测二"),
    ]
    assert fates(ShareIntake, *rows) == [Fate.WRONG] * 3
    rows.append(made.share_row(2, name="罗测梅"))
    made.record(cast, *rows)
    assert sum(one.quantity for one in register_on(collective, made.FOUNDED)) == 400
    assert fates(ShareIntake, *rows) == [Fate.SAME] * 4


def test_a_share_of_nothing_or_of_nobody_is_refused_in_a_sheet(cast: Cast) -> None:
    made.settled(cast)
    for row in (made.share_row(quantity=0), made.share_row(name="外测人"), made.share_row(3),
                made.share_row(kind="land"), made.share_row(kind="other"),
                made.share_row(day=date(2018, 1, 1))):  # fmt: skip
        assert fates(ShareIntake, row) == [Fate.WRONG], row
    made.record(cast, made.share_row(kind="land", area=1000, quantity=500))
    assert ShareChange.objects.get().reason == "brought"


def test_what_people_type_in_cells_is_read(cast: Cast) -> None:
    read = {one.key: one.read for one in (*MEMBERS.columns, *SHARES.columns)}
    assert read["quantity"]("２.５股") == 250
    assert read["quantity"]("1,200") == 120_000
    assert read["area"]("10亩") == 1000
    assert read["gained"]("婚入") == "marriage"
    assert read["kind"]("土地股") == "land"
    assert read["apart"]("是") is True
    assert read["level"]("村级") == "village"
    for wrong in ("0", "-1", "0.005", "一股"):
        with pytest.raises(Unreadable):
            read["quantity"](wrong)


def test_who_came_after_the_first_rows_of_a_sheet_gets_no_share_where_they_stay(cast: Cast) -> None:
    collective = made.settled(cast)
    made.enter(cast, collective, name="罗测宝", birth_year=2025, since=date(2025, 1, 1),
               gained="birth")  # fmt: skip
    rows = [made.share_row(name="罗测一"), made.share_row(name="罗测宝", day=date(2025, 1, 1))]
    assert fates(ShareIntake, *rows) == [Fate.NEW, Fate.WRONG]
    assert fates(ShareIntake, rows[0]) == [Fate.NEW]
