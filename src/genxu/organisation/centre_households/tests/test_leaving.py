"""How a service ends, what ends with it, what may be erased, what the journal keeps."""

from datetime import date
from typing import Any

import pytest

from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.organisation.centre_households import actions
from genxu.organisation.centre_households.models import CentreHousehold, Coverage
from genxu.organisation.centre_households.workflow import Leaving, State
from genxu.people.models import Account
from genxu.people.roles import Role
from tests.cast import FAR, HOME, NEIGHBOUR, NOW, Cast, later

from .factories import (
    appointed,
    fresh,
    holder,
    nominated,
    recommended,
    take,
    with_phone,
)

TODAY = NOW.date()


def test_leaving_takes_the_role_and_ends_what_was_looked_after(cast: Cast) -> None:
    mine, other, _third, _fourth = cast.households()
    one = appointed(cast, with_phone(mine))
    Coverage.objects.create(centre_household=one, household=other, hamlet=cast.home, since=TODAY)
    with later(days=10):
        actions.end_service(
            actor=cast.actor("township_staff"), centre_household=one, reason=Leaving.MOVED_AWAY,
            left_on=TODAY,
        )  # fmt: skip
    gone = fresh(one)
    assert (gone.state, gone.leaving, gone.left_on) == (State.LEFT, Leaving.MOVED_AWAY, TODAY)
    assert one.account is not None
    assert not one.account.grants.exists()
    assert Account.objects.get(pk=one.account.pk).is_active, "the account itself stays"
    assert Coverage.objects.get().until == TODAY
    assert not Coverage.objects.now().exists()


def test_coverage_that_began_after_the_last_day_never_was(cast: Cast) -> None:
    mine, other, _third, _fourth = cast.households()
    one = appointed(cast, mine)
    since = date(2026, 5, 15)
    Coverage.objects.create(centre_household=one, household=other, hamlet=cast.home, since=since)
    with later(days=10):
        actions.end_service(
            actor=cast.actor("township_staff"), centre_household=one, reason=Leaving.RESIGNED,
            left_on=TODAY,
        )  # fmt: skip
    assert Coverage.objects.get().until == since
    assert not Coverage.objects.on(since).exists()


def test_who_serves_for_two_households_keeps_the_role_until_the_last(cast: Cast) -> None:
    mine, other, _third, _fourth = cast.households()
    one, two = appointed(cast, with_phone(mine)), appointed(cast, with_phone(other))
    assert one.account == two.account
    take(cast, "leave", one)
    assert two.account is not None
    assert two.account.grants.exists()
    take(cast, "leave", two)
    assert not two.account.grants.exists()


def test_other_roles_of_the_account_stay(cast: Cast) -> None:
    mine = with_phone(cast.households()[0], cast.secretary.phone)
    one = appointed(cast, mine, name=cast.secretary.name)
    take(cast, "leave", one)
    assert [grant.role for grant in cast.secretary.grants.all()] == [Role.SECRETARY]


def test_resigning_needs_nobodys_leave(cast: Cast) -> None:
    mine = cast.households()[0]
    one = actions.resign_service(
        actor=holder(mine), centre_household=appointed(cast, mine), words="年纪大了"
    )
    assert (one.state, one.leaving, one.left_on) == (State.LEFT, Leaving.RESIGNED, TODAY)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("reason", {"reason": ""}),
        ("reason", {"reason": "bored"}),
        ("words", {"reason": "breach"}),
        ("words", {"reason": "appraisal", "words": "  "}),
        ("left_on", {"reason": "moved_away", "left_on": date(2026, 5, 14)}),
        ("left_on", {"reason": "moved_away", "left_on": date(2026, 5, 12)}),
    ],
)
def test_an_end_that_makes_no_sense(field: str, values: Any, cast: Cast) -> None:
    one = appointed(cast, cast.households()[0])
    with pytest.raises(Invalid) as refused:
        actions.end_service(actor=cast.actor("township_staff"), centre_household=one, **values)
    assert list(refused.value.fields) == [field]
    assert fresh(one).is_serving


def test_the_name_of_one_that_is_over_can_be_erased_and_its_number_stays(cast: Cast) -> None:
    mine, other, _third, _fourth = cast.households()
    one = appointed(cast, with_phone(mine), statement="我在家时间多")
    with pytest.raises(Conflict):
        take(cast, "erase", one)
    one = actions.resign_service(actor=holder(mine), centre_household=one, words="年纪大了")
    with pytest.raises(Denied):
        actions.erase_centre_household(actor=holder(other), centre_household=one)
    take(cast, "erase", one)
    gone = fresh(one)
    assert (gone.person_name, gone.statement, gone.account) == ("", "", None)
    assert not [step.words for step in gone.steps.all() if step.words]
    assert gone.certificate == "42122110420260001"
    assert (gone.appointed_on, gone.left_on, gone.state) == (TODAY, TODAY, State.LEFT)
    with pytest.raises(Conflict):
        take(cast, "erase", gone)
    assert appointed(cast, mine).certificate == "42122110420260002"


def test_the_journal_keeps_no_name_and_no_words(cast: Cast) -> None:
    mine, other, _third, _fourth = cast.households()
    one = nominated(mine, name="罗测秘", statement="我在家时间多")
    recommended(other, one)
    take(cast, "pass_over", one)
    for entry in JournalEntry.objects.filter(action__startswith="centre_households."):
        text = str(entry.detail)
        assert "罗测秘" not in text
        assert "时间多" not in text
        assert "等明年" not in text
        assert entry.place == HOME


def test_other_hamlets_have_their_own(cast: Cast) -> None:
    for hamlet in (HOME, NEIGHBOUR, FAR):
        appointed(cast, cast.households(hamlet)[0])
    given = CentreHousehold.objects.order_by("pk").values_list("certificate", flat=True)
    assert list(given) == ["42122110420260001", "42122110420260002", "42122310620260001"]
