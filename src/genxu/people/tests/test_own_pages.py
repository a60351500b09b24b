"""What a household does with the code of its slip, without log-in."""

import pytest
from django.test import Client
from django.urls import reverse

from genxu.core import clock
from genxu.core.keyring import WRONG_CODES_A_MINUTE
from genxu.core.notices import told
from genxu.people import household_actions
from genxu.people.models import HouseholdLink
from genxu.people.notices import notices
from tests.cast import Cast
from tests.doing import form_errors, hold, page_text

from .factories import enter_rows, household, merged, moved, row, with_code

OWN = "/my/household/"


def own(link: HouseholdLink) -> str:
    return reverse("own_record", args=[link.household_id])


@pytest.fixture
def mine(cast: Cast, client: Client) -> HouseholdLink:
    """The slip of the first household, opened in this browser."""
    link = with_code()
    hold(client, link.code)
    return link


@pytest.mark.parametrize(
    "spelling",
    [str, str.lower, lambda code: f" {code[:5]} - {code[5:]} ", lambda c: f"{c[:5]}-{c[5:]}"],
)
def test_the_code_may_be_spelled_carelessly(cast: Cast, client: Client, spelling: object) -> None:
    link = with_code()
    answer = client.post(reverse("find_household"), {"code": spelling(link.code)})  # type: ignore[operator]
    assert answer["Location"] == reverse("own_page", args=[link.household_id])
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("code", ["AAAAAAAAAA", "short", "一二三四五六七八九十", "%%%%%%%%%%"])
def test_a_wrong_code_is_told_and_stays_in_the_field(cast: Cast, client: Client, code: str) -> None:
    answer = client.post(reverse("find_household"), {"code": code})
    assert answer.status_code == 404
    assert code in page_text(answer)
    assert answer.context["error"]


def test_guessing_is_slowed_down(cast: Cast, client: Client) -> None:
    good, field = with_code(), reverse("find_household")
    for _n in range(WRONG_CODES_A_MINUTE):
        assert client.post(field, {"code": "AAAAAAAAAA"}).status_code == 404
    assert client.post(field, {"code": "AAAAAAAAAA"}).status_code == 429
    right = client.post(field, {"code": good.code})
    assert right.status_code == 302, "neighbours behind the same address go on"


def test_it_sees_what_is_kept_with_its_phone_masked(mine: HouseholdLink, client: Client) -> None:
    enter_rows(row(1, "罗测一", phone="13812345678"))
    answer = client.get(own(mine))
    text = page_text(answer)
    assert "罗测一" in text
    assert "138****5678" in text
    assert "13812345678" not in text
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "same-origin"


def test_it_corrects_phone_and_head_count(mine: HouseholdLink, client: Client) -> None:
    answer = client.post(own(mine), {"phone": "138 1234 5678", "head_count": "5"})
    assert answer["Location"] == own(mine)
    one = household()
    assert (one.head_name, one.phone, one.head_count) == ("罗测一", "13812345678", 5)


@pytest.mark.parametrize(
    ("field", "value"), [("phone", "12"), ("head_count", "0"), ("head_count", "")]
)
def test_what_is_wrong_is_said_at_the_field(
    mine: HouseholdLink, client: Client, field: str, value: str
) -> None:
    form = {"phone": "", "head_count": "5", field: value}
    answer = client.post(own(mine), form)
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {field}


def test_who_moved_away_reads_but_corrects_no_more(
    cast: Cast, mine: HouseholdLink, client: Client
) -> None:
    moved(cast, 1)
    assert client.get(own(mine)).status_code == 200
    assert client.post(own(mine), {"phone": "", "head_count": "5"}).status_code == 409


def test_the_slip_of_a_double_opens_the_household_that_was_kept(cast: Cast, client: Client) -> None:
    code = with_code(2).code
    merged(cast, 1, 2)
    answer = client.post(reverse("find_household"), {"code": code})
    assert answer["Location"] == f"{OWN}{household(1).pk}/"
    assert client.get(f"{OWN}{household(1).pk}/correct/").context["household"] == household(1)
    assert client.get(f"{OWN}{household(2).pk}/correct/").status_code == 302


def test_it_asks_to_be_erased_and_the_keepers_see_it(
    cast: Cast, mine: HouseholdLink, client: Client
) -> None:
    address = reverse("own_erasure", args=[mine.household_id])
    client.post(address, {"wanted": "yes"})
    assert household().erasure_asked_on == clock.today()
    moved(cast, 1)
    (notice,) = told(notices(cast.actor("secretary")))
    assert (
        told(notices(cast.actor("neighbour_secretary")))
        == told(notices(cast.actor("city_staff")))
        == []
    )
    keeper = Client()
    keeper.force_login(cast.secretary)
    answer = keeper.get(notice.url)
    assert [one.pk for one in answer.context["page"].object_list] == [household().pk]
    client.post(address, {"wanted": "no"})
    assert household().erasure_asked_on is None


def test_once_erased_its_code_opens_nothing(
    cast: Cast, mine: HouseholdLink, client: Client
) -> None:
    household_actions.erase_household(actor=cast.actor("secretary"), household=household())
    assert client.get(own(mine))["Location"] == "/h/?told=again"
    assert client.post("/h/", {"code": mine.code}).status_code == 404
