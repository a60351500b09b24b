"""Organisations and members from the books: planned, taken in, the same again, what is wrong."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.errors import Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.core.sheets.outcomes import Fate, Outcome
from genxu.core.sheets.values import choice
from genxu.organisation.branches import sheets
from genxu.organisation.branches.member_intake import MemberIntake, record_members
from genxu.organisation.branches.models import Member, Organisation, ServedHamlet
from genxu.organisation.branches.organisation_intake import (
    OrganisationIntake,
    register_organisations,
)
from genxu.organisation.branches.rows import MemberRow, OrganisationRow
from genxu.people.models import Account
from genxu.people.roles import Role
from genxu.regions.actions import Row, import_regions
from genxu.regions.codes import Level
from genxu.regions.models import Region
from tests.cast import (
    FAR,
    HOME,
    NEIGHBOUR,
    NEXT_HAMLET,
    NEXT_VILLAGE,
    OPERATOR,
    TOWNSHIP,
    VILLAGE,
    Cast,
    Enter,
)

from .factories import Kind, drafted, founded

FOUNDED = date(2022, 6, 20)
BRANCH = OrganisationRow(HOME, "branch", "罗家洲党支部", FOUNDED)
GROUP = OrganisationRow(NEIGHBOUR, "party_group", "", FOUNDED)
LEADER = MemberRow(HOME, "罗测甲", "13800000001", "full", "secretary", "veteran")


def register(rows: Sequence[OrganisationRow], actor: Actor = OPERATOR, at: str = TOWNSHIP) -> None:
    hamlets = sorted({row.hamlet for row in rows})
    register_organisations(
        actor=actor, place=Region.objects.get(code=at), rows=rows, count=len(rows), hamlets=hamlets
    )


def record(rows: Sequence[MemberRow], actor: Actor = OPERATOR, at: str = TOWNSHIP) -> None:
    hamlets = sorted({row.hamlet for row in rows})
    record_members(
        actor=actor, place=Region.objects.get(code=at), rows=rows, count=len(rows), hamlets=hamlets
    )


def fates(outcomes: Sequence[Outcome]) -> list[str]:
    return [one.fate.value for one in outcomes]


def fields(outcomes: Sequence[Outcome]) -> list[set[str]]:
    return [set(one.problems) for one in outcomes]


def test_organisations_that_stand_already_are_founded_at_once(cast: Cast) -> None:
    assert fates(OrganisationIntake.plan([BRANCH, GROUP])) == ["new", "new"]
    register([BRANCH, GROUP], cast.actor("township_staff"))
    branch, group = Organisation.objects.order_by("hamlet")
    assert (branch.state, branch.founded_on, branch.term_ends_on) == (
        "founded", FOUNDED, date(2027, 6, 20),
    )  # fmt: skip
    assert (group.name, group.term_ends_on) == ("港边湾党小组", None)
    assert {(s.hamlet_id, s.since) for s in ServedHamlet.objects.all()} == {
        (HOME, FOUNDED), (NEIGHBOUR, FOUNDED),
    }  # fmt: skip
    assert [step.step for step in branch.steps.all()] == ["register"]
    entry = JournalEntry.objects.filter(action="branches.register_organisations").latest("pk")
    assert (entry.detail["count"], entry.detail["hamlets"]) == (2, [HOME, NEIGHBOUR])


def test_a_joint_branch_is_corrected_only_where_its_seat_lies(cast: Cast) -> None:
    """What changes at a place has an entry in the journal there."""
    joint = replace(BRANCH, kind="joint_branch")
    register([joint, replace(joint, hamlet=NEXT_HAMLET)])
    changed = replace(joint, hamlet=NEXT_HAMLET, name="两湾联合党支部")
    village, township = (Region.objects.get(code=code) for code in (NEXT_VILLAGE, TOWNSHIP))
    assert fields(OrganisationIntake.plan([changed], village)) == [{"hamlet"}]
    assert fates(OrganisationIntake.plan([changed], township)) == ["changed"]
    assert fates(OrganisationIntake.plan([replace(changed, name="")], village)) == ["same"]


def test_the_same_rows_again_change_nothing(cast: Cast) -> None:
    register([BRANCH, GROUP])
    before = list(Organisation.objects.order_by("pk").values())
    assert fates(OrganisationIntake.plan([BRANCH, GROUP])) == ["same", "same"]
    assert fates(OrganisationIntake.plan([replace(BRANCH, name="", founded_on=None)])) == ["same"]
    register([BRANCH, GROUP, GROUP])
    assert list(Organisation.objects.order_by("pk").values()) == before


def test_a_changed_row_corrects_name_and_term(cast: Cast) -> None:
    register([BRANCH])
    changed = replace(BRANCH, name="罗家洲湾党支部", term_ends_on=date(2028, 1, 1))
    assert fates(OrganisationIntake.plan([changed])) == ["changed"]
    register([changed])
    one = Organisation.objects.get()
    assert (one.name, one.term_ends_on, one.founded_on) == (
        "罗家洲湾党支部", date(2028, 1, 1), FOUNDED,
    )  # fmt: skip
    assert one.version == 2


def test_a_joint_branch_has_a_row_for_each_of_its_hamlets(cast: Cast) -> None:
    row = OrganisationRow(HOME, "joint_branch", "港东联合党支部", FOUNDED)
    register([row, replace(row, hamlet=NEIGHBOUR)])
    one = Organisation.objects.get()
    assert {s.hamlet_id for s in one.served.all()} == {HOME, NEIGHBOUR}
    more = replace(row, hamlet=NEXT_HAMLET)
    assert fates(OrganisationIntake.plan([row, more])) == ["same", "new"]
    register([more])
    assert one.served.count() == 3
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (replace(BRANCH, kind="royal"), "kind"),
        (replace(BRANCH, founded_on=None), "founded_on"),
        (replace(BRANCH, founded_on=date(2099, 1, 1)), "founded_on"),
        (replace(BRANCH, term_ends_on=FOUNDED), "term_ends_on"),
        (replace(BRANCH, name="党" * 61), "name"),
        (replace(BRANCH, hamlet="421221104202777"), "hamlet"),
        (replace(BRANCH, hamlet=VILLAGE), "hamlet"),
        (replace(BRANCH, hamlet=FAR), "hamlet"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    cast: Cast, row: OrganisationRow, field: str
) -> None:
    place = Region.objects.get(code=TOWNSHIP)
    assert fields(OrganisationIntake.plan([GROUP, row], place)) == [set(), {field}]
    with pytest.raises(Invalid) as error:
        register([GROUP, row])
    assert set(error.value.fields) == {f"rows-1-{field}"}
    assert not Organisation.objects.exists()


def test_another_kind_or_one_in_preparation_is_refused(cast: Cast) -> None:
    founded(cast)
    drafted(cast, Kind.PARTY_GROUP, NEIGHBOUR)
    rows = [replace(BRANCH, kind="party_group"), GROUP]
    assert fields(OrganisationIntake.plan(rows)) == [{"kind"}, {"hamlet"}]


def test_two_rows_that_contradict_each_other_are_refused(cast: Cast) -> None:
    rows = [BRANCH, replace(BRANCH, founded_on=date(2021, 1, 1))]
    assert fates(OrganisationIntake.plan(rows)) == ["new", "wrong"]


def test_the_township_takes_in_and_nobody_below_or_outside(cast: Cast) -> None:
    for part in ("secretary", "village_staff", "county_staff", "far_township_staff"):
        with pytest.raises(Denied):
            register([BRANCH], cast.actor(part))


def test_rows_that_were_not_announced_are_refused(cast: Cast) -> None:
    place = Region.objects.get(code=TOWNSHIP)
    for count, hamlets in ((2, [HOME]), (1, [HOME, NEIGHBOUR]), (1, [])):
        with pytest.raises(Invalid):
            register_organisations(
                actor=OPERATOR, place=place, rows=[BRANCH], count=count, hamlets=hamlets
            )


def test_members_come_with_the_role_of_who_leads(cast: Cast) -> None:
    register([BRANCH, GROUP])
    rows = [LEADER, MemberRow(HOME, "罗测乙", "", "probationary"),
            MemberRow(NEIGHBOUR, "港测甲", "13800000002", "full", "leader")]  # fmt: skip
    assert fates(MemberIntake.plan(rows)) == ["new"] * 3
    record(rows)
    for phone, place in (("13800000001", HOME), ("13800000002", NEIGHBOUR)):
        account = Account.objects.get(phone=phone)
        assert account.actor().holds_at([Role.SECRETARY], place)
        assert Member.objects.get(phone=phone).account == account
    assert fates(MemberIntake.plan(rows)) == ["same"] * 3
    record(rows)
    assert Member.objects.count() == 3


def test_a_changed_row_corrects_the_member(cast: Cast) -> None:
    register([BRANCH])
    record([LEADER, MemberRow(HOME, "罗测乙", "", "probationary")])
    rows = [replace(LEADER, background=""), MemberRow(HOME, "罗测乙", "13800000003", "full")]
    assert fates(MemberIntake.plan(rows)) == ["same", "changed"]
    record(rows)
    second = Member.objects.get(name="罗测乙")
    assert (second.phone, second.kind) == ("13800000003", "full")
    assert Member.objects.get(name="罗测甲").background == "veteran"


def test_another_secretary_takes_over_when_the_old_one_is_named_first(cast: Cast) -> None:
    register([BRANCH])
    new = MemberRow(HOME, "罗测乙", "13800000003", "full", "secretary")
    record([LEADER])
    assert fields(MemberIntake.plan([new])) == [{"duty"}]
    record([replace(LEADER, duty=""), new])
    holders = {a.phone for a in Account.objects.filter(
        grants__role=Role.SECRETARY, grants__place=HOME, phone__startswith="138")}  # fmt: skip
    assert holders == {"13800000003"}


def test_a_list_without_duties_deposes_nobody(cast: Cast) -> None:
    """By the form too a standing organisation is led by somebody at every moment."""
    register([BRANCH])
    record([LEADER])
    rows = [replace(LEADER, duty=""), MemberRow(HOME, "罗测乙", "13800000003", "full")]
    assert fields(MemberIntake.plan(rows)) == [{"duty"}, set()]
    with pytest.raises(Invalid):
        record(rows, cast.actor("village_staff"), VILLAGE)
    assert Account.objects.get(phone=LEADER.phone).actor().holds_at([Role.SECRETARY], HOME)


def test_members_of_a_joint_branch_are_taken_in_where_its_seat_is(cast: Cast) -> None:
    """Else the village of another of its hamlets would say who leads it, and get the role there."""
    joint = OrganisationRow(HOME, "joint_branch", "港山联合党支部", FOUNDED)
    register([joint, replace(joint, hamlet=NEXT_HAMLET)])
    row = MemberRow(NEXT_HAMLET, "山测甲", "13800000009", "full", "secretary")
    next_village = Region.objects.get(code=NEXT_VILLAGE)
    assert fields(MemberIntake.plan([row], next_village)) == [{"hamlet"}]
    with pytest.raises(Invalid):
        record([row], cast.actor("next_village_staff"), NEXT_VILLAGE)
    assert not Account.objects.filter(phone=row.phone).exists()
    record([row], cast.actor("township_staff"))
    assert Account.objects.get(phone=row.phone).actor().holds_at([Role.SECRETARY], HOME)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (replace(LEADER, name=" "), "name"),
        (replace(LEADER, name="长" * 41), "name"),
        (replace(LEADER, name="罗\u0007测"), "name"),
        (replace(LEADER, phone="12"), "phone"),
        (replace(LEADER, kind=""), "kind"),
        (replace(LEADER, kind="probationary"), "duty"),
        (replace(LEADER, duty="king"), "duty"),
        (replace(LEADER, duty="leader"), "duty"),
        (replace(LEADER, background="royal"), "background"),
        (replace(LEADER, hamlet=FAR), "hamlet"),
        (replace(LEADER, hamlet=NEXT_HAMLET), "hamlet"),
    ],
)
def test_a_wrong_member_is_refused_with_its_field(cast: Cast, row: MemberRow, field: str) -> None:
    register([BRANCH, GROUP])
    place = Region.objects.get(code=TOWNSHIP)
    assert fields(MemberIntake.plan([row], place)) == [{field}]
    with pytest.raises(Invalid):
        record([row])
    assert not Member.objects.exists()


def test_warnings_do_not_stop_a_row(cast: Cast) -> None:
    register([BRANCH])
    rows = [replace(LEADER, phone=""), MemberRow(HOME, "罗测乙", "13800000003", "full"),
            MemberRow(HOME, "罗测乙", "13800000004", "full")]  # fmt: skip
    outcomes = MemberIntake.plan(rows)
    assert fates(outcomes) == ["new"] * 3
    assert [set(one.warnings) for one in outcomes] == [{"phone"}, set(), {"name"}]
    record(rows)
    assert Member.objects.count() == 3


def test_two_of_one_name_are_two_even_if_one_has_no_phone_number(cast: Cast) -> None:
    register([BRANCH])
    rows = [MemberRow(HOME, "罗测乙", "", "full"),
            MemberRow(HOME, "罗测乙", "13800000003", "probationary")]  # fmt: skip
    record(rows[:1])
    assert fates(MemberIntake.plan(rows[1:])) == ["changed"]  # alone it is the same person's number
    assert fates(MemberIntake.plan(rows)) == ["same", "new"]
    assert fates(MemberIntake.plan(rows[::-1])) == ["new", "same"]
    record(rows)
    assert fates(MemberIntake.plan(rows)) == ["same", "same"]
    assert Member.objects.count() == 2


def test_the_keepers_record_members_and_nobody_else(cast: Cast) -> None:
    register([BRANCH])
    for part in ("secretary", "village_staff", "township_staff"):
        record([LEADER], cast.actor(part), HOME if part == "secretary" else VILLAGE)
    for part in ("county_staff", "centre_household", "far_secretary"):
        with pytest.raises(Denied):
            record([LEADER], cast.actor(part), HOME)


def many(count: int) -> list[str]:
    rows = [
        Row(f"{VILLAGE}{n:03d}", f"湾{n}", Level.HAMLET, VILLAGE) for n in range(100, 100 + count)
    ]
    import_regions(actor=OPERATOR, rows=rows, count=len(rows))
    return [row.code for row in rows]


def queries(work: Any, *args: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        work(*args)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_rows(cast: Cast) -> None:
    few, more = [], []
    for n, code in enumerate(many(60)):
        (few if n < 3 else more).append(code)
    seen = []
    for codes in (few, more):
        rows = [OrganisationRow(code, "branch", "", FOUNDED) for code in codes]
        members = [MemberRow(code, f"员{n}", f"1380000{int(code) % 10000:04d}" if n == 0 else "",
                             "full", "secretary" if n == 0 else "")
                   for code in codes for n in range(4)]  # fmt: skip
        counts = [queries(OrganisationIntake.plan, rows), queries(register, rows)]
        seen.append([*counts, queries(MemberIntake.plan, members), queries(record, members)])
    assert seen[1] == seen[0]
    assert seen[0][0] <= 2
    assert seen[0][2] <= 3
    assert Account.objects.filter(phone__startswith="1380000").count() == 60


names = st.sampled_from(["甲", "乙", "丙"])
member_rows = st.lists(
    st.builds(
        MemberRow,
        hamlet=st.sampled_from([HOME, NEIGHBOUR]),
        name=names,
        phone=st.sampled_from(["", "13800000001", "13800000002"]),
        kind=st.sampled_from(["full", "probationary"]),
        duty=st.sampled_from(["", "", "secretary", "leader", "deputy"]),
    ),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60,
          deadline=None)  # fmt: skip
@given(member_rows)
def test_what_is_planned_happens_and_then_nothing_more(cast: Cast, rows: list[MemberRow]) -> None:
    from django.db import transaction

    with transaction.atomic():
        register([BRANCH, GROUP])
        good = [row for row, one in zip(rows, MemberIntake.plan(rows), strict=True)
                if one.fate is not Fate.WRONG]  # fmt: skip
        planned = MemberIntake.plan(good)
        if all(one.fate is not Fate.WRONG for one in planned) and good:
            record(good)
            new = sum(one.fate is Fate.NEW for one in planned)
            assert Member.objects.count() == new
            again = MemberIntake.plan(good)
            assert not [one for one in again if one.fate is Fate.NEW]
            for organisation in Organisation.objects.all():
                heads = organisation.members.filter(duty__in=("secretary", "leader"))
                assert heads.count() <= 1
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("words", "values"),
    [(sheets.KINDS, Kind), (sheets.MEMBERS, Member.Kind), (sheets.DUTIES, Member.Duty),
     (sheets.BACKGROUNDS, Member.Background)],
)  # fmt: skip
def test_what_an_export_says_an_import_understands(words: Any, values: Any) -> None:
    read = choice(words)
    assert [read(str(one.label)) for one in values if one.value] == [v for v in values.values if v]


def test_an_organisation_without_members_is_not_scolded(cast: Cast, enter: Enter) -> None:
    register([BRANCH])
    one = Organisation.objects.get()
    page = enter("secretary").get(f"/organisations/{one.pk}/")
    assert page.context["standing"].faults == []
    assert one.term_ends_on == date(2027, 6, 20)
    assert clock.today() < one.term_ends_on
