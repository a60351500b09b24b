"""The household sees all that is kept of it, who has read what it needs, and takes a copy."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.journal import note_read
from genxu.core.models import JournalEntry
from genxu.institutions.matters.models import Suggestion
from genxu.organisation.centre_households.tests import factories as centre
from genxu.people import household_actions
from genxu.people.models import Account, Household, HouseholdNeed
from genxu.people.record import kept_of
from genxu.people.record_queries import Reading, readings_of
from genxu.people.rules import see_needs
from tests.cast import NOW, Cast, Enter, later
from tests.doing import hold_talk, page_text, taken_up
from tests.slips import scan

from .factories import household, with_code


def with_need(cast: Cast, *kinds: str) -> Household:
    one = household()
    household_actions.set_needs(
        actor=cast.actor("secretary"), household=one, kinds=kinds or ["illness"], agreed=True
    )
    return one


def own_address(client: Client, name: str = "own_record") -> str:
    """The address of a page of the household whose slip this browser has just scanned."""
    link = with_code()
    scan(client, link)
    return reverse(name, args=[link.household_id])


def own_page(client: Client) -> Any:
    return client.get(own_address(client))


def offices(one: Household) -> list[str]:
    return [reading.office for reading in readings_of(one)]


def test_its_needs_stand_there_in_words_and_since_when(cast: Cast, client: Client) -> None:
    one = with_need(cast, "illness", "lives_alone")
    assert set(one.needs.values_list("noted_on", flat=True)) == {NOW.date()}
    text = page_text(own_page(client))
    for need in one.needs.all():
        assert str(need.get_kind_display()) in text
    assert "今天" in text


def test_a_need_of_before_says_that_its_day_was_not_kept(cast: Cast, client: Client) -> None:
    one = with_need(cast)
    HouseholdNeed.objects.filter(household=one).update(noted_on=None)
    assert "没有留下日期" in page_text(own_page(client))


def test_noting_another_need_leaves_the_day_of_the_first(cast: Cast) -> None:
    one = with_need(cast, "illness")
    with later(days=3):
        with_need(cast, "illness", "hardship")
    days = dict(one.needs.values_list("kind", "noted_on"))
    assert days == {"illness": NOW.date(), "hardship": NOW.date() + timedelta(days=3)}


@pytest.mark.parametrize(
    ("part", "office"),
    [("secretary", "罗家洲 · 湾支部书记"), ("village_staff", "港东村 · 村干部"),
     ("township_staff", "新街镇 · 乡镇干部")],
)  # fmt: skip
def test_who_has_read_them_is_told_by_office_never_by_person(
    cast: Cast, enter: Enter, client: Client, part: str, office: str
) -> None:
    one = with_need(cast)
    enter(part).get(reverse("household_needs", args=[one.pk]))
    assert readings_of(one) == [Reading(NOW.date(), office)]
    text = page_text(own_page(client))
    assert office in text
    assert cast.accounts[part].name not in text


def test_a_list_is_told_with_its_place_and_counts_from_the_day_of_the_need(
    cast: Cast, enter: Enter
) -> None:
    township = enter("township_staff")
    with clock.at(NOW - timedelta(days=2)):
        township.get(reverse("households"), {"standing": "needs"})
    one = with_need(cast)
    assert readings_of(one) == []
    township.get(reverse("households"), {"standing": "needs"})
    (reading,) = readings_of(one)
    assert "新街镇" in reading.where
    assert readings_of(household(2)) == [], "a household without needs stands in no such list"


def test_a_list_elsewhere_does_not_concern_it(cast: Cast, enter: Enter) -> None:
    one = with_need(cast)
    enter("neighbour_secretary").get(reverse("households"), {"standing": "needs"})
    enter("far_township_staff").get(reverse("households"), {"standing": "needs"})
    assert readings_of(one) == []


def test_its_centre_household_is_told_too(cast: Cast, enter: Enter) -> None:
    from genxu.organisation.centre_households.models import Coverage

    one = with_need(cast)
    helper = centre.appointed(cast, centre.with_phone(household(2)))
    Coverage.objects.create(
        centre_household=helper, household=one, hamlet=one.hamlet, since=NOW.date()
    )
    client = Client()
    assert helper.account
    client.force_login(helper.account)
    client.get(reverse("neighbours"))
    (reading,) = readings_of(one)
    assert reading.office.startswith("罗家洲")
    assert reading.where


def test_the_same_office_stands_once_a_day(cast: Cast, enter: Enter) -> None:
    one = with_need(cast)
    for _n in range(3):
        enter("secretary").get(reverse("household_needs", args=[one.pk]))
    assert len(readings_of(one)) == 1


def test_readings_of_before_name_no_office(cast: Cast) -> None:
    one = with_need(cast)
    nobody = Actor(cast.actor("secretary").kind, "1")
    note_read(actor=nobody, action=see_needs.name, subject=one)
    assert offices(one) == ["湾、村或镇里的某个岗位"]


def test_its_own_reading_is_not_logged(cast: Cast, client: Client) -> None:
    with_need(cast)
    address = own_address(client)
    before = JournalEntry.objects.count()
    client.get(address)
    client.get(address.replace("correct", "copy"))
    assert JournalEntry.objects.count() == before


def test_more_than_ten_readings_are_folded(cast: Cast, client: Client) -> None:
    one = with_need(cast)
    for day in range(12):
        with later(days=day):
            note_read(actor=cast.actor("secretary"), action=see_needs.name, subject=one)
    answer = own_page(client)
    assert len(answer.context["readings"]) == 10
    assert len(answer.context["earlier_readings"]) == 2
    assert answer.context["readings"][0].on > answer.context["earlier_readings"][-1].on


def test_what_other_parts_keep_of_it_stands_there(cast: Cast) -> None:
    one = centre.with_phone(household())
    hold_talk(cast, taken_up("井边的路滑", household=one))
    centre.appointed(cast, one)
    labels = {str(kept.label) for kept in kept_of(one)}
    assert {"我家提过的事", "当中心户的记录", "用您手机号开的账号"} <= labels
    assert Account.objects.filter(phone=one.phone).exists()


def test_the_copy_says_what_the_page_says_and_every_word_raised(cast: Cast, client: Client) -> None:
    one = with_need(cast)
    hold_talk(
        cast,
        taken_up("井边的路滑", household=one),
        taken_up(
            "想要一盏灯", household=one, response=Suggestion.Response.DECLINED, reply="等明年"
        ),
    )
    note_read(actor=cast.actor("secretary"), action=see_needs.name, subject=one)
    answer = client.get(own_address(client, "own_copy"))
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    told = [one.head_name, "罗家洲 · 湾支部书记", "井边的路滑", "想要一盏灯", "等明年"]
    told += [str(need.get_kind_display()) for need in one.needs.all()]
    assert [word for word in told if word not in text] == []
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert cast.secretary.name not in text


def test_without_the_slip_there_is_no_copy(cast: Cast, client: Client) -> None:
    answer = client.get(reverse("own_copy", args=[with_code().household_id]))
    assert answer.url.startswith("/h/")


def test_the_number_of_queries_of_its_page_has_a_ceiling(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    one = with_need(cast)
    for day in range(30):
        with later(days=day):
            note_read(actor=cast.actor("secretary"), action=see_needs.name, subject=one)
    hold_talk(cast, *(taken_up(f"第{n}件", household=one) for n in range(10)))
    address = own_address(client)
    with django_assert_max_num_queries(36):
        client.get(address)


@pytest.mark.parametrize("part", ["nobody", "secretary"])
def test_the_privacy_notice_is_one_tap_from_every_page(enter: Enter, part: str) -> None:
    page = enter(part).get(reverse("places"))
    assert reverse("privacy") in page_text(page)
    assert ("能少记就少记" in page_text(page)) == (part == "nobody")


def test_it_names_who_runs_the_program(client: Client, settings: Any, db: None) -> None:
    settings.OPERATOR_NAME, settings.OPERATOR_CONTACT = "新街镇人民政府", "0715-0000000"
    text = page_text(client.get(reverse("privacy")))
    assert "新街镇人民政府" in text
    assert "0715-0000000" in text
