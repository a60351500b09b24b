"""What comes into a fund: booked at once, by whom, on what terms, corrected, given back."""

from datetime import date

import pytest

from genxu.core.errors import Conflict, Denied, Invalid
from genxu.places.funds import actions, documents, queries
from genxu.places.funds.choosing import Somebody
from genxu.places.funds.models import Contribution, Source
from genxu.places.funds.workflow import Came
from genxu.places.ledger import chart
from genxu.places.ledger.actions import note_opening, reverse_entry
from genxu.places.ledger.models import Entry
from genxu.places.ledger.queries import balances
from genxu.places.ledger.tests import factories as ledger
from tests.cast import Cast, Enter, later

from . import factories
from .factories import DAY, carried, from_person, fund, given, money


@pytest.mark.parametrize(
    ("source", "account"),
    [("township", "503"), ("village", "503"), ("society", "504")],
)
def test_it_is_booked_at_once_and_says_the_accounts_itself(
    cast: Cast, source: str, account: str
) -> None:
    one = given(cast, 12_345, source=source)
    assert one.entry is not None
    assert balances(fund(cast), DAY) == {"102": 12_345, account: 12_345}
    assert one.entry.origin == f"funds.contribution:{one.pk}"
    assert one.number == "2026-001"
    assert given(cast, 1).number == "2026-002"


def test_a_part_of_the_own_income_needs_its_members(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        given(cast, source="own")
    assert "motion" in refused.value.fields
    lost = carried(cast, votes=(10, 30, 10))
    with pytest.raises(Invalid) as refused:
        given(cast, source="own", motion=lost)
    assert "motion" in refused.value.fields
    uncounted = carried(cast, "villagers_meeting", basis="adults")
    with pytest.raises(Invalid):
        given(cast, source="own", motion=uncounted)  # not for this body to decide
    elsewhere = carried(cast, hamlet="421221104202002")
    with pytest.raises(Invalid):
        given(cast, source="own", motion=elsewhere)
    assert not Entry.objects.filter(origin__startswith="funds.").exists()
    one = given(cast, source="own", motion=carried(cast))
    assert one.entry is not None
    assert one.entry.motion == one.motion


def test_a_question_of_another_kind_lets_no_part_of_the_income_go(cast: Cast, enter: Enter) -> None:
    charter = carried(
        cast, "collective_members", basis="persons", questions=(("改章程", "charter"),)
    )
    with pytest.raises(Invalid) as refused:
        given(cast, source="own", motion=charter)
    assert list(refused.value.fields) == ["motion"]
    plain = carried(cast)
    given(cast, source="own", motion=plain)
    page = enter("secretary").get("/contributions/at/421221104202001/new/").content.decode()
    assert "改章程" not in page
    assert "已经用在：2026-001 5,000.00" in page
    one = given(cast, 100_000, source="own", motion=plain)
    told = enter("secretary").get(f"/contributions/{one.pk}/").content.decode()
    assert "已经用在：2026-001 5,000.00、2026-002 1,000.00" in told


def test_whether_the_giver_is_a_person_is_asked(cast: Cast, enter: Enter) -> None:
    fund(cast)
    sent = {"source": "society", "amount": "5", "purse": "101", "day": "2026-05-06",
            "giver": "罗外人"}  # fmt: skip
    page = "/contributions/at/421221104202001/new/"
    answer = enter("secretary").post(page, sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["kind"])
    assert enter("secretary").post(page, {**sent, "kind": "person"}).status_code == 302
    assert Contribution.objects.get().is_person


def test_what_was_there_when_the_book_was_opened_did_not_come_in(cast: Cast) -> None:
    legs, book = ledger.legs("102", "301", 900_000), fund(cast)
    keeper = cast.actor("bookkeeper")
    wrong = note_opening(actor=keeper, book=book, legs=ledger.legs("102", "301", 9))
    reverse_entry(actor=keeper, entry=wrong, reason="抄错了", day=DAY)
    note_opening(actor=keeper, book=book, legs=legs)
    given(cast, 100_000)
    year = queries.year_of(book, 2026)
    assert (year.before, year.came_else, year.spent_else) == (900_000, 0, 0)
    assert (year.came_all, year.stands) == (100_000, money(book))


def test_without_a_fund_nothing_is_noted(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.note_contribution(
            actor=cast.actor("secretary"), hamlet=cast.home, source="township", day=DAY,
            amount=5, purse=chart.CASH,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": "loan"}, "source"),
        ({"fen": None}, "amount"),
        ({"goods": "水泥十包"}, "amount"),
        ({"purse": "201"}, "purse"),
        ({"purse": ""}, "purse"),
        ({"day": date(2026, 5, 14)}, "day"),
        ({"day": date(2025, 12, 31)}, "day"),
        ({"giver": None}, "giver"),
        ({"giver": Somebody("　", True)}, "giver"),
        ({"fen": 0}, "amount"),
        ({"fen": -5}, "amount"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    cast: Cast,
    wrong: dict,
    field: str,  # type: ignore[type-arg]
) -> None:
    with pytest.raises(Invalid) as refused:
        given(cast, **wrong)
    assert list(refused.value.fields) == [field]
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("typed", ["0.005", "1e9", "-3", "", "三百"])
def test_a_sum_that_is_none_is_told_and_the_rest_stays(
    cast: Cast, enter: Enter, typed: str
) -> None:
    fund(cast)
    sent = {"source": "society", "amount": typed, "purse": "101", "day": "2026-05-06",
            "giver": "红土果业公司", "kind": "firm"}  # fmt: skip
    answer = enter("secretary").post("/contributions/at/421221104202001/new/", sent)
    assert answer.status_code == 422
    assert "amount" in answer.context["form"].errors
    assert 'value="红土果业公司"' in answer.content.decode()
    assert not Contribution.objects.exists()


def test_full_width_and_ten_thousands_are_understood(cast: Cast, enter: Enter) -> None:
    fund(cast)
    for typed, fen in {"１２３．５": 12_350, "1.2万": 1_200_000}.items():
        sent = {"source": "township", "amount": typed, "purse": "102", "day": "2026-05-06"}
        answer = enter("secretary").post("/contributions/at/421221104202001/new/", sent)
        assert answer.status_code == 302
        assert Contribution.objects.latest("pk").amount == fen


def test_things_are_noted_without_a_sum(cast: Cast) -> None:
    one = given(cast, None, goods="水泥十包", purse="")
    assert (one.entry, one.goods, money(fund(cast))) == (None, "水泥十包", 0)


def test_noted_late_it_says_so(cast: Cast) -> None:
    assert given(cast, day=date(2026, 5, 11)).days_late == 0
    assert given(cast, day=date(2026, 4, 3)).days_late == 40


def test_who_noted_it_does_not_say_that_it_is_there(cast: Cast) -> None:
    by_bookkeeper = given(cast, part="bookkeeper")
    with pytest.raises(Denied):
        actions.see_to_contribution(actor=cast.actor("bookkeeper"), contribution=by_bookkeeper)
    with pytest.raises(Denied):
        actions.see_to_contribution(actor=cast.actor("secretary"), contribution=given(cast))
    seen = actions.see_to_contribution(actor=cast.actor("bookkeeper"), contribution=given(cast))
    assert seen.state == Came.SEEN


def test_what_the_bookkeeper_has_seen_the_secretary_does_not_strike_out(cast: Cast) -> None:
    one = factories.came_in_state(cast, "seen")
    with pytest.raises(Denied):
        actions.strike_contribution(actor=cast.actor("secretary"), contribution=one, words="错")
    actions.strike_contribution(actor=cast.actor("bookkeeper"), contribution=one, words="错")
    assert money(fund(cast)) == 0


def test_it_is_struck_out_and_noted_anew_once(cast: Cast, enter: Enter) -> None:
    one = factories.came_in_state(cast, "struck")
    back = Entry.objects.get(reverses=one.entry)
    assert (back.reason, money(fund(cast))) == ("记重了", 0)
    page = f"/contributions/at/421221104202001/new/?instead={one.pk}"
    assert 'value="5,000.00"' in enter("secretary").get(page).content.decode()
    anew = given(cast, 50_000, instead=one)
    assert anew.instead == one
    with pytest.raises(Conflict):
        given(cast, 50_000, instead=one)
    with pytest.raises(Conflict):
        given(cast, 50_000, instead=anew)


def test_what_was_spent_is_not_given_back(cast: Cast) -> None:
    one = given(cast, 100_000)
    factories.paid(cast, factories.decided(cast, factories.asked(cast, 80_000)))
    with pytest.raises(Invalid):
        actions.give_back_contribution(
            actor=cast.actor("bookkeeper"), contribution=one, day=date(2026, 5, 13), words="收回"
        )
    assert Contribution.objects.get().state == Came.NOTED


def test_a_villager_is_named_only_by_his_own_wish(cast: Cast) -> None:
    one = from_person(cast)
    told = {
        part: str(one.giver_for(cast.actor(part)))
        for part in ("secretary", "bookkeeper", "supervisor", "county_staff", "city_staff")
    }
    assert told == {"secretary": "罗测三", "bookkeeper": "罗测三", "supervisor": "罗测三",
                    "county_staff": "一位村民", "city_staff": "一位村民"}  # fmt: skip
    assert one.entry is not None
    assert (one.entry.who, one.entry.is_person) == ("", True)
    one = actions.change_wish(
        actor=cast.actor("secretary"), contribution=one, named=True, words="电话里说愿意"
    )
    assert str(one.giver_for(cast.actor("county_staff"))) == "罗测三"


def test_its_receipt_opens_a_page_that_names_nobody(cast: Cast, client, enter: Enter) -> None:  # type: ignore[no-untyped-def]
    one = from_person(cast)
    answer = enter("secretary").post(f"/contributions/{one.pk}/paper/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert client.get(f"/my/gift/{one.pk}/").status_code == 302
    found = client.post("/h/", {"code": one.code}, follow=True)
    assert found.redirect_chain[-1][0] == f"/my/gift/{one.pk}/"
    page = found.content.decode()
    assert "罗测三" not in page
    assert "5,000.00" in page


def test_the_sum_stands_there_in_capitals(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}
    monkeypatch.setattr(documents, "typeset", lambda _t, document, **_m: seen.update(document.data))
    one = Contribution.objects.one_for(cast.actor("secretary"), given(cast, 1_050_050).pk)
    documents.print_receipt(documents.paper_of(one), "https://x")
    assert seen["capitals"] == "壹万零伍佰元零伍角整" or seen["capitals"].startswith("壹万零伍佰元")
    assert seen["figures"] == "10,500.50"


def test_the_receipts_of_a_year_are_numbered_anew(cast: Cast) -> None:
    given(cast)
    with later(days=300):
        assert given(cast, day=date(2026, 5, 7)).number == "2027-001"


def test_what_a_year_tells_adds_up_to_the_book(cast: Cast) -> None:
    given(cast, 300_000, source="township")
    given(cast, 200_000)
    factories.came_in_state(cast, "struck")
    factories.paid(cast, factories.decided(cast))
    year = queries.year_of(fund(cast), 2026)
    assert year.came == {"township": 300_000, "village": 0, "society": 200_000, "own": 0}
    assert year.spent["repairs"] == 80_000
    assert year.stands == money(fund(cast)) == 420_000
    assert [one.value for one in Source] == list(year.came)


def test_the_register_is_offered_to_who_keeps_it(cast: Cast, enter: Enter) -> None:
    """The bookkeeper types the whole name, and it is known again."""
    fund(cast)
    page = "/contributions/at/421221104202001/new/"
    assert "罗测二" in enter("secretary").get(page).content.decode()
    assert "罗测二" not in enter("bookkeeper").get(page).content.decode()
    sent = {"source": "society", "amount": "5", "purse": "101", "day": "2026-05-06",
            "giver": "罗测二", "kind": "firm"}  # fmt: skip
    assert enter("bookkeeper").post(page, sent).status_code == 302
    one = Contribution.objects.get()
    assert (one.household, one.is_person) == (cast.households()[1], True)
