"""Rows of a spreadsheet and the pages of a council at the same moment: they follow each other."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from genxu.core.errors import Conflict, Invalid
from genxu.core.tests.following import follow
from genxu.organisation.councils.actions import change_seat, leave_seat, renew_council
from genxu.organisation.councils.customs import usual_end
from genxu.organisation.councils.models import Council, Seat
from genxu.organisation.councils.seats import SeatFacts
from tests.cast import NOW, Cast

from .factories import FORMED, form, record, row, seat_of

pytestmark = pytest.mark.django_db(transaction=True)
NEW_CHAIR = row("罗测礼", duty="chair")


def left_by_chair(cast: Cast, council: Council) -> Callable[[], Any]:
    chair = seat_of(council)
    return lambda: leave_seat.once(
        None,
        council.version,
        actor=cast.actor("secretary"),
        council=council,
        seat=chair,
    )


def renewed(cast: Cast, council: Council) -> Callable[[], Any]:
    today, seats = NOW.date(), list(council.seats.taken())
    return lambda: renew_council.once(
        None, council.version, actor=cast.actor("secretary"), council=council, formed_on=today,
        term_ends_on=usual_end(today), stay=seats,
    )  # fmt: skip


def chairs() -> list[str]:
    return list(Seat.objects.taken().filter(duty="chair").values_list("name", flat=True))


def test_rows_behind_a_page_find_the_seat_free(cast: Cast) -> None:
    council = form(cast)
    assert follow(left_by_chair(cast, council), lambda: record(cast, NEW_CHAIR)) is None
    assert chairs() == ["罗测礼"]
    council.refresh_from_db()
    assert council.version == 3


def test_rows_behind_a_page_are_told_that_the_seat_is_taken(cast: Cast) -> None:
    council = form(cast)
    left_by_chair(cast, council)()
    council.refresh_from_db()
    deputy = seat_of(council, "deputy")
    facts = SeatFacts(deputy.name, "chair")
    found = follow(
        lambda: change_seat(
            actor=cast.actor("secretary"), council=council, seat=deputy, facts=facts
        ),
        lambda: record(cast, NEW_CHAIR),
    )
    assert set(found.fields) == {"duty"}
    assert chairs() == [deputy.name]


def test_a_page_behind_rows_is_told(cast: Cast) -> None:
    council = form(cast)
    member = seat_of(council, "member")
    rows = [row(member.name, duty="member", groups=["vices"])]
    facts = SeatFacts(member.name, "member", ["health"], leads="health")
    found = follow(
        lambda: record(cast, *rows),
        lambda: change_seat.once(
            None, council.version, actor=cast.actor("secretary"), council=council, seat=member,
            facts=facts,
        ),
    )  # fmt: skip
    assert isinstance(found, Conflict)
    member.refresh_from_db()
    assert (member.groups, member.leads) == (["vices"], "")


def test_rows_behind_a_new_term_are_told_and_enter_it_the_next_time(cast: Cast) -> None:
    """An import tries three times; by then the new council can be locked."""
    council = form(cast)
    found = follow(renewed(cast, council), lambda: record(cast, row("罗测礼")))
    if found is not None:  # PostgreSQL: it had waited for the council that ended
        assert isinstance(found, Conflict)
        record(cast, row("罗测礼"))
    assert Council.objects.standing().get().seats.taken().count() == 6
    assert council.seats.taken().count() == 0


def test_a_new_term_behind_rows_is_told(cast: Cast) -> None:
    council = form(cast)
    work = renewed(cast, council)
    assert isinstance(follow(lambda: record(cast, row("罗测礼")), work), Conflict)
    assert Council.objects.get().seats.taken().count() == 6


def test_a_council_is_formed_once(cast: Cast) -> None:
    assert follow(lambda: form(cast), lambda: record(cast, row("罗测礼"))) is None
    assert Council.objects.get().seats.count() == 6


def test_the_form_behind_rows_finds_their_council(cast: Cast) -> None:
    assert isinstance(follow(lambda: record(cast, NEW_CHAIR), lambda: form(cast)), Conflict)
    assert Council.objects.get().seats.count() == 1


def test_rows_behind_rows_see_them(cast: Cast) -> None:
    form(cast)
    other = replace(NEW_CHAIR, duty="member", groups=["vices"])
    follow(lambda: record(cast, other), lambda: record(cast, other))
    assert Seat.objects.filter(name="罗测礼").count() == 1
    found = follow(lambda: record(cast, row("罗测智", formed_on=FORMED)),
                   lambda: record(cast, NEW_CHAIR))  # fmt: skip
    assert isinstance(found, Invalid)
    assert len(chairs()) == 1
