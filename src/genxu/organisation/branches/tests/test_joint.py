"""Joint branches: several hamlets of one township with fewer than three full members each."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from genxu.core.errors import Conflict, Invalid
from genxu.organisation.branches import actions, member_actions
from genxu.organisation.branches.models import Organisation, ServedHamlet
from genxu.organisation.branches.queries import organisations_of, secretary_of
from genxu.organisation.branches.workflow import State
from genxu.people.models import Grant
from genxu.people.roles import Role
from tests.cast import FAR, HOME, NEIGHBOUR, NEXT_HAMLET, OPERATOR, Cast, Enter

from .factories import LEADER_PHONE, Kind, admit, bring_to, drafted, joint, keeper, township

FROM = re.compile(r'FROM "(\w+)"')


def roles_at(code: str) -> set[str]:
    held = Grant.objects.filter(place=code, role=Role.SECRETARY)
    return set(held.values_list("account__phone", flat=True))


def test_it_serves_several_hamlets_and_its_secretary_works_in_each(cast: Cast) -> None:
    one = bring_to(cast, joint(cast), State.FOUNDED)
    found = organisations_of([HOME, NEIGHBOUR, FAR])
    assert {code: o.pk for code, o in found.items()} == {HOME: one.pk, NEIGHBOUR: one.pk}
    assert [head.name for head in found[NEIGHBOUR].heads] == ["罗测甲"]
    head = secretary_of(one)
    assert head is not None
    assert head.name == "罗测甲"
    assert LEADER_PHONE in roles_at(HOME) & roles_at(NEIGHBOUR)


def test_closing_it_frees_every_hamlet_and_takes_every_role(cast: Cast) -> None:
    one = bring_to(cast, joint(cast), State.CLOSED)
    assert LEADER_PHONE not in roles_at(HOME) | roles_at(NEIGHBOUR)
    assert not ServedHamlet.objects.filter(organisation=one, until=None).exists()
    assert organisations_of([HOME, NEIGHBOUR]) == {}
    assert drafted(cast, Kind.PARTY_GROUP, NEIGHBOUR).state == State.DRAFTED


@pytest.mark.parametrize(("home", "neighbour"), [(3, 1), (1, 3), (1, 1)])
def test_it_is_for_hamlets_with_fewer_than_three_and_needs_three_in_all(
    cast: Cast, home: int, neighbour: int
) -> None:
    one = joint(cast, home, neighbour)
    with pytest.raises(Conflict, match="条例"):
        actions.request_founding(actor=township(cast), organisation=one)


def test_it_may_cross_villages_but_not_townships(cast: Cast) -> None:
    one = drafted(cast, Kind.JOINT_BRANCH, HOME, [NEXT_HAMLET])
    assert one.served.count() == 2
    with pytest.raises(Invalid) as error:
        actions.draft_organisation(
            actor=OPERATOR, hamlet=cast.hamlet(NEIGHBOUR), kind=Kind.JOINT_BRANCH,
            hamlets=[cast.hamlet(FAR)],
        )  # fmt: skip
    assert set(error.value.fields) == {"hamlets"}


def test_a_secretary_prepares_none_for_her_neighbours(cast: Cast) -> None:
    with pytest.raises(Invalid) as error:
        actions.draft_organisation(
            actor=keeper(cast), hamlet=cast.home, kind=Kind.JOINT_BRANCH,
            hamlets=[cast.hamlet(NEIGHBOUR)],
        )  # fmt: skip
    assert "港边湾" in str(error.value.fields["hamlets"])


@pytest.mark.parametrize("kind", [Kind.BRANCH, Kind.PARTY_GROUP])
def test_only_a_joint_branch_serves_several(cast: Cast, kind: str) -> None:
    with pytest.raises(Invalid):
        drafted(cast, Kind.JOINT_BRANCH, HOME, [])
    with pytest.raises(Invalid):
        drafted(cast, kind, HOME, [NEIGHBOUR])


def test_a_hamlet_that_is_taken_joins_no_other(cast: Cast) -> None:
    drafted(cast, Kind.PARTY_GROUP, NEIGHBOUR)
    with pytest.raises(Invalid) as error:
        drafted(cast, Kind.JOINT_BRANCH, HOME, [NEIGHBOUR])
    assert "港边湾" in str(error.value.fields["hamlets"])
    assert not ServedHamlet.objects.filter(hamlet=HOME).exists()


def test_the_draft_takes_another_hamlet_and_lets_one_go(cast: Cast) -> None:
    one = drafted(cast, Kind.JOINT_BRANCH, HOME, [NEIGHBOUR])
    member = admit(cast, one, "港测丙", NEIGHBOUR)
    change = actions.change_draft
    with pytest.raises(Invalid):
        change(actor=township(cast), organisation=one, kind=Kind.BRANCH)
    member_actions.remove_member(actor=township(cast), organisation=one, member=member)
    one = change(actor=township(cast), organisation=one, kind=Kind.JOINT_BRANCH,
                 hamlets=[cast.hamlet(NEXT_HAMLET)])  # fmt: skip
    assert {s.hamlet_id for s in one.served.filter(until=None)} == {HOME, NEXT_HAMLET}
    one = change(actor=township(cast), organisation=one, kind=Kind.PARTY_GROUP, name="罗家洲小组")
    assert {s.hamlet_id for s in one.served.filter(until=None)} == {HOME}
    assert (one.kind, one.name) == (Kind.PARTY_GROUP, "罗家洲小组")
    assert drafted(cast, Kind.PARTY_GROUP, NEIGHBOUR).pk


def test_hamlets_are_locked_before_their_organisation(cast: Cast) -> None:
    """A spreadsheet of members locks in this order: in the other one the two would wait for each
    other for ever."""
    one = Organisation.objects.get(pk=joint(cast).pk)
    with CaptureQueriesContext(connection) as asked:
        actions.change_draft(
            actor=township(cast), organisation=one, kind=Kind.JOINT_BRANCH,
            hamlets=[cast.hamlet(NEIGHBOUR)],
        )  # fmt: skip
    tables = [found[1] for query in asked if (found := FROM.search(query["sql"]))]
    assert tables.index("regions_region") < tables.index("branches_organisation")


@pytest.mark.parametrize("state", [State.REQUESTED, State.APPROVED, State.FOUNDED, State.CLOSED])
def test_only_a_draft_is_changed(cast: Cast, state: str) -> None:
    one = bring_to(cast, joint(cast), state)
    with pytest.raises(Conflict):
        actions.change_draft(actor=township(cast), organisation=one, kind=Kind.PARTY_GROUP)


def test_each_of_its_hamlets_sees_it(cast: Cast, enter: Enter) -> None:
    """Its seat lies elsewhere; members by name are seen of one's own hamlet only."""
    one = joint(cast)
    seen = enter("neighbour_secretary").get(f"/organisations/{one.pk}/")
    assert seen.status_code == 200
    assert {m.name for m in seen.context["members"]} == {"港测甲", "港测乙"}
    assert enter("far_secretary").get(f"/organisations/{one.pk}/").status_code == 404
    listed = enter("neighbour_secretary").get("/organisations/").context["page"].object_list
    assert [o.pk for o in listed] == [one.pk]


def test_the_village_of_its_other_hamlet_reads_and_does_not_steer(cast: Cast, enter: Enter) -> None:
    """Its seat is in the next village: whoever keeps the seat steers."""
    one = drafted(cast, Kind.JOINT_BRANCH, HOME, [NEXT_HAMLET])
    admit(cast, one, "罗测甲")
    admit(cast, one, "山测甲", NEXT_HAMLET)
    client = enter("next_village_staff")
    page = client.get(f"/organisations/{one.pk}/")
    assert [m.name for m in page.context["members"]] == ["山测甲"]
    assert not page.context["keeps"]
    assert page.context["steps"] == []
    assert client.get(f"/organisations/{one.pk}/members/new/").status_code == 403
    assert client.post(f"/organisations/{one.pk}/request/", {}).status_code == 403


def test_a_member_lives_in_one_of_its_hamlets(cast: Cast) -> None:
    one = joint(cast)
    with pytest.raises(Invalid) as error:
        admit(cast, one, "外测人", NEXT_HAMLET)
    assert set(error.value.fields) == {"hamlet"}
