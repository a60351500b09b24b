"""Two people at the same moment: one acts, the other is told, and nothing is there twice."""

from collections.abc import Callable
from typing import Any

import pytest

from genxu.core.errors import Refusal
from genxu.core.tests.test_actions import at_once
from genxu.organisation.branches.models import Member, Organisation, ServedHamlet
from genxu.organisation.branches.rows import MemberRow, OrganisationRow
from genxu.people.models import Account, Grant
from genxu.people.roles import Role
from genxu.regions.models import Region
from tests.cast import HOME, NEIGHBOUR, OPERATOR, Cast

from .factories import LEADER_PHONE, Kind, approve, drafted, founded, in_state
from .test_registering import BRANCH, FOUNDED, record, register

pytestmark = pytest.mark.django_db(transaction=True)


def both(work: Callable[[], Any]) -> list[str]:
    """What became of two at once: "done", or the refusal."""
    return sorted(
        type(one).__name__ if isinstance(one, Exception) else "done" for one in at_once(2, work)
    )


def test_two_who_prepare_one_for_the_same_hamlet(cast: Cast) -> None:
    assert both(lambda: drafted(cast)) == ["Invalid", "done"]
    assert ServedHamlet.objects.filter(hamlet=HOME, until=None).count() == 1
    assert Organisation.objects.count() == 1


def test_two_joint_branches_with_crossed_seats(cast: Cast) -> None:
    pairs = iter([(HOME, NEIGHBOUR), (NEIGHBOUR, HOME)])

    def work() -> Organisation:
        seat, other = next(pairs)
        return drafted(cast, Kind.JOINT_BRANCH, seat, [other])

    assert both(work) == ["Invalid", "done"]


def test_two_who_approve(cast: Cast) -> None:
    one = in_state(cast, "requested")
    assert both(lambda: approve(cast, one)) == ["Conflict", "done"]
    assert one.steps.filter(step="approve").count() == 1


def test_the_same_books_taken_in_twice(cast: Cast) -> None:
    rows = [MemberRow(HOME, "罗测甲", LEADER_PHONE, "full", "secretary"),
            MemberRow(HOME, "罗测乙", "", "full")]  # fmt: skip

    def work() -> Region:
        register([BRANCH])
        record(rows)
        return cast.home

    assert both(work) == ["done", "done"]
    assert Organisation.objects.count() == 1
    assert Member.objects.count() == 2
    assert Account.objects.filter(phone=LEADER_PHONE).count() == 1


def test_the_same_person_leads_two_at_once(cast: Cast) -> None:
    rows = [OrganisationRow(code, "party_group", "", FOUNDED) for code in (HOME, NEIGHBOUR)]
    register(rows)
    places = iter([HOME, NEIGHBOUR])

    def work() -> Region:
        record([MemberRow(next(places), "罗测甲", LEADER_PHONE, "full", "leader")])
        return cast.home

    assert both(work) == ["done", "done"]
    held = Grant.objects.filter(account__phone=LEADER_PHONE, role=Role.SECRETARY)
    assert set(held.values_list("place_id", flat=True)) == {HOME, NEIGHBOUR}


def test_a_refusal_leaves_nothing_half_done(cast: Cast) -> None:
    founded(cast)
    with pytest.raises(Refusal):
        register([OrganisationRow(NEIGHBOUR, "branch", "", FOUNDED),
                  OrganisationRow(HOME, "party_group", "", FOUNDED)], OPERATOR)  # fmt: skip
    assert not ServedHamlet.objects.filter(hamlet=NEIGHBOUR).exists()
