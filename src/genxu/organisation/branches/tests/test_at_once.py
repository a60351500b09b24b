"""Two people at the same moment: one acts, the other is told, and nothing is there twice."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from genxu.core.errors import Conflict, Invalid, Refusal
from genxu.core.tests.following import follow
from genxu.core.tests.test_actions import at_once
from genxu.organisation.branches import member_actions, term_actions
from genxu.organisation.branches.models import Member, Organisation, ServedHamlet
from genxu.organisation.branches.rows import MemberRow, OrganisationRow
from genxu.people.models import Account, Grant
from genxu.people.roles import Role
from genxu.regions.models import Region
from tests.cast import HOME, NEIGHBOUR, OPERATOR, Cast

from .factories import (
    LEADER_PHONE,
    Kind,
    admit,
    approve,
    drafted,
    founded,
    fresh,
    in_state,
    township,
)
from .test_registering import BRANCH, FOUNDED, LEADER, many, record, register

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


def taken_in(*rows: MemberRow) -> Organisation:
    """A branch from the books, with members from the books."""
    register([BRANCH])
    record(rows or [LEADER])
    return Organisation.objects.get()


def extend(cast: Cast, one: Organisation) -> Callable[[], Any]:
    return lambda: term_actions.extend_term.once(
        None,
        one.version,
        actor=township(cast),
        organisation=one,
        months=6,
        words="疫情",
    )


RENAMED = replace(BRANCH, name="罗家洲湾党支部")


def test_rows_behind_a_step_keep_what_it_changed(cast: Cast) -> None:
    one = taken_in()
    follow(extend(cast, one), lambda: register([RENAMED]))
    after = fresh(one)
    assert (after.name, after.extended, after.version) == (RENAMED.name, True, one.version + 2)
    assert after.term_ends_on > one.term_ends_on


def test_a_step_behind_rows_is_told(cast: Cast) -> None:
    one = taken_in()
    assert isinstance(follow(lambda: register([RENAMED]), extend(cast, one)), Conflict)
    assert (fresh(one).name, fresh(one).extended) == (RENAMED.name, False)


def test_rows_behind_the_end_of_an_organisation_found_another(cast: Cast) -> None:
    one = taken_in()
    follow(
        lambda: term_actions.close_organisation(
            actor=township(cast), organisation=one, words="合并"
        ),
        lambda: register([RENAMED]),
    )
    assert fresh(one).name == BRANCH.name
    assert ServedHamlet.objects.get(until=None).organisation.name == RENAMED.name


def test_organisations_behind_each_other_are_founded_once(cast: Cast) -> None:
    follow(lambda: register([BRANCH]), lambda: register([RENAMED]))
    one = Organisation.objects.get()
    assert (one.name, one.version) == (RENAMED.name, 2)


def test_a_joint_branch_is_new_in_one_of_two_batches(cast: Cast) -> None:
    row = OrganisationRow(HOME, "joint_branch", "港东联合党支部", FOUNDED)
    follow(lambda: register([row]), lambda: register([replace(row, hamlet=NEIGHBOUR)]))
    assert Organisation.objects.get().served.count() == 2


def test_a_draft_behind_rows_is_refused(cast: Cast) -> None:
    assert isinstance(follow(lambda: register([BRANCH]), lambda: drafted(cast)), Invalid)
    assert Organisation.objects.count() == 1


def test_members_behind_a_page_are_those_that_it_knows(cast: Cast) -> None:
    one = taken_in()
    row = MemberRow(HOME, "罗测乙", "", "probationary")
    follow(lambda: admit(cast, one, "罗测乙"), lambda: record([LEADER, row]))
    assert one.members.get(name="罗测乙").kind == "probationary"


def test_a_page_behind_members_finds_them(cast: Cast) -> None:
    one = taken_in()
    rows = [MemberRow(HOME, "罗测乙", "", "full")]
    assert isinstance(follow(lambda: record(rows), lambda: admit(cast, one, "罗测乙")), Invalid)
    assert one.members.count() == 2


def test_duties_given_out_behind_members_do_not_undo_theirs(cast: Cast) -> None:
    second = MemberRow(HOME, "罗测乙", "13800000002", "full")
    one = taken_in(LEADER, second)
    shown = [(member.pk, member.duty) for member in one.members.all()]
    rows = [replace(LEADER, duty=""), replace(second, duty="secretary")]
    found = follow(
        lambda: record(rows),
        lambda: member_actions.change_duties.once(
            None,
            one.version,
            actor=township(cast),
            organisation=one,
            duties=shown,
        ),
    )
    assert isinstance(found, Conflict)
    assert one.members.get(duty="secretary").name == "罗测乙"


def test_members_behind_duties_given_out_are_planned_on_them(cast: Cast) -> None:
    second = MemberRow(HOME, "罗测乙", "13800000002", "full")
    one = taken_in(LEADER, second)
    duties = {"罗测甲": "", "罗测乙": "secretary"}
    found = follow(
        lambda: member_actions.change_duties(
            actor=township(cast), organisation=one,
            duties=[(member.pk, duties[member.name]) for member in one.members.all()],
        ),
        lambda: record([LEADER]),
    )  # fmt: skip
    assert isinstance(found, Invalid)
    assert one.members.get(duty="secretary").name == "罗测乙"


def test_members_behind_members_are_recorded_once(cast: Cast) -> None:
    register([BRANCH])
    rows = [LEADER, MemberRow(HOME, "罗测乙", "", "full")]
    follow(lambda: record(rows), lambda: record(rows))
    assert Member.objects.count() == 2
    assert Account.objects.filter(phone=LEADER.phone).count() == 1


def test_the_same_people_lead_elsewhere_in_another_order(cast: Cast) -> None:
    """Accounts are opened in one order, or two batches would wait for each other."""
    codes = many(60)
    register([OrganisationRow(code, "branch", "", FOUNDED) for code in codes])
    phones = [f"137000000{n:02d}" for n in range(30)]
    halves = iter([list(zip(codes[:30], phones, strict=True)),
                   list(zip(codes[30:], phones[::-1], strict=True))])  # fmt: skip

    def work() -> Region:
        record([MemberRow(code, "罗测甲", phone, "full", "secretary")
                for code, phone in next(halves)])  # fmt: skip
        return cast.home

    assert both(work) == ["done", "done"]
    assert Account.objects.filter(phone__in=phones).count() == 30
    assert Grant.objects.filter(account__phone__in=phones).count() == 60
