"""Stories of a resident with the code of her slip: she stands, recommends, thinks again."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from genxu.core.models import JournalEntry
from genxu.institutions.matters.models import Matter
from genxu.organisation.centre_households import actions
from genxu.organisation.centre_households.models import (
    CentreHousehold,
    Coverage,
    Recommendation,
)
from genxu.organisation.centre_households.workflow import State
from genxu.people.models import Household
from tests.cast import NEIGHBOUR, NOW, Cast
from tests.doing import form_errors, hold, hold_talk, page_text, raise_matter, taken_up

from .examples import code_of
from .factories import appointed, fresh, in_state, nominated, recommended, selected

STANDS = {"person_name": "罗测丽", "duties": ["policy", "errands"], "statement": "在家时间多"}


def opened(client: Client, household: Household) -> Client:
    """A browser in which the slip of the household was scanned."""
    return hold(client, code_of(household))


def page(client: Client, household: Household) -> Any:
    return opened(client, household).get(reverse("own_page", args=[household.pk]))


def tap(client: Client, name: str, household: Household, *args: Any, **sent: Any) -> Any:
    """A button of the page, and the page to which it leads back."""
    address = reverse(name, args=[household.pk, *args])
    return opened(client, household).post(address, sent, follow=True)


# --- the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [None, *State])
def test_the_page_in_every_state(state: str | None, cast: Cast, client: Client) -> None:
    mine = cast.households()[0]
    if state:
        in_state(cast, state, mine)
    answer = page(client, mine)
    text = page_text(answer)
    assert answer.status_code == 200
    free = state not in (State.NOMINATED, State.SELECTED, State.APPOINTED)
    assert (reverse("own_stand", args=[mine.pk]) in text) is free
    standing = state in (State.NOMINATED, State.SELECTED)
    assert (reverse("own_withdraw", args=[mine.pk]) in text) is standing
    assert (reverse("own_resign", args=[mine.pk]) in text) is (state == State.APPOINTED)
    assert ("今年先不动" in text) is (state == State.NOT_CHOSEN), "she reads why"


def test_the_page_is_private(cast: Cast, client: Client) -> None:
    mine = cast.households()[0]
    for name in ("own_page", "own_stand"):
        answer = opened(client, mine).get(reverse(name, args=[mine.pk]))
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "same-origin"
        assert '<meta name="robots" content="noindex">' in page_text(answer)


def test_without_the_code_nothing_is_done(cast: Cast, client: Client) -> None:
    mine = cast.households()[0]
    opened(client, cast.households()[1])
    for name in ("own_take_back", "own_withdraw", "own_resign", "own_consent", "own_stand"):
        answer = client.post(reverse(name, args=[mine.pk]), STANDS)
        assert answer["Location"] == "/h/?told=again"
    assert not CentreHousehold.objects.exists()


def test_the_slip_of_a_double_opens_the_page_of_the_kept_one(cast: Cast, client: Client) -> None:
    mine, double, _third, _fourth = cast.households()
    nominated(double, name="罗测兰")
    code = code_of(double)
    Household.objects.filter(pk=double.pk).update(merged_into=mine)
    hold(client, code)
    text = page_text(client.get(reverse("own_page", args=[mine.pk])))
    assert mine.head_name in text
    assert "罗测兰" in text, "what the double was nominated for is the household's own"
    answer = client.post(reverse("own_withdraw", args=[mine.pk]), follow=True)
    assert answer.status_code == 200
    assert CentreHousehold.objects.get().state == State.WITHDRAWN


def test_one_that_moved_away_is_told_so(cast: Cast, client: Client) -> None:
    mine, other, _third, _fourth = cast.households()
    nominated(other)
    Household.objects.filter(pk=mine.pk).update(left_on=NOW.date())
    text = page_text(page(client, mine))
    assert "notice" in text
    assert reverse("own_stand", args=[mine.pk]) not in text
    assert "own-candidates" not in text


def test_no_other_household_is_named(cast: Cast, client: Client) -> None:
    """But for those who stand publicly, and one's own centre household."""
    mine, helper, candidate, other = cast.households()
    one = appointed(cast, helper, name="中心户某")
    Coverage.objects.create(
        centre_household=one, household=mine, hamlet=cast.home, since=NOW.date()
    )
    nominated(candidate, name="候选某")
    recommended(other, CentreHousehold.objects.get(person_name="候选某"))
    text = page_text(page(client, mine))
    assert "中心户某" in text
    assert "候选某" in text
    for household in (helper, candidate, other):
        assert household.head_name not in text


@pytest.mark.parametrize("agreed", [True, False])
def test_a_number_to_ring_only_with_consent(agreed: bool, cast: Cast, client: Client) -> None:
    mine, helper, _third, _fourth = cast.households()
    Household.objects.filter(pk=helper.pk).update(phone="13800000007")
    helper.refresh_from_db()
    one = appointed(cast, helper, phone_shown=agreed)
    Coverage.objects.create(
        centre_household=one, household=mine, hamlet=cast.home, since=NOW.date()
    )
    text = page_text(page(client, mine))
    assert ('href="tel:13800000007"' in text) is agreed
    assert ("13800000007" in text) is agreed


def test_one_that_left_is_not_shown_as_helper(cast: Cast, client: Client) -> None:
    mine, helper, _third, _fourth = cast.households()
    one = appointed(cast, helper, name="中心户某")
    Coverage.objects.create(
        centre_household=one, household=mine, hamlet=cast.home, since=NOW.date()
    )
    actions.end_service(
        actor=cast.actor("township_staff"), centre_household=one, reason="moved_away"
    )
    assert "中心户某" not in page_text(page(client, mine))


def test_what_the_household_raised_leads_to_its_receipts(cast: Cast, client: Client) -> None:
    mine, other, _third, _fourth = cast.households()
    matter = raise_matter(cast, household=True, text="门口的水沟堵了")
    ours = matter.suggestions.get()
    hold_talk(cast, taken_up("别家说的话", household=other))
    done = raise_matter(cast, "closed", household=True, text="路灯修好了")
    answer = page(client, mine)
    text = page_text(answer)
    assert reverse("receipt", args=[ours.pk]) in text
    assert client.get(reverse("receipt", args=[ours.pk])).status_code == 200
    assert "门口的水沟堵了" in text
    assert "别家说的话" not in text
    assert list(answer.context["open_suggestions"]) == [ours]
    assert list(answer.context["earlier_suggestions"]) == [done.suggestions.get()]


def test_queries_of_the_page_are_fixed(cast: Cast, client: Client) -> None:
    mine, other, third, _fourth = cast.households()
    opened(client, mine)

    def asked() -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get(reverse("own_page", args=[mine.pk])).status_code == 200
        return len(context.captured_queries)

    one = nominated(other)
    recommended(mine, one)
    raise_matter(cast, household=True)
    before = asked()
    nominated(third)
    for _n in range(3):
        raise_matter(cast, household=True)
    assert asked() == before <= 15
    assert Matter.objects.count() == 4


# --- standing -----------------------------------------------------------------------------------


def test_she_stands_on_the_phone(cast: Cast, client: Client) -> None:
    mine = cast.households()[0]
    url = reverse("own_stand", args=[mine.pk])
    shown = opened(client, mine).get(url)
    assert f'value="{mine.head_name}"' in page_text(shown), "the head's name stands there already"
    key = str(uuid4())
    sent = STANDS | {"client_id": key, "shown": "on"}
    answer = client.post(url, sent, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("own_page", args=[mine.pk])
    one = CentreHousehold.objects.get()
    assert (one.household, one.person_name, one.by_self) == (mine, "罗测丽", True)
    assert (one.shown, one.phone_shown) == (True, False)
    assert client.post(url, sent).status_code == 302, "a second tap changes nothing"
    assert CentreHousehold.objects.count() == 1
    again = client.post(url, STANDS)
    assert again.status_code == 409
    assert "在家时间多" in page_text(again), "what she typed stays"
    entry = JournalEntry.objects.filter(action="centre_households.nominate_household").get()
    assert entry.actor == f"household:{mine.pk}"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("person_name", ""), ("person_name", "长" * 41), ("duties", []), ("duties", ["singing"]),
        ("statement", "字" * 201),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(
    field: str, wrong: Any, cast: Cast, client: Client
) -> None:
    mine = cast.households()[0]
    url = reverse("own_stand", args=[mine.pk])
    answer = opened(client, mine).post(url, STANDS | {field: wrong})
    assert (answer.status_code, list(form_errors(answer))) == (422, [field])
    assert not CentreHousehold.objects.exists()


def test_she_thinks_again(cast: Cast, client: Client) -> None:
    mine = cast.households()[0]
    one = nominated(mine)
    assert "notice-good" in page_text(tap(client, "own_withdraw", mine))
    assert fresh(one).state == State.WITHDRAWN
    assert "notice-warn" in page_text(tap(client, "own_withdraw", mine)), "told, not refused"


def test_one_who_does_not_stand_has_nothing_to_withdraw(cast: Cast, client: Client) -> None:
    for name in ("own_withdraw", "own_resign", "own_consent"):
        answer = tap(client, name, cast.households()[0])
        assert answer.status_code == 404


# --- recommending -------------------------------------------------------------------------------


def test_she_recommends_and_changes_her_mind(cast: Cast, client: Client) -> None:
    mine, one, two, _fourth = cast.households()
    first, second = nominated(one), nominated(two)
    text = page_text(tap(client, "own_recommend", mine, first.pk))
    assert reverse("own_take_back", args=[mine.pk]) in text
    tap(client, "own_recommend", mine, second.pk)
    assert Recommendation.objects.get().candidate == second
    tap(client, "own_take_back", mine)
    assert not Recommendation.objects.exists()


def test_her_own_household_is_not_offered_and_counts_nothing(cast: Cast, client: Client) -> None:
    mine = cast.households()[0]
    own = nominated(mine)
    assert "own-candidates" not in page_text(page(client, mine))
    answer = tap(client, "own_recommend", mine, own.pk)
    assert "notice-warn" in page_text(answer)
    assert not Recommendation.objects.exists()


def test_one_decided_on_is_told_kindly(cast: Cast, client: Client) -> None:
    mine, one, _third, _fourth = cast.households()
    decided = selected(cast, one)
    answer = tap(client, "own_recommend", mine, decided.pk)
    assert answer.status_code == 200
    assert "notice-warn" in page_text(answer)


def test_one_of_another_hamlet_is_not_there(cast: Cast, client: Client) -> None:
    elsewhere = nominated(cast.households(NEIGHBOUR)[0])
    assert tap(client, "own_recommend", cast.households()[0], elsewhere.pk).status_code == 404


# --- serving ------------------------------------------------------------------------------------


def test_consent_is_given_and_taken_back_on_her_own_page(cast: Cast, client: Client) -> None:
    mine = cast.households()[0]
    one = appointed(cast, mine)
    tap(client, "own_consent", mine, shown="on", phone_shown="on")
    assert (fresh(one).shown, fresh(one).phone_shown) == (True, True)
    tap(client, "own_consent", mine)
    assert (fresh(one).shown, fresh(one).phone_shown) == (False, False)


def test_she_gives_it_back(cast: Cast, client: Client) -> None:
    mine = cast.households()[0]
    one = appointed(cast, mine)
    tap(client, "own_resign", mine, words="年纪\x00大了")
    gone = fresh(one)
    assert (gone.state, gone.leaving) == (State.LEFT, "resigned")
    assert gone.steps.latest("pk").words == "年纪大了"


def test_with_too_many_words_nothing_happens(cast: Cast, client: Client) -> None:
    mine = cast.households()[0]
    one = appointed(cast, mine)
    assert "notice-warn" in page_text(tap(client, "own_resign", mine, words="字" * 501))
    assert fresh(one).is_serving


def test_what_is_kept_of_an_earlier_time_can_be_erased(cast: Cast, client: Client) -> None:
    mine = cast.households()[0]
    one = in_state(cast, State.LEFT, mine, name="罗测旧")
    assert "罗测旧" in page_text(page(client, mine))
    assert "罗测旧" not in page_text(tap(client, "own_erase", mine))
    assert fresh(one).is_erased
    assert reverse("own_erase", args=[mine.pk]) not in page_text(page(client, mine))


def test_while_one_serves_the_name_stays(cast: Cast, client: Client) -> None:
    mine = cast.households()[0]
    one = appointed(cast, mine)
    assert "notice-warn" in page_text(tap(client, "own_erase", mine))
    assert not fresh(one).is_erased
