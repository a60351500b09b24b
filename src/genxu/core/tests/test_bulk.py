"""Rows poured in by the database's fast road are what Django would have written."""

from datetime import date

from genxu.core.bulk import insert_rows
from genxu.organisation.councils.models import Council, Seat
from genxu.people.models import Household
from tests.cast import HOME, Cast


def test_what_is_left_out_takes_its_default(cast: Cast) -> None:
    insert_rows(
        Household, ("hamlet", "number", "head_name", "head_count"), [(HOME, 90, "罗测十", 2)]
    )
    one = Household.objects.get(hamlet=HOME, number=90)
    assert (one.phone, one.initials, one.version) == ("", "", 1)
    assert one.left_on is None
    assert one.merged_into is None


def test_lists_and_truth_are_written_as_django_reads_them(cast: Cast) -> None:
    day = date(2025, 5, 1)
    insert_rows(Council, ("id", "hamlet", "formed_on", "term_ends_on"), [(7001, HOME, day, day)])
    insert_rows(Seat, ("council", "hamlet", "name", "since"), [(7001, HOME, "罗测十", day)])
    seat = Seat.objects.get(council=7001)
    assert seat.groups == []
    assert seat.shown is False
    assert (seat.duty, seat.since) == (Seat.Duty.MEMBER, day)


def test_the_next_key_follows_those_given_by_hand(cast: Cast) -> None:
    day = date(2025, 5, 1)
    insert_rows(Council, ("id", "hamlet", "formed_on", "term_ends_on"), [(7001, HOME, day, day)])
    other = Council.objects.create(hamlet_id=f"{HOME[:-1]}2", formed_on=day, term_ends_on=day)
    assert other.pk > 7001
