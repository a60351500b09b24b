"""Recording a talk on one screen: what is right is kept whole, what is wrong is named."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from genxu.core import clock
from genxu.core.names import clean_name
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.institutions.talks import actions, queries, rules
from genxu.institutions.talks.models import Talk
from genxu.people import household_actions
from tests.addresses import picture
from tests.cast import FAR, HOME, NEIGHBOUR, Cast, Enter, later
from tests.doing import fresh, hold_talk, page_text, raise_matter, taken_up, verdict, who_may

URL = f"/talks/at/{HOME}/new/"


def filled(*said: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The form as the page sends it, with any number of suggestions."""
    data: dict[str, Any] = {
        "client_id": str(uuid4()), "held_on": clock.today().isoformat(), "venue": "晒谷场",
        "topic": "村湾道路", "head_count": "23", "host": "罗测春", "recorder": "罗测兰",
        "another": clock.today().isoformat(),
        "said-TOTAL_FORMS": str(len(said)), "said-INITIAL_FORMS": "0",
    }  # fmt: skip
    for n, one in enumerate(said):
        whole = {"text": "路灯坏了", "who": "", "response": "taken_up", "reply": "", "joins": "",
                 "tier": "", **one}  # fmt: skip
        data |= {f"said-{n}-{name}": value for name, value in whole.items()}
    return data | changes


def record(client: Client, *said: dict[str, Any], **changes: Any) -> Any:
    return client.post(URL, filled(*said, **changes))


def wrong_fields(answer: Any) -> set[str]:
    found = set(answer.context["form"].errors)
    for n, one in enumerate(answer.context["said"]):
        found |= {f"said-{n}-{name}" for name in one.errors}
    return found


def test_only_the_secretary_of_the_hamlet_records(cast: Cast) -> None:
    assert who_may(cast, rules.record_talk, hamlet=cast.home) == {"secretary"}
    neighbour = cast.hamlet(NEIGHBOUR)
    assert who_may(cast, rules.record_talk, hamlet=neighbour) == {"neighbour_secretary"}


def test_one_screen_makes_the_talk_and_all_that_was_said(cast: Cast, enter: Enter) -> None:
    household = cast.households()[1]
    answer = record(
        enter("secretary"),
        {"text": "路灯坏了", "who": household.label, "tier": "common"},
        {"text": "低保证明丢了", "who": "罗测九", "tier": "personal"},
        {"text": "水渠堵了"},
        {"text": "几点有班车", "response": "answered", "reply": "每天七点"},
        {"text": "想盖三层楼", "response": "declined", "reply": "超过了高度"},
    )
    assert answer.status_code == 302
    talk = Talk.objects.get()
    assert answer["Location"] == f"/talks/{talk.pk}/"
    assert (talk.number, talk.head_count, talk.recorded_by) == (1, 23, cast.secretary)
    said = list(talk.suggestions.order_by("raised__position"))
    assert [s.raised_by for s in said] == ["household", "resident", "nobody", "nobody", "nobody"]
    assert said[0].household == household
    assert said[1].raiser_name == "罗测九"
    assert [s.matters.count() for s in said] == [1, 1, 1, 0, 0]
    states = [s.matters.get().state for s in said[:3]]
    assert states == ["triaged", "triaged", "registered"]
    assert [s.matters.get().tier for s in said[:3]] == ["common", "personal", ""]
    assert len({s.code for s in said}) == len({s.code_mark for s in said}) == 5


def test_a_talk_without_a_word_said_is_a_talk_too(cast: Cast, enter: Enter) -> None:
    assert record(enter("secretary")).status_code == 302
    assert Talk.objects.get().suggestions.count() == 0


def test_an_untouched_row_is_left_out(cast: Cast, enter: Enter) -> None:
    data = filled({"text": "路灯坏了"}, {"text": ""})
    data["said-1-response"] = "taken_up"
    assert enter("secretary").post(URL, data).status_code == 302
    assert Talk.objects.get().suggestions.count() == 1


def test_twenty_suggestions_fit_on_one_screen(cast: Cast, enter: Enter) -> None:
    assert record(enter("secretary"), *[{"text": f"第{n}件"} for n in range(20)]).status_code == 302
    assert Matter.objects.count() == 20


def test_more_than_sixty_are_refused(cast: Cast, enter: Enter) -> None:
    answer = record(enter("secretary"), *[{"text": f"第{n}件"} for n in range(61)])
    assert answer.status_code == 422
    assert not Talk.objects.exists()


def test_a_second_wish_joins_the_first(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way")
    answer = record(enter("secretary"), {"text": "我家门口也没灯", "joins": str(matter.pk)})
    assert answer.status_code == 302
    assert matter.suggestions.count() == 2
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("kind", ["closed", "personal", "far", "none"])
def test_only_an_open_shared_matter_of_the_hamlet_can_be_joined(
    cast: Cast, enter: Enter, kind: str
) -> None:
    pk = {
        "closed": lambda: raise_matter(cast, "closed").pk,
        "personal": lambda: raise_matter(cast, "under_way", "personal").pk,
        "far": lambda: raise_matter(cast, "under_way", hamlet=FAR).pk,
        "none": lambda: 987654,
    }[kind]()
    before = Talk.objects.count()
    answer = record(enter("secretary"), {"text": "我也要", "joins": str(pk)})
    assert answer.status_code == 422
    assert wrong_fields(answer) == {"said-0-joins"}
    assert Talk.objects.count() == before


def test_emoji_and_rare_characters_are_kept_whole(cast: Cast, enter: Enter) -> None:
    text = "𠮷家湾的路灯💡坏了👨‍👩‍👧\n第二行  有空格"
    answer = record(enter("secretary"), {"text": text, "who": "𠮷测九"}, venue="𠮷家老屋")
    assert answer.status_code == 302
    suggestion = Suggestion.objects.get()
    assert suggestion.text.replace("\r\n", "\n") == text
    assert suggestion.raiser_name == "𠮷测九"
    assert Talk.objects.get().venue == "𠮷家老屋"
    page = page_text(enter("secretary").get(answer["Location"]))
    assert "𠮷家湾的路灯💡坏了👨‍👩‍👧" in page


def test_what_was_said_cannot_run_a_script(cast: Cast, enter: Enter) -> None:
    answer = record(enter("secretary"), {"text": "<script>alert(1)</script>"})
    page = page_text(enter("secretary").get(answer["Location"]))
    assert "<script>alert" not in page


BAD_TALK = {
    "tomorrow": ({"held_on": "2026-05-14"}, "held_on"),
    "no day": ({"held_on": ""}, "held_on"),
    "not a day": ({"held_on": "2026-02-30"}, "held_on"),
    "minus one": ({"head_count": "-1"}, "head_count"),
    "nobody, and something was said": ({"head_count": "0"}, "head_count"),
    "a crowd": ({"head_count": "2001"}, "head_count"),
    "half a head": ({"head_count": "2.5"}, "head_count"),
    "no number": ({"head_count": "二十"}, "head_count"),
    "a huge number": ({"head_count": "9" * 30}, "head_count"),
    "no place": ({"venue": ""}, "venue"),
    "blank place": ({"venue": "   "}, "venue"),
    "endless topic": ({"topic": "长" * 61}, "topic"),
    "no host": ({"host": ""}, "host"),
    "no recorder": ({"recorder": ""}, "recorder"),
    "unreadable": ({"venue": "晒\x00谷场"}, "venue"),
    "strange form": ({"client_id": "again"}, "client_id"),
}
BAD_SAID = {
    "empty": ({"text": "", "reply": "好"}, "text"),
    "blank": ({"text": "  \n ", "reply": "好"}, "text"),
    "ten thousand": ({"text": "长" * 10_000}, "text"),
    "one too many": ({"text": "长" * 2001}, "text"),
    "unreadable": ({"text": "路\x00灯"}, "text"),
    "declined without a reason": ({"response": "declined"}, "reply"),
    "answered without an answer": ({"response": "answered"}, "reply"),
    "endless answer": ({"response": "answered", "reply": "长" * 1001}, "reply"),
    "endless name": ({"who": "名" * 41}, "who"),
    "taken up and answered": ({"response": "taken_up", "reply": "明天去"}, "reply"),
    "endless title": ({"title": "长" * 61}, "title"),
    "no such response": ({"response": "ignored"}, "response"),
    "no such tier": ({"tier": "royal"}, "tier"),
    "names a person in public": ({"text": "罗测三家的灯坏了", "tier": "common"}, "title"),
    "a phone number in public": ({"text": "打13912345678", "tier": "common"}, "title"),
}


@pytest.mark.parametrize("kind", BAD_TALK)
def test_a_wrong_field_of_the_talk_is_named_and_all_that_was_typed_stays(
    cast: Cast, enter: Enter, kind: str
) -> None:
    changes, field = BAD_TALK[kind]
    answer = record(enter("secretary"), {"text": "写了半天的𠮷字💡"}, **changes)
    assert answer.status_code == 422
    assert wrong_fields(answer) == {field}
    assert all(str(text).strip() for text in answer.context["form"].errors[field])
    assert "写了半天的𠮷字💡" in page_text(answer)
    assert not Talk.objects.exists()


@pytest.mark.parametrize("kind", BAD_SAID)
def test_a_wrong_suggestion_is_named_and_all_that_was_typed_stays(
    cast: Cast, enter: Enter, kind: str
) -> None:
    changes, field = BAD_SAID[kind]
    answer = record(enter("secretary"), {"text": "第一条好的"}, changes, venue="𠮷家老屋")
    assert answer.status_code == 422
    assert wrong_fields(answer) == {f"said-1-{field}"}
    page = page_text(answer)
    assert "第一条好的" in page
    assert "𠮷家老屋" in page
    if len(changes.get("text", "")) == 10_000:
        assert "长" * 10_000 in page
    assert not Talk.objects.exists()
    assert not Suggestion.objects.exists()


def test_the_refusal_is_one_sentence_for_a_person(cast: Cast, enter: Enter) -> None:
    """Not the library's: no field names of the program, no “%(…)s”."""
    for changes, field in BAD_TALK.values():
        answer = record(enter("secretary"), {}, **changes)
        for text in answer.context["form"].errors[field]:
            assert "%(" not in text
            assert field not in text


def test_a_talk_of_long_ago_can_be_written_down(cast: Cast, enter: Enter) -> None:
    assert record(enter("secretary"), held_on="2025-12-31").status_code == 302
    assert Talk.objects.get().held_on == date(2025, 12, 31)


def test_sent_twice_it_is_one_talk(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    data = filled({"text": "路灯坏了"})
    first, second = client.post(URL, data), client.post(URL, data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Talk.objects.count() == Matter.objects.count() == 1


def test_the_same_form_in_other_hands_is_a_conflict(cast: Cast, enter: Enter) -> None:
    data = filled()
    enter("secretary").post(URL, data)
    answer = enter("neighbour_secretary").post(f"/talks/at/{NEIGHBOUR}/new/", data)
    assert answer.status_code == 409
    assert Talk.objects.count() == 1


@pytest.mark.parametrize("code", [FAR, NEIGHBOUR, "421221104202777", "abc", "0", "4" * 40])
def test_the_address_of_another_hamlet_is_404(cast: Cast, enter: Enter, code: str) -> None:
    client = enter("secretary")
    url = f"/talks/at/{code}/new/"
    assert client.get(url).status_code == 404
    assert client.post(url, filled({"text": "x"})).status_code == 404
    assert not Talk.objects.exists()


@pytest.mark.parametrize("data", [{}, {"said-TOTAL_FORMS": "x"}, {"said-TOTAL_FORMS": "99999"}])
def test_a_form_without_its_frame_is_refused_not_broken(
    cast: Cast, enter: Enter, data: dict[str, str]
) -> None:
    assert enter("secretary").post(URL, data).status_code == 422


@pytest.mark.parametrize("typed", ["罗测一（第 1 户）", "罗测一(第1户)", " 罗 测一 （第１户） "])
def test_a_household_is_found_whatever_brackets_and_blanks_are_typed(
    cast: Cast, enter: Enter, typed: str
) -> None:
    record(enter("secretary"), {"text": "路灯坏了", "who": typed})
    suggestion = Suggestion.objects.get()
    assert suggestion.household == cast.households()[0]
    assert suggestion.raiser_name == ""


def test_a_household_of_another_hamlet_is_just_a_name(cast: Cast, enter: Enter) -> None:
    """Its label is not among the choices; nothing of its register is linked."""
    label = cast.households(FAR)[0].label
    record(enter("secretary"), {"text": "路灯坏了", "who": label})
    suggestion = Suggestion.objects.get()
    assert suggestion.household is None
    assert suggestion.raiser_name == clean_name(label)


def test_only_a_form_with_pictures_asks_whether_it_was_sent_before(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(actions.record_talk, "made_before", lambda *of: asked.append(of))
    assert record(enter("secretary")).status_code == 302
    assert not asked
    assert record(enter("secretary"), photos=[upload(picture())]).status_code == 302
    assert len(asked) == 1


# --- photos ------------------------------------------------------------------------------------


def upload(content: bytes, name: str = "夜话.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def test_photos_are_optional_and_several_may_be_added(cast: Cast, enter: Enter) -> None:
    files = [upload(picture()), upload(picture(kind="PNG"), "b.png")]
    answer = record(enter("secretary"), photos=files)
    assert answer.status_code == 302
    talk = Talk.objects.get()
    assert talk.photos.count() == 2
    for photo in talk.photos.all():
        shown = enter("secretary").get(f"/talks/photos/{photo.pk}/")
        assert shown["Content-Type"] == "image/jpeg"
        assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"


@pytest.mark.parametrize(
    "content", [b"", b"this is text", b"%PDF-1.7", b"GIF89a" + b"\0" * 40, b"\xff\xd8\xff"],
    ids=["empty", "text", "pdf", "gif", "cut off"],
)  # fmt: skip
def test_a_file_that_is_no_picture_is_refused_and_the_words_stay(
    cast: Cast, enter: Enter, content: bytes
) -> None:
    answer = record(enter("secretary"), {"text": "写了半天"}, photos=[upload(content)])
    assert answer.status_code == 422
    assert wrong_fields(answer) == {"photos"}
    assert "写了半天" in page_text(answer)
    assert not Talk.objects.exists()


def test_ten_photos_are_one_too_many(cast: Cast, enter: Enter) -> None:
    files = [upload(picture(), f"{n}.jpg") for n in range(10)]
    answer = record(enter("secretary"), photos=files)
    assert answer.status_code == 422
    assert wrong_fields(answer) == {"photos"}


def test_a_photo_is_for_those_in_charge_only(cast: Cast, enter: Enter, client: Client) -> None:
    record(enter("secretary"), photos=[upload(picture())])
    url = f"/talks/photos/{Talk.objects.get().photos.get().pk}/"
    assert enter("township_staff").get(url).status_code == 200
    assert enter("far_secretary").get(url).status_code == 404
    assert client.get(url).status_code == 302


# --- what a new record begins with -------------------------------------------------------------


def test_nothing_is_typed_twice(cast: Cast, enter: Enter) -> None:
    """The next record begins with today, the usual place and the usual recorder."""
    client = enter("secretary")
    record(client, venue="樟树下", recorder="罗测兰")
    with later(days=14) as moment:
        page = client.get(URL)
    start = page.context["form"].initial
    assert start["held_on"] == moment.date()
    assert (start["venue"], start["recorder"]) == ("樟树下", "罗测兰")
    assert start["host"] == cast.secretary.name
    assert page.context["number"] == 2


def test_the_households_to_pick_from_are_the_hamlet_s(cast: Cast, enter: Enter) -> None:
    offered = enter("secretary").get(URL).context["households"]
    assert [one.label for one in offered] == [one.label for one in cast.households()]


def test_only_those_who_live_there_can_be_picked(cast: Cast, enter: Enter) -> None:
    one, double, gone, erased = cast.households()
    actor = cast.actor("secretary")
    household_actions.merge_households(actor=actor, keep=one, double=double)
    household_actions.move_away(actor=actor, household=gone, on=clock.today())
    household_actions.erase_household(actor=actor, household=erased)
    offered = enter("secretary").get(URL).context["households"]
    assert [door.label for door in offered] == [one.label]


def test_the_next_talk_opens_with_what_became_of_the_last(cast: Cast, enter: Enter) -> None:
    """同题共答: the unfinished ones, those finished since, and nothing personal."""
    with clock.at(clock.now() - timedelta(days=60)):
        long_done = raise_matter(cast, "closed")
    with clock.at(clock.now() - timedelta(days=30)):
        unfinished = raise_matter(cast, "under_way")
        personal = raise_matter(cast, "under_way", "personal")
    with clock.at(clock.now() - timedelta(days=1)):
        newly = fresh(unfinished)
        newly = verdict(
            raise_matter_done_from(cast, raise_matter(cast, "under_way", "specialist")),
            "satisfied",
        )
    shown = [matter.pk for matter in enter("secretary").get(URL).context["agenda"]]
    assert queries.last_talk(cast.home).held_on == clock.today() - timedelta(days=1)
    assert unfinished.pk in shown
    assert newly.pk in shown
    assert long_done.pk not in shown
    assert personal.pk not in shown
    record(enter("secretary"))
    assert opening(Talk.objects.order_by("-pk")[0]) == {
        unfinished.pk: "under_way",
        newly.pk: "closed",
    }


def opening(talk: Talk) -> dict[int, str]:
    """What a talk opened with, and where each matter stood."""
    return {matter.pk: matter.stood for matter, _word in queries.opening_of(talk)}


def raise_matter_done_from(cast: Cast, matter: Matter) -> Matter:
    from genxu.institutions.matters.actions import finish_matter

    return finish_matter(actor=cast.actor("secretary"), matter=matter, words="好了")


def test_the_agenda_stays_as_it_was_on_that_evening(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way")
    talk = hold_talk(cast, taken_up("另一件"))
    assert opening(talk) == {matter.pk: "under_way"}
    with later(days=1):
        verdict(raise_matter_done_from(cast, matter), "satisfied")
    assert opening(talk) == {matter.pk: "under_way"}


def test_one_that_was_saved_already_is_not_saved_again_with_something_else(
    cast: Cast, enter: Enter
) -> None:
    """The page that says so bears the same id: pressing once more makes no second talk."""
    client = enter("secretary")
    data = filled({"text": "路灯坏了"})
    client.post(URL, data)
    answer = client.post(URL, data | {"head_count": "24"})
    assert answer.status_code == 409
    assert answer.context["form"]["client_id"].value() == data["client_id"]
    assert client.post(URL, data | {"head_count": "24"}).status_code == 409
    assert Talk.objects.count() == 1
