"""The record form in the evening: what is shut stays shut, titles fit for all, who said it is found
by number and in pinyin, and without JavaScript there are as many suggestions as wanted."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from genxu.institutions.matters.models import TITLE_LIMIT, Matter, Suggestion
from genxu.institutions.talks.models import Talk
from genxu.people.tests.factories import enter_rows, row
from tests.cast import HOME, Cast, Enter
from tests.doing import hold_talk, page_text, suggestions_of, taken_up

from .examples import form_of
from .test_record_talk import filled, record

LONG = "晒谷场边的那盏路灯从去年冬天起就一直不亮，下雪的时候老人走夜路摔了好几回"


def test_a_reply_is_shut_for_what_is_taken_up_on_the_page_and_behind_it(
    cast: Cast, enter: Enter
) -> None:
    client = enter("secretary")
    page = client.get(f"/talks/at/{HOME}/new/?another=1").content.decode()
    assert 'data-reveal-when="response=answered,declined"' in page
    answer = record(client, {"text": "路灯坏了", "reply": "明天去"})
    assert answer.status_code == 422
    assert "办成什么样就是回话" in page_text(answer)
    assert not Talk.objects.exists()


def test_what_was_said_and_taken_up_is_corrected_without_a_reply(cast: Cast, enter: Enter) -> None:
    talk = hold_talk(cast, taken_up("路灯坏了"))
    (one,) = suggestions_of(talk)
    address = reverse("talk_correct_said", args=[talk.pk, one.pk])
    sent = form_of(talk, {"text": "灯坏了", "words": "听错了"})
    assert enter("secretary").post(address, sent).status_code == 302
    one.refresh_from_db()
    assert (one.text, one.reply) == ("灯坏了", "")


def test_a_long_text_gets_a_short_title_of_its_own(cast: Cast, enter: Enter) -> None:
    assert len(LONG * 2) > TITLE_LIMIT
    record(enter("secretary"), {"text": LONG * 2, "title": "修晒谷场的路灯", "tier": "common"})
    assert Matter.objects.get().title == "修晒谷场的路灯"
    assert Suggestion.objects.get().text == LONG * 2


def test_a_title_lets_a_name_stay_in_what_was_said(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    named = {"text": "罗测三家门口的灯坏了", "tier": "common"}
    refused = record(client, named)
    assert refused.context["said"].forms[0].errors.keys() == {"title"}
    assert record(client, named | {"title": "罗测三家的灯"}).status_code == 422
    assert record(client, named | {"title": "门口的灯坏了"}).status_code == 302
    assert Matter.objects.get().title == "门口的灯坏了"
    assert Suggestion.objects.get().text == "罗测三家门口的灯坏了"


def test_a_title_of_what_opens_nothing_is_not_asked_for(cast: Cast, enter: Enter) -> None:
    declined = {"text": "装空调", "response": "declined", "reply": "没有这笔钱", "title": "空调"}
    assert record(enter("secretary"), declined).status_code == 302
    assert not Matter.objects.exists()


@pytest.mark.parametrize("typed", ["2", "02", "２号", "lce", "LCE", "luoceer"])
def test_who_said_it_is_found_by_number_and_in_pinyin(cast: Cast, enter: Enter, typed: str) -> None:
    record(enter("secretary"), {"text": "路灯坏了", "who": typed})
    one = Suggestion.objects.get()
    assert one.household == cast.households()[1]
    assert one.raiser_name == ""


@pytest.mark.parametrize(
    ("typed", "told"), [("lcy", "罗测一"), ("99", "没有哪户"), ("zz", "没有哪户")]
)
def test_who_is_meant_by_several_or_by_none_is_asked(
    cast: Cast, enter: Enter, typed: str, told: str
) -> None:
    enter_rows(row(None, "罗次英"))  # lcy, as 罗测一 is
    answer = record(enter("secretary"), {"text": "路灯坏了", "who": typed})
    assert answer.status_code == 422
    assert told in page_text(answer)
    assert not Talk.objects.exists()


def test_a_name_of_somebody_else_stays_a_name(cast: Cast, enter: Enter) -> None:
    record(enter("secretary"), {"text": "路灯坏了", "who": "过路的王五"})
    assert Suggestion.objects.get().raiser_name == "过路的王五"


def test_the_list_of_households_offers_numbers_and_initials(cast: Cast, enter: Enter) -> None:
    page = enter("secretary").get(f"/talks/at/{HOME}/new/?another=1").content.decode()
    assert f'<option value="{cast.households()[0].label}" data-number="1">lcy</option>' in page


def test_one_more_suggestion_without_javascript_loses_nothing(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    sent = filled({"text": "路灯坏了", "who": "2"}, topic="", venue="樟树下")
    for rows in (2, 3, 4):
        page = client.post(f"/talks/at/{HOME}/new/", sent | {"one_more": "said"})
        assert page.status_code == 200
        assert len(page.context["said"].forms) == rows
        text = page.content.decode()
        assert "field-error" not in text, "nobody has said yet that it is finished"
        assert sent["client_id"] in text
        assert all(one in text for one in ("路灯坏了", "樟树下"))
        sent |= {"said-TOTAL_FORMS": str(rows), f"said-{rows - 1}-response": "taken_up"}
    assert not Talk.objects.exists()
    done = {"topic": "春耕", "said-3-text": "水渠堵了"}
    assert client.post(f"/talks/at/{HOME}/new/", sent | done).status_code == 302
    assert Suggestion.objects.count() == 2


def test_one_more_says_that_pictures_have_to_be_chosen_again(cast: Cast, enter: Enter) -> None:
    sent = filled({"text": "路灯坏了"}, one_more="said")
    picture = SimpleUploadedFile("a.jpg", b"x", "image/jpeg")
    page = enter("secretary").post(f"/talks/at/{HOME}/new/", sent | {"photos": picture})
    assert "重新选" in page_text(page)


@pytest.mark.parametrize("wrong", ["nothing", "", "said-TOTAL_FORMS"])
def test_one_more_of_nothing_breaks_nothing(cast: Cast, enter: Enter, wrong: str) -> None:
    sent = filled({"text": "路灯坏了"}, one_more=wrong)
    assert enter("secretary").post(f"/talks/at/{HOME}/new/", sent).status_code == 200
