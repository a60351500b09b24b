"""Re-election, extension and dissolution of a standing organisation."""

from datetime import date, timedelta
from typing import Any

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.organisation.branches import member_actions, term_actions
from genxu.organisation.branches.models import Election, Organisation
from genxu.organisation.branches.workflow import State
from genxu.people.models import Account
from genxu.people.roles import Role
from tests.cast import HOME, NEIGHBOUR, Cast, Enter, later
from tests.doing import form_errors, page_text

from .examples import step_data
from .factories import (
    LEADER_PHONE,
    Kind,
    admit,
    count,
    days_before_end,
    founded,
    fresh,
    give,
    keeper,
    same_duties,
    township,
)


def elect(cast: Cast, one: Organisation, who: str = "secretary", **changes: Any) -> Organisation:
    duties = changes.pop("duties", same_duties(one))
    return term_actions.re_elect(
        actor=cast.actor(who), organisation=one, count=count(**changes), duties=duties
    )


def is_secretary(phone: str, place: str = HOME) -> bool:
    account = Account.objects.filter(phone=phone).first()
    return account is not None and account.actor().holds_at([Role.SECRETARY], place)


def test_a_valid_election_begins_a_new_term(cast: Cast) -> None:
    one = founded(cast)
    with days_before_end(cast, one, 30):
        today = clock.today()
        one = elect(cast, one)
    assert one.term_ends_on == date(today.year + 5, today.month, today.day)
    election = Election.objects.get(organisation=one)
    assert (election.due, election.present, election.in_favour) == (3, 3, 3)
    assert one.steps.latest("pk").step == "re_elect"
    assert is_secretary(LEADER_PHONE)


def test_the_new_secretary_gets_the_role_and_the_old_one_loses_it(cast: Cast) -> None:
    one = founded(cast)
    first, second, _third = one.members.order_by("pk")
    member_actions.correct_member(
        actor=keeper(cast), organisation=one, member=second, name=second.name, kind="full",
        phone="13800000009",
    )  # fmt: skip
    with days_before_end(cast, one, 10):
        elect(cast, one, duties=[(first.pk, ""), (second.pk, "secretary")])
    assert is_secretary("13800000009")
    assert not is_secretary(LEADER_PHONE)


@pytest.mark.parametrize(
    ("numbers", "field"),
    [
        ({"due": 3, "present": 4, "in_favour": 3}, "present"),
        ({"due": 3, "present": 3, "in_favour": 4}, "in_favour"),
        ({"due": 3, "present": 2, "in_favour": 2}, "present"),
        ({"due": 3, "present": 3, "in_favour": 1}, "in_favour"),
        ({"due": 4, "present": 3, "in_favour": 3}, "due"),
        ({"due": 0, "present": 0, "in_favour": 0}, "due"),
        ({"due": 3, "present": -1, "in_favour": 0}, "present"),
        ({"due": 3, "present": 3, "in_favour": -1}, "in_favour"),
    ],
)
def test_a_count_that_is_wrong_or_void_elects_nobody(
    cast: Cast, numbers: dict[str, int], field: str
) -> None:
    one = founded(cast)
    with days_before_end(cast, one, 30), pytest.raises(Invalid) as error:
        elect(cast, one, **numbers)
    assert set(error.value.fields) == {field}
    assert not Election.objects.exists()
    assert fresh(one).term_ends_on == one.term_ends_on


def test_a_void_result_says_why_and_keeps_what_was_typed(cast: Cast, enter: Enter) -> None:
    one = founded(cast)
    with days_before_end(cast, one, 30):
        sent = step_data("re_elect", one, present="2", in_favour="2")
        answer = enter("secretary").post(f"/organisations/{one.pk}/re-elect/", sent)
    assert answer.status_code == 422
    assert "五分之四" in str(form_errors(answer)["present"])
    assert 'value="2"' in page_text(answer)


def test_probationary_members_are_not_among_the_voters(cast: Cast) -> None:
    one = founded(cast)
    admit(cast, one, "罗测备", kind="probationary")
    with days_before_end(cast, one, 30), pytest.raises(Invalid) as error:
        elect(cast, one, due=4, present=4, in_favour=4)
    assert set(error.value.fields) == {"due"}


def test_an_early_election_is_the_townships_to_record(cast: Cast) -> None:
    one = founded(cast)
    with days_before_end(cast, one, 91):
        with pytest.raises(Invalid) as error:
            elect(cast, one)
        assert set(error.value.fields) == {"held_on"}
        assert elect(cast, one, "township_staff").version == one.version + 1


def test_ninety_days_before_the_end_it_is_not_early(cast: Cast) -> None:
    one = founded(cast)
    with days_before_end(cast, one, 90):
        assert elect(cast, one).version == one.version + 1


def test_more_than_a_year_early_is_refused_to_everybody(cast: Cast) -> None:
    one = founded(cast)
    with days_before_end(cast, one, 400), pytest.raises(Invalid) as error:
        elect(cast, one, "township_staff")
    assert "第六章" in str(error.value.fields["held_on"])


def test_the_day_of_an_election_lies_in_this_term_and_not_ahead(cast: Cast) -> None:
    one = founded(cast)
    with days_before_end(cast, one, 30):
        for day in (clock.today() + timedelta(days=1), one.founded_on):
            with pytest.raises(Invalid) as error:
                elect(cast, one, on=day)
            assert set(error.value.fields) == {"held_on"}
        one = elect(cast, one)
        with pytest.raises(Invalid):
            elect(cast, one, "township_staff")


def test_an_election_leaves_the_branch_well_led(cast: Cast) -> None:
    one = founded(cast)
    first, second, _third = one.members.order_by("pk")
    with days_before_end(cast, one, 10):
        for duties in ([(first.pk, "")], [(second.pk, "secretary")], [(second.pk, "publicity")]):
            with pytest.raises(Invalid) as error:
                elect(cast, one, duties=duties)
            assert set(error.value.fields) == {"duties"}
        with pytest.raises(Invalid):
            elect(cast, one, duties=[(first.pk, ""), (second.pk, "secretary")])  # no phone
        with pytest.raises(Invalid):
            elect(cast, one, duties=[(0, "secretary")])
        with pytest.raises(Invalid):
            elect(cast, one, duties=[(first.pk, "king")])
    assert is_secretary(LEADER_PHONE)


def test_a_term_is_due_ninety_days_before_its_end_and_over_the_day_after(cast: Cast) -> None:
    one = founded(cast)
    seen = {}
    for days in (91, 90, 0, -1):
        with days_before_end(cast, one, days):
            soon, over = one.is_term_due_soon, one.is_term_over
            listed = Organisation.objects.term_due().filter(pk=one.pk).exists()
            seen[days] = (soon, over, listed)
    assert seen == {
        91: (False, False, False), 90: (True, False, True), 0: (True, False, True),
        -1: (False, True, True),
    }  # fmt: skip


def test_the_page_leads_to_the_re_election_when_its_time_has_come(cast: Cast, enter: Enter) -> None:
    one = founded(cast)
    client = enter("secretary")
    assert client.get(f"/organisations/{one.pk}/").context["leads_to"] is None
    for days in (30, -5):
        with days_before_end(cast, one, days):
            context = enter("secretary").get(f"/organisations/{one.pk}/").context
            assert context["leads_to"].name == "re_elect"


def test_the_township_extends_once_by_a_year_at_most(cast: Cast) -> None:
    one = founded(cast)
    with pytest.raises(Denied):
        term_actions.extend_term(actor=keeper(cast), organisation=one, months=6, words="疫情")
    for months in (0, 13, -1):
        with pytest.raises(Invalid):
            term_actions.extend_term(
                actor=township(cast), organisation=one, months=months, words="疫情"
            )
    with pytest.raises(Invalid):
        term_actions.extend_term(actor=township(cast), organisation=one, months=6, words="")
    longer = term_actions.extend_term(
        actor=township(cast), organisation=one, months=12, words="疫情"
    )
    assert one.term_ends_on is not None
    assert longer.term_ends_on == one.term_ends_on.replace(year=one.term_ends_on.year + 1)
    with pytest.raises(Conflict):
        term_actions.extend_term(actor=township(cast), organisation=longer, months=1, words="再延")
    with days_before_end(cast, longer, 5):
        assert elect(cast, longer).extended is False


def test_a_group_has_no_term_to_extend(cast: Cast) -> None:
    one = founded(cast, Kind.PARTY_GROUP, full=1)
    with pytest.raises(Conflict):
        term_actions.extend_term(actor=township(cast), organisation=one, months=6, words="疫情")


def test_dissolving_takes_role_hamlet_and_list(cast: Cast, enter: Enter) -> None:
    one = founded(cast)
    with later(days=3):
        one = term_actions.close_organisation(actor=township(cast), organisation=one, words="搬迁")
        assert one.closed_on == clock.today()
    assert (one.state, one.has_ended) == (State.CLOSED, True)
    assert not is_secretary(LEADER_PHONE)
    assert not one.members.present().exists()
    page = enter("township_staff").get(f"/organisations/{one.pk}/")
    assert len(page.context["members"]) == 3
    assert page.context["steps"] == []
    assert enter("township_staff").get(f"/organisations/{one.pk}/members/new/").status_code == 403


def test_dissolving_leaves_other_roles_of_the_secretary(cast: Cast) -> None:
    """She is secretary of the neighbours' branch too, with the same phone number."""
    one = founded(cast)
    other = founded(cast, hamlet=NEIGHBOUR)
    assert is_secretary(LEADER_PHONE, NEIGHBOUR)
    term_actions.close_organisation(actor=township(cast), organisation=one, words="合并")
    assert not is_secretary(LEADER_PHONE)
    assert is_secretary(LEADER_PHONE, NEIGHBOUR)
    assert other.is_standing


def test_the_duties_page_changes_who_leads(cast: Cast, enter: Enter) -> None:
    one = founded(cast)
    second = one.members.order_by("pk")[1]
    sent = step_data("duties", one, secretary=str(second.pk))
    client = enter("secretary")
    assert client.post(f"/organisations/{one.pk}/duties/", sent).status_code == 422
    member_actions.correct_member(
        actor=keeper(cast), organisation=one, member=second, name=second.name, kind="full",
        phone="138 0000-0009",
    )  # fmt: skip
    assert client.post(f"/organisations/{one.pk}/duties/", sent).status_code == 409, "others now"
    sent["version"] = fresh(one).version
    assert client.post(f"/organisations/{one.pk}/duties/", sent).status_code == 302
    assert is_secretary("13800000009")
    assert not is_secretary(LEADER_PHONE)
    assert one.steps.latest("pk").step == "new_head"


def test_with_seven_full_members_the_duties_page_asks_for_a_committee(
    cast: Cast, enter: Enter
) -> None:
    one = founded(cast, full=7)
    pks = [str(member.pk) for member in one.members.order_by("pk")]
    client = enter("secretary")
    form = client.get(f"/organisations/{one.pk}/duties/").context["form"]
    assert {"secretary", "deputy", "organisation", "publicity", "discipline", "committee"} <= set(
        form.fields
    )
    twice = step_data("duties", one, secretary=pks[0], deputy=pks[0])
    answer = client.post(f"/organisations/{one.pk}/duties/", twice)
    assert answer.status_code == 422
    assert "deputy" in form_errors(answer)
    alone = step_data("duties", one, secretary=pks[0])
    answer = client.post(f"/organisations/{one.pk}/duties/", alone)
    assert answer.status_code == 422
    assert "第六章" in str(form_errors(answer)["__all__"])
    whole = step_data("duties", one, secretary=pks[0], deputy=pks[1], committee=[pks[2], pks[3]])
    assert client.post(f"/organisations/{one.pk}/duties/", whole).status_code == 302
    held = sorted(one.members.values_list("duty", flat=True))
    assert held == ["", "", "", "committee", "committee", "deputy", "secretary"]


def test_a_draft_may_be_unfinished(cast: Cast) -> None:
    from .factories import filled

    one = filled(cast)
    give(cast, one)
    assert not one.members.exclude(duty="").exists()
