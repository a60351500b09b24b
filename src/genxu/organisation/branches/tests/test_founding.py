"""From the draft to the founding: who may, what is refused and why, what follows."""

from datetime import timedelta
from itertools import product

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.organisation.branches import actions, member_actions, rules
from genxu.organisation.branches.models import OrganisationStep, ServedHamlet
from genxu.organisation.branches.steps import PAGES
from genxu.organisation.branches.workflow import STEPS, State
from genxu.people.models import Account, Grant
from genxu.people.roles import Role
from tests.cast import FAR, HOME, NEIGHBOUR, VILLAGE, Cast, Enter, later
from tests.doing import form_errors, page_text, who_may

from .examples import READY, step_data
from .factories import (
    LEADER_PHONE,
    Kind,
    admit,
    approve,
    bring_to,
    drafted,
    filled,
    found,
    fresh,
    give,
    in_state,
    keeper,
    township,
)

NOT_ALLOWED = [
    (step, state)
    for step, state in product(PAGES.pages, State)
    if step in STEPS and state not in STEPS[step].sources
]
KEEPERS = {"secretary", "village_staff", "township_staff"}


def test_those_of_the_hamlet_and_above_up_to_the_township_prepare(cast: Cast) -> None:
    assert who_may(cast, rules.draft_organisation, hamlet=cast.home) == KEEPERS
    one = drafted(cast)
    for rule in (rules.change_draft, rules.request_founding, rules.found_organisation,
                 rules.withdraw_organisation, rules.add_member, rules.change_duties):  # fmt: skip
        assert who_may(cast, rule, organisation=one) == KEEPERS


def test_the_township_alone_decides(cast: Cast) -> None:
    one = drafted(cast)
    for rule in (rules.approve_founding, rules.return_founding, rules.extend_term,
                 rules.close_organisation):  # fmt: skip
        assert who_may(cast, rule, organisation=one) == {"township_staff"}
    assert who_may(cast, rules.register_organisations, place=cast.home) == {"township_staff"}
    assert who_may(cast, rules.record_members, place=cast.home) == KEEPERS


def test_the_whole_way_gives_the_secretary_account_and_role(cast: Cast) -> None:
    one = filled(cast)
    assert not Account.objects.filter(phone=LEADER_PHONE).exists()
    one = bring_to(cast, one, State.FOUNDED)
    assert (one.founded_on, one.state) == (clock.today(), State.FOUNDED)
    assert one.term_ends_on is not None
    assert one.term_ends_on.year == clock.today().year + 5
    account = Account.objects.get(phone=LEADER_PHONE)
    assert not account.has_usable_password()
    assert account.actor().holds_at([Role.SECRETARY], HOME)
    steps = OrganisationStep.objects.filter(organisation=one).order_by("pk")
    assert [step.step for step in steps] == ["draft", "request", "approve", "found"]
    actions_logged = JournalEntry.objects.filter(subject_id=str(one.pk), action__contains="found")
    assert {e.action for e in actions_logged} >= {
        "branches.request_founding", "branches.approve_founding", "branches.found_organisation",
    }  # fmt: skip


def test_a_party_group_has_no_term(cast: Cast) -> None:
    one = in_state(cast, State.FOUNDED, Kind.PARTY_GROUP, full=1)
    assert one.term_ends_on is None
    assert {step.name for step in PAGES.open(township(cast), one)} == {"duties", "close"}


def test_a_branch_with_two_members_is_refused_and_told_the_article(
    cast: Cast, enter: Enter
) -> None:
    one = filled(cast, full=2)
    answer = enter("secretary").post(
        f"/organisations/{one.pk}/request/", step_data("request", one, words="请批准")
    )
    assert answer.status_code == 409
    assert "《中国共产党支部工作条例（试行）》第四条" in str(form_errors(answer)["__all__"])
    assert "请批准" in page_text(answer)
    assert fresh(one).state == State.DRAFTED
    page = enter("secretary").get(f"/organisations/{one.pk}/")
    assert page.context["first"] is None
    assert page.context["standing"].faults


@pytest.mark.parametrize("state", [State.REQUESTED, State.APPROVED])
def test_the_rules_hold_against_the_members_of_the_day(cast: Cast, state: str) -> None:
    """Asked for with three members; then one leaves before the next step."""
    one = in_state(cast, state)
    last = one.members.present().order_by("-pk")[0]
    member_actions.remove_member(actor=keeper(cast), organisation=one, member=last)
    next_step = {State.REQUESTED: approve, State.APPROVED: found}[State(state)]
    with pytest.raises(Conflict, match="第四条"):
        next_step(cast, one)
    assert fresh(one).state == state


def test_probationary_members_do_not_count(cast: Cast) -> None:
    one = filled(cast, full=2)
    admit(cast, one, "罗测备", kind="probationary")
    admit(cast, one, "罗测察", kind="observed")
    with pytest.raises(Conflict):
        actions.request_founding(actor=keeper(cast), organisation=one)


def test_the_township_sends_it_back_with_a_reason_and_it_is_asked_again(cast: Cast) -> None:
    one = in_state(cast, State.REQUESTED)
    with pytest.raises(Invalid):
        actions.return_founding(actor=township(cast), organisation=one, words="  ")
    one = actions.return_founding(actor=township(cast), organisation=one, words="名册请再核对")
    assert one.state == State.RETURNED
    assert one.steps.latest("pk").words == "名册请再核对"
    again = actions.request_founding(actor=keeper(cast), organisation=one)
    assert again.state == State.REQUESTED


def test_the_secretary_cannot_approve_her_own_request(cast: Cast) -> None:
    one = in_state(cast, State.REQUESTED)
    with pytest.raises(Denied):
        actions.approve_founding(actor=keeper(cast), organisation=one)


def test_it_is_not_founded_before_the_approval_nor_in_the_future(cast: Cast) -> None:
    one = in_state(cast, State.APPROVED)
    with pytest.raises(Invalid) as early:
        found(cast, one, clock.today() - timedelta(days=1))
    with pytest.raises(Invalid) as late:
        found(cast, one, clock.today() + timedelta(days=1))
    assert set(early.value.fields) == set(late.value.fields) == {"founded_on"}
    with later(days=3):
        assert found(cast, one, clock.today() - timedelta(days=2)).founded_on is not None


def test_who_leads_needs_a_phone_number(cast: Cast) -> None:
    one = filled(cast)
    one = give(cast, one, secretary="罗测乙")
    one = bring_to(cast, one, State.APPROVED)
    with pytest.raises(Conflict):
        found(cast, one)
    assert not Grant.objects.filter(place=HOME, account__name="罗测乙").exists()


def test_a_closed_account_stays_closed(cast: Cast) -> None:
    account = Account.objects.create(
        phone=LEADER_PHONE, name="罗测甲", opened_at=clock.now(), is_active=False
    )
    in_state(cast, State.FOUNDED)
    account.refresh_from_db()
    assert account.is_active is False


def test_one_hamlet_one_organisation(cast: Cast, enter: Enter) -> None:
    one = drafted(cast)
    with pytest.raises(Invalid) as error:
        drafted(cast, Kind.PARTY_GROUP)
    assert one.name in str(error.value.fields["hamlets"])
    answer = enter("secretary").get(f"/organisations/at/{HOME}/new/")
    assert answer["Location"] == f"/organisations/{one.pk}/"
    actions.withdraw_organisation(actor=keeper(cast), organisation=one)
    assert drafted(cast, Kind.PARTY_GROUP).state == State.DRAFTED


def test_a_withdrawn_draft_frees_hamlets_and_names(cast: Cast) -> None:
    one = in_state(cast, State.WITHDRAWN)
    assert not ServedHamlet.objects.filter(hamlet=HOME, until=None).exists()
    assert not one.members.present().exists()
    assert filled(cast).members.count() == 3


def test_without_a_name_it_gets_the_usual_one(cast: Cast) -> None:
    assert drafted(cast).name == "罗家洲党支部"
    with pytest.raises(Invalid) as error:
        actions.draft_organisation(
            actor=township(cast), hamlet=cast.hamlet(NEIGHBOUR), kind=Kind.BRANCH, name="党" * 61
        )
    assert set(error.value.fields) == {"name"}


def test_its_seat_is_a_hamlet(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.draft_organisation(
            actor=township(cast), hamlet=cast.hamlet(VILLAGE), kind=Kind.BRANCH
        )


def test_an_outsider_prepares_nothing(cast: Cast, enter: Enter) -> None:
    answer = enter("far_secretary").post(f"/organisations/at/{HOME}/new/", {"kind": "branch"})
    assert answer.status_code == 404
    with pytest.raises(Denied):
        actions.draft_organisation(actor=keeper(cast, FAR), hamlet=cast.home, kind=Kind.BRANCH)


@pytest.mark.parametrize(("step", "state"), NOT_ALLOWED)
def test_a_step_that_does_not_fit_is_409_and_changes_nothing(
    cast: Cast, enter: Enter, step: str, state: str
) -> None:
    one = in_state(cast, state)
    sent = step_data(step, one)
    answer = enter("township_staff").post(
        f"/organisations/{one.pk}/{step.replace('_', '-')}/", sent
    )
    nobody_left = one.has_ended and step == "re_elect"  # nobody to be chosen: the form says so
    assert answer.status_code == (422 if nobody_left else 409)
    assert (fresh(one).state, fresh(one).version) == (state, one.version)


@pytest.mark.parametrize("step", [name for name in READY if name != "re_elect"])
def test_a_step_sent_twice_is_taken_once(cast: Cast, enter: Enter, step: str) -> None:
    one = in_state(cast, READY[step])
    sent = step_data(step, one)
    client = enter("township_staff")
    for _time in range(2):
        answer = client.post(f"/organisations/{one.pk}/{step.replace('_', '-')}/", sent)
        assert answer.status_code == 302
    assert fresh(one).version == one.version + 1
    assert JournalEntry.objects.filter(client_id=sent["client_id"]).count() == 1


@pytest.mark.parametrize("step", [name for name in READY if name != "re_elect"])
def test_the_second_of_two_at_once_is_told(cast: Cast, enter: Enter, step: str) -> None:
    one = in_state(cast, READY[step])
    sent = step_data(step, one)
    type(one).objects.filter(pk=one.pk).update(version=one.version + 1)
    answer = enter("township_staff").post(f"/organisations/{one.pk}/{step}/", sent)
    assert answer.status_code == 409
    assert answer.context["form"].data["version"] == str(one.version + 1)
    assert fresh(one).state == one.state


@pytest.mark.parametrize("state", State)
def test_the_page_offers_only_steps_that_open(cast: Cast, enter: Enter, state: str) -> None:
    one = in_state(cast, state)
    for part in ("secretary", "village_staff", "township_staff", "county_staff"):
        client = enter(part)
        context = client.get(f"/organisations/{one.pk}/").context
        shown = [*context["steps"], context["first"], context["leads_to"]]
        for step in filter(None, shown):
            address = f"/organisations/{one.pk}/{step.name.replace('_', '-')}/"
            assert client.get(address).status_code == 200, step.name
        if part == "county_staff":
            assert not any(shown)


def test_words_that_are_too_long_are_refused(cast: Cast, enter: Enter) -> None:
    one = in_state(cast, State.REQUESTED)
    answer = enter("township_staff").post(
        f"/organisations/{one.pk}/return/", step_data("return", one, words="长" * 501)
    )
    assert answer.status_code == 422
    assert "words" in form_errors(answer)
    with pytest.raises(Invalid):
        actions.approve_founding(actor=township(cast), organisation=one, words="长" * 501)
