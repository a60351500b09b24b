"""What becomes of gifts and payments with the household, and of a fund with its hamlet."""

import pytest

from genxu.core.errors import Conflict
from genxu.hamlets.actions import close_hamlet, merge_hamlets
from genxu.people import household_actions
from genxu.people.models import Household
from genxu.people.record import kept_of
from genxu.people.resettlement import Merging, all_told
from genxu.places.funds.choosing import Somebody
from genxu.places.funds.models import Contribution, Spending
from genxu.places.ledger.models import BookKind, Entry
from genxu.places.ledger.tests.factories import opened
from tests.cast import HOME, NEIGHBOUR, Cast

from .factories import asked, decided, from_person, fund, given, money, paid


def _first(cast: Cast) -> Household:
    return cast.households()[0]


def test_a_household_reads_what_it_gave_and_was_paid(cast: Cast) -> None:
    one = from_person(cast, _first(cast))
    given(cast)
    paid(cast, decided(cast, asked(cast, payee=Somebody("", True, _first(cast)))))
    told = [(str(kept.label), str(kept.value)) for kept in kept_of(_first(cast))]
    assert ("捐给村湾", f"{one.number} · 5,000.00") in told
    assert any("800.00" in value for _label, value in told)


def test_erased_its_name_goes_and_the_books_stay(cast: Cast) -> None:
    household = _first(cast)
    from_person(cast, household)
    paid(cast, decided(cast, asked(cast, payee=Somebody("", True, household))))
    stood = money(fund(cast))
    household_actions.erase_household(actor=cast.actor("secretary"), household=household)
    gift, ask = Contribution.objects.get(), Spending.objects.get()
    assert (gift.giver, gift.household, ask.payee, ask.household) == ("", None, "", None)
    assert money(fund(cast)) == stood
    assert Entry.objects.get(origin=f"funds.contribution:{gift.pk}").who == ""
    assert Entry.objects.get(origin=f"funds.spending:{ask.pk}").who == "罗测一"  # 会计档案


def test_merged_its_gifts_belong_to_the_entry_that_is_kept(cast: Cast) -> None:
    first, second = cast.households()[:2]
    from_person(cast, first)
    household_actions.merge_households(actor=cast.actor("secretary"), keep=second, double=first)
    assert Contribution.objects.get().household == second


def test_two_funds_at_one_place_cannot_be(cast: Cast) -> None:
    fund(cast)
    opened(cast, BookKind.FUND, NEIGHBOUR)
    merging = Merging(cast.actor("township_staff"), cast.hamlet(NEIGHBOUR), cast.hamlet(HOME))
    assert list(all_told("against_merging", merging))


def test_a_fund_goes_along_where_the_other_hamlet_has_none(cast: Cast) -> None:
    one = given(cast)
    asked(cast)
    merge_hamlets(actor=cast.actor("township_staff"), hamlet=cast.home, heir=cast.hamlet(NEIGHBOUR))
    one.refresh_from_db()
    assert (one.hamlet_id, one.book.place_id) == (NEIGHBOUR, NEIGHBOUR)
    assert money(one.book) == 500_000


def test_a_hamlet_with_an_open_fund_is_not_closed(cast: Cast) -> None:
    asked(cast)
    with pytest.raises(Conflict) as refused:
        close_hamlet(actor=cast.actor("township_staff"), hamlet=cast.home)
    assert "经费" in str(refused.value.message)
