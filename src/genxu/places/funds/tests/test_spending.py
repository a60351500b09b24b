"""What is asked of a fund: two decide, a third pays; what is major goes a longer way."""

from datetime import date
from typing import Any

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.organisation.councils.models import Seat
from genxu.places.funds import budget_actions, choosing, spending_actions
from genxu.places.funds.choosing import Somebody
from genxu.places.funds.models import Spending
from genxu.places.funds.workflow import Asked
from genxu.places.ledger.actions import close_month
from genxu.places.ledger.models import Entry
from tests.cast import TOWNSHIP, Cast, Enter, later

from . import factories
from .factories import (
    approved,
    asked,
    brought,
    carried,
    decided,
    fund,
    given,
    money,
    paid,
    resolved,
)

TODAY = date(2026, 5, 13)


def test_it_is_asked_decided_by_two_and_paid_by_a_third(cast: Cast) -> None:
    one = paid(cast)
    assert (one.state, one.paid, money(fund(cast))) == (Asked.PAID, 80_000, 420_000)
    assert one.entry is not None
    assert one.entry.who == "新街五金店"
    assert len({one.asked_by_id, one.paid_by_id}) == 2
    assert one.beside_name not in ("", cast.secretary.name)


def test_who_decides_is_not_the_one_who_was_there(cast: Cast) -> None:
    factories.seat(cast)
    own = Seat.objects.get(name=cast.secretary.name)
    with pytest.raises(Invalid) as refused:
        decided(cast, beside=own)
    assert list(refused.value.fields) == ["beside"]


def test_who_asked_or_decided_does_not_pay(cast: Cast) -> None:
    """Though the same person held both offices."""
    from genxu.people.actions import grant_role
    from genxu.regions.models import Region
    from tests.cast import OPERATOR, VILLAGE

    given(cast)
    one = decided(cast)
    grant_role(actor=OPERATOR, account=cast.secretary, role="bookkeeper",
               place=Region.objects.get(code=VILLAGE))  # fmt: skip
    cast.secretary.__dict__.pop("_prefetched_objects_cache", None)
    with pytest.raises(Denied):
        paid(cast, one, "secretary")
    assert paid(cast, one).state == Asked.PAID


@pytest.mark.parametrize("purpose", ["loan", "guarantee", "advance"])
def test_what_the_rule_forbids_is_refused_in_its_words(cast: Cast, purpose: str) -> None:
    with pytest.raises(Invalid, match="121号") as refused:
        asked(cast, purpose=purpose)
    assert list(refused.value.fields) == ["purpose"]


def test_a_chit_is_refused(cast: Cast) -> None:
    given(cast)
    one = decided(cast)
    for wrong in ({"proof": "chit"}, {"paper": " "}):
        with pytest.raises(Invalid):
            paid(cast, one, **wrong)
    assert money(fund(cast)) == 500_000


def test_no_more_is_paid_than_was_decided(cast: Cast) -> None:
    given(cast)
    one = decided(cast)
    for amount in (80_001, 0, -5):
        with pytest.raises(Invalid) as refused:
            paid(cast, one, amount=amount)
        assert list(refused.value.fields) == ["amount"]
    assert paid(cast, one, amount=79_900).paid == 79_900


def test_what_is_not_there_is_not_paid(cast: Cast, enter: Enter) -> None:
    """The sentence of the book stands at the field."""
    given(cast, 50_000)
    one = decided(cast)
    sent = {"amount": "800", "purse": "102", "day": "2026-05-13", "proof": "number", "paper": "9",
            "version": one.version}  # fmt: skip
    answer = enter("bookkeeper").post(f"/spendings/{one.pk}/pay/", sent)
    assert answer.status_code == 422
    assert "300.00" in str(answer.context["form"].errors["amount"])
    assert money(fund(cast)) == 50_000


def test_a_payment_is_taken_back_and_made_anew(cast: Cast) -> None:
    one = paid(cast)
    one = spending_actions.unpay_spending(
        actor=cast.actor("bookkeeper"), spending=one, day=TODAY, words="付给了另一家"
    )
    assert (one.state, one.paid, one.entry, money(fund(cast))) == (
        Asked.APPROVED,
        None,
        None,
        500_000,
    )
    assert Entry.objects.get(reverses__isnull=False).reason == "付给了另一家"
    assert paid(cast, one).state == Asked.PAID
    assert money(fund(cast)) == 420_000


def test_a_payment_in_a_shut_month_is_taken_back_in_an_open_one(cast: Cast) -> None:
    one = paid(cast)
    with later(days=60):
        for month in range(1, 7):
            close_month(actor=cast.actor("bookkeeper"), book=fund(cast), month=date(2026, month, 1))
        back = {"actor": cast.actor("bookkeeper"), "spending": one, "words": "退回"}
        with pytest.raises(Invalid) as refused:
            spending_actions.unpay_spending(**back, day=TODAY)
        assert list(refused.value.fields) == ["day"]
        spending_actions.unpay_spending(**back, day=clock.today())
        assert money(fund(cast)) == 500_000


# --- what is major -------------------------------------------------------------------------------


def test_the_limit_of_the_township_says_what_is_major(cast: Cast) -> None:
    before = asked(cast, 250_000)
    assert before.major
    assert not asked(cast, 199_999).major
    assert asked(cast, 200_000).major
    budget_actions.set_limit(
        actor=cast.actor("township_staff"), township=cast.hamlet(TOWNSHIP), amount=300_000
    )
    assert not asked(cast, 250_000).major
    assert Spending.objects.get(pk=before.pk).major  # as it was when it was asked


def test_what_is_major_is_not_decided_by_two(cast: Cast) -> None:
    with pytest.raises(Conflict):
        decided(cast, asked(cast, 300_000))


def test_the_four_steps_come_one_after_the_other(cast: Cast) -> None:
    one = asked(cast, 300_000)
    bring = {"actor": cast.actor("secretary"), "spending": one}
    wrong = [
        ({"discussed_on": TODAY}, "discussed_on"),
        ({"proposed_on": TODAY, "deliberated_on": TODAY}, "deliberated_on"),
        ({"proposed_on": TODAY, "discussed_on": date(2026, 5, 1)}, "discussed_on"),
        ({"proposed_on": date(2026, 5, 14)}, "proposed_on"),
        ({}, "proposed_on"),
    ]
    for days, field in wrong:
        with pytest.raises(Invalid) as refused:
            spending_actions.bring_spending(**bring, **days)
        assert list(refused.value.fields) == [field]
    with pytest.raises(Conflict):
        spending_actions.resolve_spending(**bring, motion=carried(cast))


def test_only_a_decision_of_this_hamlet_that_carried_counts(cast: Cast) -> None:
    one = brought(cast)
    for motion in (carried(cast, votes=(10, 30, 10)), carried(cast, hamlet="421221104202002")):
        with pytest.raises(Invalid) as refused:
            spending_actions.resolve_spending(
                actor=cast.actor("secretary"), spending=one, motion=motion
            )
        assert list(refused.value.fields) == ["motion"]


def test_the_township_returns_it_and_approves_it_then_it_hangs_on_the_wall(cast: Cast) -> None:
    given(cast)
    one = factories.in_state(cast, "sent_back")
    with pytest.raises(Conflict):
        paid(cast, one)
    secretary, township = cast.actor("secretary"), cast.actor("township_staff")
    one = spending_actions.explain_spending(actor=secretary, spending=one, words="三家报价在后")
    with pytest.raises(Denied):
        spending_actions.approve_spending(actor=secretary, spending=one)
    one = spending_actions.approve_spending(actor=township, spending=one)
    with pytest.raises(Conflict):
        paid(cast, one)  # nobody has read of it yet
    one = spending_actions.publish_decision(actor=secretary, spending=one, published_on=TODAY)
    with pytest.raises(Denied):
        paid(cast, one, "township_staff")  # who reviewed it does not pay it
    one = paid(cast, one)
    assert one.entry is not None
    assert one.entry.motion == one.motion
    one = spending_actions.publish_result(actor=secretary, spending=one, told_on=TODAY)
    assert one.told_on == TODAY


def test_decided_anew_it_goes_all_four_steps_again(cast: Cast) -> None:
    one = spending_actions.redo_spending(
        actor=cast.actor("secretary"), spending=factories.in_state(cast, "sent_back"), words="重议"
    )
    assert (one.state, one.days, one.motion, one.decided) == (Asked.ASKED, (None,) * 3, None, None)


CORRECTED = {"what": "新建水泥晒场", "purpose": "facilities", "amount": 300_000,
             "payee": factories.SHOP}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        ({"what": "新建晒场"}, True),
        ({"amount": 400_000}, False),
        ({"amount": 80_000}, False),
        ({"payee": Somebody("第三家", False)}, False),
        ({"payee": Somebody("新街五金店", True)}, False),
        ({"purpose": "repairs"}, False),
    ],
)
def test_what_is_asked_otherwise_goes_the_four_steps_anew(
    cast: Cast, change: dict[str, Any], holds: bool
) -> None:
    one, secretary = brought(cast), cast.actor("secretary")
    days = one.days
    given = {"actor": secretary, "spending": one, **CORRECTED}
    one = spending_actions.correct_spending(**given | change)
    assert one.days == (days if holds else (None,) * 3)


def test_who_corrected_it_does_not_pay_it(cast: Cast) -> None:
    """Though she holds the bookkeeper's office too."""
    from genxu.people.actions import grant_role
    from genxu.regions.models import Region
    from tests.cast import OPERATOR, VILLAGE

    given(cast)
    one = spending_actions.correct_spending(
        actor=cast.actor("village_staff"), spending=asked(cast),
        **CORRECTED | {"amount": 80_000, "purpose": "repairs"},
    )  # fmt: skip
    one = decided(cast, one)
    village = Region.objects.get(code=VILLAGE)
    grant_role(actor=OPERATOR, account=cast.village_staff, role="bookkeeper", place=village)
    cast.village_staff.__dict__.pop("_prefetched_objects_cache", None)
    with pytest.raises(Denied, match="改过"):
        paid(cast, one, "village_staff")


def test_what_is_major_is_paid_on_no_day_before_its_review_and_the_wall(cast: Cast) -> None:
    given(cast)
    one = resolved(cast)
    secretary = cast.actor("secretary")
    with later(days=2):
        one = spending_actions.approve_spending(actor=cast.actor("township_staff"), spending=one)
    with later(days=4):
        one = spending_actions.publish_decision(
            actor=secretary, spending=one, published_on=clock.today()
        )
        for day, told in ((13, "同意"), (14, "同意"), (15, "贴"), (16, "贴")):
            with pytest.raises(Invalid, match=told) as refused:
                paid(cast, one, day=date(2026, 5, day))
            assert list(refused.value.fields) == ["day"]
        one = paid(cast, one)
    with later(days=6), pytest.raises(Invalid):
        spending_actions.publish_decision(actor=secretary, spending=one, published_on=clock.today())


def test_a_decision_that_is_used_again_says_for_what_it_was(cast: Cast, enter: Enter) -> None:
    one = resolved(cast)
    motion = one.motion
    assert motion is not None
    assert "已经用在" not in enter("township_staff").get(f"/spendings/{one.pk}/").content.decode()
    second = brought(cast, 250_000)
    secretary = enter("secretary")
    page = secretary.get(f"/spendings/{second.pk}/resolve/").content.decode()
    assert "已经用在：新建水泥晒场 3,000.00" in page
    spending_actions.resolve_spending(actor=cast.actor("secretary"), spending=second, motion=motion)
    page = enter("township_staff").get(f"/spendings/{one.pk}/").content.decode()
    assert "已经用在：新建水泥晒场 3,000.00、新建水泥晒场 2,500.00" in page


def test_whether_the_payee_is_a_person_is_asked(cast: Cast, enter: Enter) -> None:
    fund(cast)
    page = "/spendings/at/421221104202001/new/"
    sent = {"what": "买扫帚", "purpose": "office", "amount": "60", "payee": "罗外人"}
    secretary = enter("secretary")
    assert " checked" not in secretary.get(page).content.decode()
    answer = secretary.post(page, sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["kind"])
    assert secretary.post(page, {**sent, "kind": "person"}).status_code == 302
    assert Spending.objects.get().is_person


# --- what is shown -------------------------------------------------------------------------------


def test_one_purchase_cut_in_pieces_is_told(cast: Cast) -> None:
    first = asked(cast, 120_000)
    assert not list(choosing.warnings_of(first))
    second = asked(cast, 90_000)
    assert len(list(choosing.warnings_of(second))) == len(list(choosing.warnings_of(first))) == 1
    asked(cast, 300_000)  # that goes the long way by itself
    assert not list(choosing.warnings_of(asked(cast, 90_000, payee=Somebody("第三家", False))))
    with later(days=31):
        assert not list(choosing.warnings_of(asked(cast, 90_000)))
    assert not list(choosing.warnings_of(asked(cast, 90_000, payee=Somebody("另一家", False))))


def test_money_to_the_household_of_who_decided_is_allowed_and_shown(
    cast: Cast, enter: Enter
) -> None:
    household = cast.households()[0]
    type(household).objects.filter(pk=household.pk).update(phone=cast.secretary.phone)
    household.refresh_from_db()
    one = decided(cast, asked(cast, payee=Somebody("", True, household)))
    assert one.own_household
    assert one.payee == "罗测一"
    assert "拍板人自己家" in enter("county_staff").get(f"/spendings/{one.pk}/").content.decode()
    assert not decided(
        cast, asked(cast, payee=Somebody("", True, cast.households()[1]))
    ).own_household


def test_a_person_of_another_hamlet_is_no_household_of_this_one(cast: Cast) -> None:
    far = cast.households("421221104202002")[0]
    with pytest.raises(Invalid) as refused:
        asked(cast, payee=Somebody("", True, far))
    assert list(refused.value.fields) == ["payee"]


def test_approved_again_nothing_is_paid_twice(cast: Cast) -> None:
    one = paid(cast)
    with pytest.raises(Conflict):
        paid(cast, one)
    assert money(fund(cast)) == 420_000


def test_the_budget_keeps_what_stood_before(cast: Cast, enter: Enter) -> None:
    budget = factories.planned(cast)
    change = {"actor": cast.actor("secretary"), "budget": budget, "words": "少修一处"}
    with pytest.raises(Invalid):
        budget_actions.change_budget(**change, planned={"office": 100_000, "repairs": 200_000})
    budget_actions.change_budget(**change, planned={"office": 100_000, "repairs": 150_000})
    page = enter("secretary").get(f"/budgets/{budget.pk}/").content.decode()
    assert "2,000.00" in page
    assert "少修一处" in page
    with pytest.raises(Conflict):
        factories.planned(cast)
    with pytest.raises(Invalid):
        budget_actions.plan_budget(actor=cast.actor("secretary"), hamlet=cast.home, year=2030,
                                   planned={"office": 1})  # fmt: skip


def test_approved_spending_is_what_the_bookkeeper_is_told_of(cast: Cast, enter: Enter) -> None:
    approved(cast)
    asked(cast)
    told = {"secretary": "等您拍板", "bookkeeper": "等着付"}
    for part in told:
        assert "/spendings/?group=" in enter(part).get("/home/").content.decode(), part
