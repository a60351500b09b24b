"""A phone number is an address, not a person: an office follows its holder, and a number that is
given to somebody else opens nothing of hers."""

import re
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.urls import reverse

from genxu.cli.root import cli
from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.core.models import JournalEntry
from genxu.core.sheets.outcomes import Fate
from genxu.organisation.branches import member_actions
from genxu.organisation.branches.member_intake import MemberIntake
from genxu.organisation.branches.models import Member, Organisation
from genxu.organisation.branches.rows import MemberRow
from genxu.organisation.branches.tests import factories as branch
from genxu.organisation.centre_households import actions as centre_actions
from genxu.organisation.centre_households.centre_household_intake import CentreHouseholdIntake
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.tests import factories as centre
from genxu.people import household_actions
from genxu.people.actions import give_number
from genxu.people.household_intake import HouseholdIntake
from genxu.people.models import Account, Household
from genxu.people.numbers import NumberIs, Word, account_for, answer_on
from genxu.people.roles import Role
from tests.cast import HOME, OPERATOR, Cast, Enter
from tests.doing import form_errors, page_text

from .factories import enter_rows, household, row

OLD, NEW = "13800000001", "13800000002"
LEADER = branch.LEADER_PHONE


def hers(phone: str | None) -> str:
    """The answer: the number is another person's now."""
    return answer_on(Account.objects.get(phone=phone).pk, NumberIs.HERS)


def same(phone: str | None) -> str:
    return answer_on(Account.objects.get(phone=phone).pk, NumberIs.SAME)


def taken_over(phone: str | None) -> Account:
    """Somebody else has the number now."""
    found = account_for(str(phone), "别测人", Word(OPERATOR, hers(phone)))
    assert found is not None
    return found


def correct_household(cast: Cast, number: int = 1, phone: str = NEW, **more: Any) -> Household:
    one = household(number)
    values = {"head_name": one.head_name, "phone": phone, "head_count": one.head_count}
    return household_actions.correct_household(
        actor=cast.actor("secretary"), household=one, **values | more
    )


def correct_member(cast: Cast, member: Member, part: str = "secretary", **changes: Any) -> Member:
    values = {name: getattr(member, name) for name in ("name", "phone", "kind", "background")}
    return member_actions.correct_member(
        actor=cast.actor(part), organisation=member.organisation, member=member, **values | changes
    )


def serving(cast: Cast, number: int = 1, name: str = "罗测兰", phone: str = OLD) -> CentreHousehold:
    return centre.appointed(cast, centre.with_phone(household(number), phone), name=name)


def account_of(one: CentreHousehold) -> Account:
    found = centre.fresh(one).account
    assert found is not None
    return found


def leader(one: Organisation) -> Member:
    return one.members.present().get(duty__in=["secretary", "leader"])


def head_account(one: Organisation) -> Account:
    found = leader(one).account
    assert found is not None
    return found


def roles(account: Account) -> list[str]:
    return sorted(account.grants.values_list("role", flat=True))


# --- an office follows its holder ---------------------------------------------------------------


def test_who_leads_keeps_account_office_and_session_when_her_number_changes(
    cast: Cast, client: Any
) -> None:
    one = branch.founded(cast)
    before = head_account(one)
    client.force_login(before)
    correct_member(cast, leader(one), phone=NEW)
    after = head_account(one)
    assert (after.pk, after.phone, roles(after)) == (before.pk, NEW, [Role.SECRETARY])
    assert client.get("/home/").status_code == 200
    assert not Account.objects.filter(phone=LEADER).exists()
    with pytest.raises(Invalid):
        correct_member(cast, leader(one), phone="")


@pytest.mark.parametrize("by", ["register", "household", "sheet"])
def test_a_centre_household_keeps_account_and_office_when_its_number_changes(
    cast: Cast, by: str
) -> None:
    one = serving(cast)
    before, mine = account_of(one), household(1)
    if by == "register":
        correct_household(cast)
    elif by == "household":
        household_actions.correct_own_record(
            actor=centre.holder(mine), household=mine, phone=NEW, head_count=2
        )
    else:
        enter_rows(row(1, mine.head_name, phone=NEW))
    after = account_of(one)
    assert (after.pk, after.phone, roles(after)) == (before.pk, NEW, [Role.CENTRE_HOUSEHOLD])
    assert household(1).phone == NEW


def test_an_account_with_a_number_of_its_own_stays_when_the_household_has_another(
    cast: Cast,
) -> None:
    centre.register(cast.home, centre.row(phone="13800000009"))
    one = CentreHousehold.objects.get()
    correct_household(cast)
    assert account_of(one).phone == "13800000009"


def test_a_number_that_is_taken_out_of_the_register_opens_nothing(cast: Cast, client: Any) -> None:
    one = serving(cast)
    client.force_login(account_of(one))
    correct_household(cast, phone="")
    account = account_of(one)
    assert (account.phone, roles(account)) == (None, [Role.CENTRE_HOUSEHOLD])
    assert client.get("/home/").status_code == 302
    correct_household(cast, phone=NEW)
    assert account_of(one).phone == NEW


# --- a number given to another person -----------------------------------------------------------


def with_successor(cast: Cast) -> tuple[Organisation, list[tuple[int, str]]]:
    """A branch whose next head has the number of the present one, and the duties then."""
    one = branch.founded(cast)
    second = one.members.present().order_by("pk")[1]
    correct_member(cast, second, phone=LEADER)
    members = one.members.present()
    return one, [(m.pk, "secretary" if m.pk == second.pk else "") for m in members]


def change_duties(cast: Cast, one: Organisation, duties: Any, number_is: str = "") -> Any:
    return member_actions.change_duties(
        actor=cast.actor("township_staff"), organisation=branch.fresh(one), duties=duties,
        number_is=number_is,
    )  # fmt: skip


def test_an_account_under_another_name_is_not_taken_without_a_question(cast: Cast) -> None:
    one, duties = with_successor(cast)
    before = head_account(one)
    with pytest.raises(Invalid) as error:
        change_duties(cast, one, duties)
    assert set(error.value.fields) == {"phone", "number_is"}
    assert leader(one).account == before
    with pytest.raises(Invalid) as error:
        change_duties(cast, one, duties, "nonsense")
    assert set(error.value.fields) == {"number_is"}


def test_a_number_given_to_another_person_opens_no_account_of_the_old_holder(
    cast: Cast, client: Any
) -> None:
    one, duties = with_successor(cast)
    before = head_account(one)
    client.force_login(before)
    change_duties(cast, one, duties, hers(LEADER))
    after, old = head_account(one), Account.objects.get(pk=before.pk)
    assert (after.name, after.phone, roles(after)) == ("罗测乙", LEADER, [Role.SECRETARY])
    assert after != old
    assert (old.phone, old.name, roles(old)) == (None, "罗测甲", [])
    assert client.get("/home/").status_code == 302
    entry = JournalEntry.objects.filter(action="branches.change_duties").latest("pk")
    assert entry.detail == {"number_is": f"hers-{old.pk}"}


def test_offices_stay_with_who_lost_her_number_until_she_has_another(cast: Cast) -> None:
    one = branch.founded(cast)
    before = head_account(one)
    taken_over(LEADER)
    silent = head_account(one)
    assert (silent, silent.phone, roles(silent)) == (before, None, [Role.SECRETARY])
    correct_member(cast, leader(one), part="township_staff", phone=NEW)
    assert (head_account(one), head_account(one).phone) == (before, NEW)


def test_the_same_person_written_otherwise_keeps_her_account(cast: Cast) -> None:
    one = branch.founded(cast)
    before = head_account(one)
    with pytest.raises(Invalid):
        correct_member(cast, leader(one), name="罗测嘉")
    correct_member(cast, leader(one), name="罗测嘉", number_is=same(LEADER))
    after = head_account(one)
    assert (after, after.name, after.phone) == (before, "罗测嘉", LEADER)


def test_a_name_that_is_only_spread_out_is_no_other_name(cast: Cast) -> None:
    before = account_for(OLD, "罗测兰", Word(OPERATOR))
    assert account_for(OLD, "罗　测 兰", Word(OPERATOR)) == before


def test_another_person_put_into_an_office_by_a_correction_does_not_get_the_account(
    cast: Cast,
) -> None:
    one = serving(cast)
    before = account_of(one)
    values: dict[str, Any] = {"actor": cast.actor("township_staff"), "centre_household": one}
    values |= {"person_name": "罗测梅", "duties": ["policy"]}
    with pytest.raises(Invalid):
        centre_actions.correct_centre_household(**values)
    centre_actions.correct_centre_household(**values, number_is=hers(OLD))
    after, old = account_of(one), Account.objects.get(pk=before.pk)
    assert (after.name, after.phone, roles(after)) == ("罗测梅", OLD, [Role.CENTRE_HOUSEHOLD])
    assert (old.phone, roles(old)) == (None, [])


def test_a_new_number_that_has_an_account_already_is_a_question(cast: Cast) -> None:
    one, two = serving(cast), serving(cast, 2, "罗测梅", NEW)
    with pytest.raises(Invalid) as error:
        correct_household(cast, phone=NEW)
    assert set(error.value.fields) == {"phone", "number_is"}
    assert household(1).phone == OLD
    correct_household(cast, phone=NEW, number_is=hers(NEW))
    assert (account_of(one).phone, account_of(two).phone) == (NEW, None)
    assert roles(account_of(two)) == [Role.CENTRE_HOUSEHOLD]


def test_the_second_account_of_the_same_person_takes_the_office_over(cast: Cast) -> None:
    one = serving(cast, name=cast.secretary.name)
    first = account_of(one)
    correct_household(cast, phone=str(cast.secretary.phone), number_is=same(cast.secretary.phone))
    assert account_of(one) == cast.secretary
    assert roles(cast.secretary) == [Role.CENTRE_HOUSEHOLD, Role.SECRETARY]
    assert not first.grants.exists()


def test_an_answer_about_one_account_is_none_about_another(cast: Cast) -> None:
    """She was asked about one number, and then typed another one; or changed the name as well."""
    one, other = branch.founded(cast), serving(cast)
    serving(cast, 2, "罗测梅", NEW)
    for changes in ({"phone": NEW}, {"phone": OLD, "name": "罗测嘉"}):
        with pytest.raises(Invalid) as error:
            correct_member(cast, leader(one), **changes, number_is=hers(OLD))
        assert "number_is" in error.value.fields
    with pytest.raises(Invalid) as error:
        correct_member(cast, leader(one), name="罗测嘉", phone=OLD, number_is=same(LEADER))
    assert set(error.value.fields) == {"phone"}
    assert (head_account(one).name, account_of(other).phone) == ("罗测甲", OLD)


# --- who is told whose it is, and who may say ---------------------------------------------------


def refused(cast: Cast, part: str) -> dict[str, Any]:
    one = branch.founded(cast)
    with pytest.raises(Invalid) as error:
        correct_member(
            cast,
            leader(one),
            phone=str(cast.accounts[part].phone),
            number_is=hers(cast.accounts[part].phone),
        )
    return error.value.fields


def test_who_keeps_the_hamlet_is_told_office_and_name(cast: Cast) -> None:
    one = branch.founded(cast)
    with pytest.raises(Invalid) as error:
        correct_member(cast, leader(one), phone=str(cast.centre_household.phone))
    told = str(error.value.fields["phone"])
    assert "中心户 · 罗家洲" in told
    assert "罗测兰" in told


@pytest.mark.parametrize("part", ["county_staff", "village_staff", "far_secretary"])
def test_whose_account_is_not_in_her_charge_loses_no_number_and_is_not_named(
    cast: Cast, part: str
) -> None:
    fields = refused(cast, part)
    assert set(fields) == {"phone"}
    assert cast.accounts[part].name not in str(fields["phone"])
    assert Account.objects.get(pk=cast.accounts[part].pk).phone == cast.accounts[part].phone


def test_a_household_takes_nobody_s_number_and_learns_not_whose_it_is(cast: Cast) -> None:
    serving(cast)
    mine = household(1)
    for part in ("secretary", "without_role"):
        with pytest.raises(Invalid) as error:
            household_actions.correct_own_record(
                actor=centre.holder(mine), household=mine, head_count=2,
                phone=str(cast.accounts[part].phone),
            )  # fmt: skip
        assert set(error.value.fields) == {"phone"}
        assert "书记" not in str(error.value.fields["phone"])


# --- the form asks ------------------------------------------------------------------------------


def test_the_form_asks_only_then_and_keeps_what_was_typed(cast: Cast, enter: Enter) -> None:
    one = branch.founded(cast)
    serving(cast)
    address = reverse("correct_member", args=[one.pk, leader(one).pk])
    client = enter("secretary")
    assert 'type="radio" name="number_is"' not in page_text(client.get(address))
    sent = {"name": "罗测甲", "phone": OLD, "kind": "full", "client_id": str(uuid4()),
            "version": branch.fresh(one).version, "background": "veteran"}  # fmt: skip
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"phone", "number_is"}
    said = hers(OLD)
    assert f'type="radio" name="number_is" value="{said}"' in page_text(answer)
    assert OLD in page_text(answer)
    assert client.post(address, sent | {"number_is": said}).status_code == 302
    assert head_account(one).phone == OLD


def test_founding_asks(cast: Cast, enter: Enter) -> None:
    account_for(LEADER, "别测人", Word(OPERATOR))
    one = branch.in_state(cast, "approved")
    address = reverse("organisation_found", args=[one.pk])
    _asks_and_takes(enter("township_staff"), address, {"founded_on": "2026-05-13"}, one)


@pytest.mark.parametrize("step", ["duties", "re_elect"])
def test_another_head_is_asked_about(cast: Cast, enter: Enter, step: str) -> None:
    one, duties = with_successor(cast)
    chosen = next(pk for pk, duty in duties if duty)
    with branch.days_before_end(cast, one, 10):
        sent = {"secretary": chosen, "held_on": clock.today().isoformat(), "due": 3, "present": 3,
                "in_favour": 3}  # fmt: skip
        address = reverse(f"organisation_{step}", args=[one.pk])
        _asks_and_takes(enter("township_staff"), address, sent, one)
    assert (head_account(one).phone, head_account(one).name) == (LEADER, "罗测乙")


def _asks_and_takes(client: Any, address: str, sent: dict[str, Any], row: Any) -> None:
    row.refresh_from_db()
    sent |= {"client_id": str(uuid4()), "version": row.version}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert 'type="radio" name="number_is"' in page_text(answer)
    (said,) = re.findall(r'name="number_is" value="(hers-[0-9]+)"', page_text(answer))
    assert client.post(address, sent | {"number_is": said}).status_code == 302


def test_the_forms_of_households_and_centre_households_ask(cast: Cast, enter: Enter) -> None:
    one = centre.selected(cast, centre.with_phone(household(2), NEW), name="罗测梅")
    account_for(NEW, "别测人", Word(OPERATOR))
    client = enter("township_staff")
    address = reverse("centre_household_appoint", args=[one.pk])
    _asks_and_takes(client, address, {"appointed_on": "2026-05-13", "years": 3}, one)
    address = reverse("centre_household_correct", args=[one.pk])
    _asks_and_takes(client, address, {"person_name": "罗测竹", "duties": ["policy"]}, one)
    serving(cast)
    mine = household(2)
    sent = {"head_name": mine.head_name, "head_count": 2, "phone": OLD}
    _asks_and_takes(client, reverse("household_correct", args=[mine.pk]), sent, mine)
    assert account_of(one).phone == OLD


# --- sheets cannot ask --------------------------------------------------------------------------


def test_rows_that_would_lead_to_another_s_account_are_refused_by_name(cast: Cast) -> None:
    one = serving(cast)
    branch.bring_to(cast, branch.drafted(cast, "party_group"), "drafted")
    (found,) = MemberIntake.plan([MemberRow(HOME, "罗测甲", OLD, "full", "leader")])
    assert (found.fate, set(found.problems)) == (Fate.WRONG, {"phone"})
    (found,) = CentreHouseholdIntake.plan([centre.row(household_number=2, phone=OLD,
                                                      person_name="罗测梅")])  # fmt: skip
    assert (found.fate, set(found.problems)) == (Fate.WRONG, {"phone"})
    (found,) = CentreHouseholdIntake.plan([centre.row(person_name="罗测梅")])
    assert (found.fate, set(found.problems)) == (Fate.WRONG, {"person_name"})
    taken = str(cast.without_role.phone)
    (found,) = HouseholdIntake.plan([row(1, household(1).head_name, phone=taken)])
    assert (found.fate, set(found.problems)) == (Fate.WRONG, {"phone"})
    assert account_of(one).phone == OLD


def test_one_number_for_two_persons_in_one_sheet_is_refused(cast: Cast) -> None:
    rows = [centre.row(household_number=n, phone=OLD, person_name=f"罗测{n}") for n in (1, 2)]
    first, second = CentreHouseholdIntake.plan(rows)
    assert (first.fate, second.fate) == (Fate.NEW, Fate.WRONG)


# --- who cannot sign in is told of --------------------------------------------------------------


def test_an_office_whose_holder_cannot_sign_in_is_told_at_home(cast: Cast, enter: Enter) -> None:
    one, organisation = serving(cast), branch.founded(cast)
    for phone in (OLD, LEADER):
        taken_over(phone)
    home = enter("township_staff").get("/home/")
    urls = [notice.url for notice in home.context["notices"] if notice.urgent]
    listed = f"{reverse('centre_households')}?group=silent"
    assert set(urls) >= {listed, reverse("organisation", args=[organisation.pk])}
    assert one.person_name in page_text(enter("township_staff").get(listed))
    correct_household(cast, phone=NEW)
    correct_member(cast, leader(organisation), phone="13800000003")
    home = enter("township_staff").get("/home/")
    assert not {notice.url for notice in home.context["notices"]} & set(urls)


# --- the operator -------------------------------------------------------------------------------


def test_the_operator_gives_a_number_and_is_asked_too(cast: Cast) -> None:
    values: dict[str, Any] = {"actor": OPERATOR, "account": cast.county_staff}
    give_number(**values, phone=NEW)
    assert Account.objects.get(pk=cast.county_staff.pk).phone == NEW
    taken = str(cast.city_staff.phone)
    for phone in (taken, "123"):
        with pytest.raises(Invalid):
            give_number(**values, phone=phone)
    with pytest.raises(Conflict):
        give_number(**values, phone=taken, number_is=same(taken))
    give_number(**values, phone=taken, number_is=hers(taken))
    assert Account.objects.get(pk=cast.city_staff.pk).phone is None


def test_the_command_line_lists_who_is_silent_and_gives_numbers(cast: Cast) -> None:
    taken_over(cast.city_staff.phone)

    def run(*words: str) -> str:
        answer = CliRunner().invoke(cli, ["accounts", *words])
        assert answer.exit_code == 0, answer.output
        return answer.output

    listed = run("silent")
    assert listed.split("\t")[:2] == [str(cast.city_staff.pk), cast.city_staff.name]
    run("number", str(cast.city_staff.pk), NEW)
    run("number", str(cast.county_staff.phone), NEW, "--hers")
    assert Account.objects.get(phone=NEW) == cast.county_staff
    assert run("silent") == listed


def test_erasing_reaches_an_account_to_which_no_number_leads(cast: Cast) -> None:
    one = serving(cast)
    account, mine = account_of(one), household(1)
    correct_household(cast, phone="")
    centre.take(cast, "leave", one)
    household_actions.erase_household(actor=cast.actor("secretary"), household=mine)
    assert not Account.objects.filter(pk=account.pk).exists()
