"""Members: who enters and reads them, what is kept, and that each reading of names is logged."""

from typing import Any
from uuid import uuid4

import pytest

from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.organisation.branches import member_actions
from genxu.organisation.branches.models import Member, Organisation
from genxu.organisation.branches.workflow import State
from genxu.people.models import Grant
from tests.cast import HOME, Cast, Enter
from tests.doing import form_errors, page_text

from .factories import (
    LEADER_PHONE,
    admit,
    drafted,
    filled,
    founded,
    fresh,
    give,
    in_state,
    keeper,
    township,
)

READING = "branches.see_members"


def readings() -> int:
    return JournalEntry.objects.filter(action=READING).count()


@pytest.mark.parametrize("part", ["secretary", "village_staff", "township_staff"])
def test_who_keeps_it_reads_the_names_and_that_is_logged(
    cast: Cast, enter: Enter, part: str
) -> None:
    one = founded(cast)
    before = readings()
    assert "罗测乙" in page_text(enter(part).get(f"/organisations/{one.pk}/"))
    entry = JournalEntry.objects.filter(action=READING).latest("pk")
    assert readings() == before + 1
    assert (entry.actor, entry.subject_id) == (cast.actor(part).label, str(one.pk))


@pytest.mark.parametrize("part", ["centre_household", "county_staff", "city_staff"])
def test_the_others_read_who_leads_and_no_other_member(cast: Cast, enter: Enter, part: str) -> None:
    one = founded(cast)
    text = page_text(enter(part).get(f"/organisations/{one.pk}/"))
    assert "罗测甲" in text
    assert "罗测乙" not in text
    assert LEADER_PHONE not in text
    assert readings() == 0
    assert enter(part).get(f"/organisations/{one.pk}/members/export/").status_code == 403


def test_the_pages_that_name_members_are_logged_too(cast: Cast, enter: Enter) -> None:
    one = founded(cast)
    client = enter("secretary")
    second = one.members.order_by("pk")[1]
    for path in ("duties/", "re-elect/", "members/export/", f"members/{second.pk}/"):
        before = readings()
        assert client.get(f"/organisations/{one.pk}/{path}").status_code == 200
        assert readings() == before + 1, path


def test_a_page_without_members_logs_nothing(cast: Cast, enter: Enter) -> None:
    one = drafted(cast)
    enter("secretary").get(f"/organisations/{one.pk}/")
    assert readings() == 0


def test_a_member_is_entered_and_the_next_one_after_it(cast: Cast, enter: Enter) -> None:
    one = drafted(cast)
    client = enter("secretary")
    sent = {"name": "罗　测丁", "kind": "full", "phone": "１３８００００００１１",
            "background": "veteran", "client_id": str(uuid4()), "more": "1"}  # fmt: skip
    address = f"/organisations/{one.pk}/members/new/"
    for _time in range(2):
        assert client.post(address, sent)["Location"] == address
    member = one.members.get()
    assert (member.name, member.phone, member.background) == ("罗测丁", "13800000011", "veteran")
    assert member.duty == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": " "}, "name"), ({"name": "长" * 41}, "name"),
     ({"phone": "12345"}, "phone"),
     ({"kind": "royal"}, "kind"), ({"kind": ""}, "kind"), ({"background": "x"}, "background"),
     ({"name": "罗测甲", "phone": LEADER_PHONE}, "name")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    cast: Cast, enter: Enter, changes: dict[str, str], field: str
) -> None:
    one = filled(cast)
    sent = {"name": "罗测丁", "kind": "full", "phone": "13800000011", "client_id": str(uuid4())}
    answer = enter("secretary").post(f"/organisations/{one.pk}/members/new/", sent | changes)
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {field}
    assert one.members.count() == 3
    if "phone" not in changes:
        assert "13800000011" in page_text(answer)


def correct(cast: Cast, one: Organisation, member: Member, **changes: Any) -> Member:
    values = {"name": member.name, "phone": member.phone, "kind": member.kind,
              "background": member.background}  # fmt: skip
    return member_actions.correct_member(
        actor=keeper(cast), organisation=one, member=member, **values | changes
    )


def test_a_probationary_member_becomes_a_full_one(cast: Cast) -> None:
    one = filled(cast)
    member = correct(cast, one, admit(cast, one, "罗测备", kind="probationary"), kind="full")
    assert member.kind == "full"


def test_who_holds_a_duty_stays_able_to_vote(cast: Cast) -> None:
    one = founded(cast)
    first = one.members.order_by("pk")[0]
    with pytest.raises(Invalid) as error:
        correct(cast, one, first, kind="observed")
    assert "第四十二条" in str(error.value.fields["kind"])


def test_below_three_full_members_the_page_warns(cast: Cast, enter: Enter) -> None:
    one = founded(cast)
    second = one.members.order_by("pk")[1]
    client = enter("secretary")
    assert client.get(f"/organisations/{one.pk}/").context["standing"].faults == []
    answer = client.post(f"/organisations/{one.pk}/members/{second.pk}/remove/")
    assert answer["Location"] == f"/organisations/{one.pk}/"
    page = client.get(f"/organisations/{one.pk}/")
    (fault,) = page.context["standing"].faults
    assert "第四条" in fault
    assert fault in page_text(page)
    assert second.name not in {m.name for m in page.context["members"]}


def test_who_leads_is_not_taken_off_the_list(cast: Cast, enter: Enter) -> None:
    one = founded(cast)
    first = one.members.order_by("pk")[0]
    with pytest.raises(Conflict):
        member_actions.remove_member(actor=keeper(cast), organisation=one, member=first)
    enter("secretary").post(f"/organisations/{one.pk}/members/{first.pk}/remove/")
    assert one.members.present().count() == 3


def test_of_a_draft_everybody_may_be_taken_off(cast: Cast) -> None:
    one = filled(cast)
    for member in one.members.all():
        member_actions.remove_member(actor=keeper(cast), organisation=one, member=member)
    assert not one.members.present().exists()


def test_who_has_left_can_come_back(cast: Cast) -> None:
    one = filled(cast)
    member = one.members.order_by("pk")[2]
    member_actions.remove_member(actor=keeper(cast), organisation=one, member=member)
    with pytest.raises(Conflict):
        member_actions.remove_member(actor=keeper(cast), organisation=one, member=member)
    assert admit(cast, one, member.name).pk != member.pk


@pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN])
def test_the_list_of_one_that_is_no_more_stays_as_it_was(cast: Cast, state: str) -> None:
    one = in_state(cast, state)
    member = one.members.order_by("pk")[1]
    with pytest.raises(Denied):
        admit(cast, one, "罗测新")
    with pytest.raises(Denied):
        correct(cast, one, member, name="改")
    with pytest.raises(Denied):
        member_actions.remove_member(actor=township(cast), organisation=one, member=member)


def test_a_member_of_another_organisation_is_not_found(cast: Cast, enter: Enter) -> None:
    one = filled(cast)
    other = filled(cast, hamlet="421223106211001")
    member = other.members.order_by("pk")[0]
    for path in ("", "remove/"):
        url = f"/organisations/{one.pk}/members/{member.pk}/{path}"
        assert enter("secretary").post(url, {}).status_code == 404


def test_the_journal_keeps_no_names(cast: Cast) -> None:
    founded(cast)
    details = "".join(str(e.detail) for e in JournalEntry.objects.filter(place__gt=""))
    assert "罗测" not in details
    assert LEADER_PHONE not in details


def _signing_in(cast: Cast, member: Member, signs_in: bool = True, **changes: Any) -> Member:
    values = {name: getattr(member, name) for name in ("name", "phone", "kind", "background")}
    return member_actions.correct_member(
        actor=township(cast), organisation=fresh(member.organisation), member=member,
        signs_in=signs_in, **values | changes,
    )  # fmt: skip


def _roles(phone: str) -> set[tuple[str, str]]:
    rows = Grant.objects.filter(account__phone=phone)
    return set(rows.values_list("role", "place"))


def test_a_member_who_signs_in_has_a_role_of_his_own_until_he_leaves(cast: Cast) -> None:
    branch = founded(cast)
    member = branch.members.get(name="罗测乙")
    with pytest.raises(Invalid) as refused:
        _signing_in(cast, member)
    assert "phone" in refused.value.fields
    member = _signing_in(cast, member, phone="13800000007")
    assert _roles("13800000007") == {("member", HOME)}
    _signing_in(cast, member, signs_in=False)
    assert _roles("13800000007") == set()
    member = _signing_in(cast, branch.members.get(name="罗测乙"))
    member_actions.remove_member(actor=township(cast), organisation=fresh(branch), member=member)
    assert _roles("13800000007") == set()


def test_who_led_and_signs_in_stays_a_member(cast: Cast) -> None:
    branch = founded(cast)
    head = branch.members.get(name="罗测甲")
    _signing_in(cast, head)
    assert _roles(LEADER_PHONE) == {("secretary", HOME), ("member", HOME)}
    second = branch.members.get(name="罗测乙")
    _signing_in(cast, second, phone="13800000007")
    give(cast, fresh(branch), secretary="罗测乙")
    assert _roles(LEADER_PHONE) == {("member", HOME)}
    assert _roles("13800000007") == {("secretary", HOME), ("member", HOME)}


def test_the_account_of_who_signs_in_goes_with_her_number(cast: Cast) -> None:
    branch = founded(cast)
    member = _signing_in(cast, branch.members.get(name="罗测乙"), phone="13800000007")
    account = member.account_id or Member.objects.get(pk=member.pk).account_id
    _signing_in(cast, Member.objects.get(pk=member.pk), phone="13800000008")
    assert Member.objects.get(pk=member.pk).account_id == account
    assert _roles("13800000008") == {("member", HOME)}
