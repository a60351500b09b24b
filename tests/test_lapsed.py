"""A session that lapses in mid-form: who signs in again goes on with what she typed, on every
form; nothing is sent by itself, and another person gets nothing of it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from genxu.core.models import JournalEntry
from genxu.core.unsent import KEPT_FOR
from genxu.institutions.talks.models import Talk

from .addresses import Example, Make, every_example, role_of
from .cast import HOME, PARTS, PASSWORD, Cast, Enter, later, phone_of
from .test_access import ADDRESSES, PUBLIC

Sign = Callable[[Client, str], HttpResponse]
TYPED = {
    "held_on": "2026-05-12", "venue": "晒谷场", "topic": "路灯坏了怎么办", "head_count": "14",
    "host": "罗测春", "recorder": "罗测春", "said-TOTAL_FORMS": "2", "said-INITIAL_FORMS": "0",
    "said-0-text": "晒谷场的路灯坏了，晚上看不见", "said-0-response": "taken_up",
    "said-1-text": "河边的路滑", "said-1-response": "answered", "said-1-reply": "已经撒了沙",
    "client_id": "5b0c86c2-6f0f-4b0e-9c53-6d6f28a7e2aa",
}  # fmt: skip
FREE = re.compile(r"[^A-Za-z0-9_.:-]")


def sign_in(client: Client, part: str, go_on: str = "") -> Any:
    typed = {"login": phone_of(part), "password": PASSWORD, "next": go_on}
    return client.post(reverse("account_login"), typed)


def lapsed(part: str) -> Client:
    """A browser in which this part had signed in, long ago."""
    client = Client()
    assert sign_in(client, part).status_code == 302
    del client.cookies[settings.SESSION_COOKIE_NAME]
    return client


def led_on(client: Client, url: str, sent: dict[str, Any], part: str) -> Any:
    """Sent without a session, then signed in: the page that she is led on to."""
    answer = client.post(url, sent)
    assert answer.status_code == 302, answer.status_code
    assert answer["Location"].startswith(reverse("account_login"))
    entered = sign_in(client, part, url)
    assert entered.status_code == 302
    return client.get(entered["Location"])


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def writings() -> int:
    return JournalEntry.objects.filter(reading=False).count()


def of_forms() -> list[tuple[str, Make]]:
    """Every form that sends words of somebody's own."""
    examples = every_example()
    closed = [one for one in examples if one not in PUBLIC and not one.startswith("api-1:")]
    return [(name, make) for name in closed for make in examples[name]]


def who_may(name: str, example: Example, cast: Cast) -> str:
    """Somebody who may send it; nobody if the example is there to be refused."""
    mark = ADDRESSES[name].permission
    for part in PARTS:
        if role_of(part) not in mark.roles or not example.sees(part):
            continue
        if not set(mark.targets) <= set(example.targets):
            return part
        targets = {target: example.targets[target] for target in mark.targets}
        if mark(cast.actor(part), **targets):
            return part
    return ""


def texts(sent: dict[str, Any]) -> list[str]:
    """What somebody typed herself, in so many words."""
    given = [one for one in sent.values() if isinstance(one, str)]
    return [one for one in given if FREE.search(one)]


FORMS = of_forms()


@pytest.mark.parametrize(
    ("name", "make"), FORMS, ids=[f"{name}-{n}" for n, (name, _make) in enumerate(FORMS)]
)
def test_what_was_typed_is_there_again_on_every_form(name: str, make: Make, cast: Cast) -> None:
    example = make(cast)
    sent = {key: one for key, one in (example.sent or {}).items() if not hasattr(one, "read")}
    part = who_may(name, example, cast)
    if not texts(sent) or not part:
        return  # a button, or the page of a list: nothing was typed
    client, before = lapsed(part), writings()
    answer = led_on(client, example.url(name), sent, part)
    assert answer.status_code == 200, answer.status_code
    page = text_of(answer)
    missing = [key for key in sent if texts({key: sent[key]}) and sent[key] not in page]
    if missing:  # what its form does not ask for, nobody types there
        asked = text_of(client.get(example.url(name), {"as": "ever"}))
        assert [key for key in missing if f'name="{key}"' in asked] == []
    if "client_id" in sent:
        assert sent["client_id"] in page
    assert writings() == before, "a GET has written"


def test_the_forms_that_are_walked_are_those_of_several_apps(cast: Cast) -> None:
    walked = set()
    for name, make in FORMS:
        with transaction.atomic():
            if texts(make(cast).sent or {}):
                walked.add(ADDRESSES[name].view.__module__)
            transaction.set_rollback(True)
    assert len(walked) > 4, walked


RECORD = f"/talks/at/{HOME}/new/"


def test_nothing_is_sent_by_itself_and_once_it_is_sent_it_is_there_once(cast: Cast) -> None:
    client = lapsed("secretary")
    answer = led_on(client, RECORD, TYPED, "secretary")
    assert not Talk.objects.exists()
    assert "还没有送出" in text_of(answer)
    assert "路灯坏了怎么办" in text_of(client.get(RECORD)), "a reload loses nothing"
    for _twice in range(2):
        assert client.post(RECORD, TYPED).status_code == 302
    assert Talk.objects.count() == 1
    assert "路灯坏了怎么办" not in text_of(client.get(f"{RECORD}?another=2026-05-13"))


def test_what_had_arrived_after_all_is_not_offered_to_be_sent_again(
    cast: Cast, enter: Enter
) -> None:
    client = lapsed("secretary")
    enter("secretary").post(RECORD, TYPED)
    answer = led_on(client, RECORD, TYPED, "secretary")
    assert answer.status_code == 302
    assert answer["Location"] == f"/talks/{Talk.objects.get().pk}/"


def test_what_is_wrong_with_it_is_said_as_ever(cast: Cast) -> None:
    answer = led_on(lapsed("secretary"), RECORD, TYPED | {"head_count": "-1"}, "secretary")
    assert answer.status_code == 200
    assert "field-error" in text_of(answer)


@pytest.mark.parametrize("other", ["village_staff", "neighbour_secretary", "far_secretary"])
def test_another_person_gets_nothing_of_it(cast: Cast, other: str) -> None:
    client = lapsed("secretary")
    answer = led_on(client, RECORD, TYPED, other)
    assert "路灯" not in text_of(answer)
    client.post(reverse("account_logout"))
    sign_in(client, "secretary")
    assert "路灯" not in text_of(client.get(RECORD)), "it is gone"


def test_a_stranger_puts_nothing_into_a_session(cast: Cast, client: Client) -> None:
    answer = client.post(RECORD, TYPED)
    assert answer["Location"].endswith("?next=%2Fhome%2F")
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_it_is_kept_for_a_short_time_and_sealed(cast: Cast) -> None:
    client = lapsed("secretary")
    client.post(RECORD, TYPED)
    assert "路灯" not in str(dict(client.session.items()))
    with later(seconds=KEPT_FOR + 1):
        sign_in(client, "secretary")
        assert "路灯坏了怎么办" not in text_of(client.get(RECORD))


def test_files_are_to_be_chosen_again_and_it_says_so(cast: Cast) -> None:
    picture = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    answer = led_on(lapsed("secretary"), RECORD, TYPED | {"photos": picture}, "secretary")
    assert "重新选" in text_of(answer)
    assert "路灯坏了怎么办" in text_of(answer)


def test_a_wrong_password_loses_nothing(cast: Cast) -> None:
    client = lapsed("secretary")
    client.post(RECORD, TYPED)
    wrong = {"login": phone_of("secretary"), "password": "wrong-2026", "next": RECORD}
    assert client.post(reverse("account_login"), wrong).status_code == 200
    sign_in(client, "secretary", RECORD)
    assert "路灯坏了怎么办" in text_of(client.get(RECORD))


def test_a_button_that_was_pressed_is_asked_for_once_more(cast: Cast) -> None:
    example = every_example()["household_tell_apart"][0](cast)
    url, before = example.url("household_tell_apart"), writings()
    client = lapsed("secretary")
    answer = led_on(client, url, {"sure": "on"}, "secretary")
    assert answer.status_code == 200
    assert 'name="sure" value="on"' in text_of(answer)
    assert writings() == before
    assert client.post(url, {"sure": "on"}).status_code == 302
    assert writings() == before + 1


FROM_HERE: Any = {"headers": {"Referer": "http://testserver/home/"}}
SAY = f"/places/{HOME}/say/"


def older_page(part: str) -> tuple[Client, dict[str, str]]:
    """A browser in which this part signs in anew while an older page stands open in another
    window; what that page sends beside what was typed."""
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("account_login"))
    old = {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
    typed = {"login": phone_of(part), "password": PASSWORD}
    assert client.post(reverse("account_login"), old | typed, **FROM_HERE).status_code == 302
    assert client.cookies[settings.CSRF_COOKIE_NAME].value != old["csrfmiddlewaretoken"]
    return client, old


def token_in(page: str) -> dict[str, str]:
    found = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return {"csrfmiddlewaretoken": found[1]}


def test_a_page_older_than_the_sign_in_loses_nothing(cast: Cast) -> None:
    client, old = older_page("secretary")
    answer = client.post(RECORD, TYPED | old, **FROM_HERE)
    assert (answer.status_code, answer["Location"]) == (302, RECORD)
    page = text_of(client.get(RECORD))
    assert all(one in page for one in texts(TYPED)), page
    assert cast.secretary.name in page, "it says who is signed in by now"
    assert not Talk.objects.exists()
    assert client.post(RECORD, TYPED | token_in(page), **FROM_HERE).status_code == 302
    assert Talk.objects.count() == 1


def test_a_button_on_an_older_page_is_asked_for_once_more(cast: Cast) -> None:
    url = every_example()["household_tell_apart"][0](cast).url("household_tell_apart")
    client, old = older_page("secretary")
    before = writings()
    for sent in ({"sure": "on"}, {}):
        answer = client.post(url, sent | old, follow=True, **FROM_HERE)
        assert answer.status_code == 200
        assert "现在送出吗" in text_of(answer)
    assert writings() == before


def test_whoever_is_signed_in_by_now_needs_the_power_for_it(cast: Cast) -> None:
    client, old = older_page("neighbour_secretary")
    answer = client.post(RECORD, TYPED | old, follow=True, **FROM_HERE)
    assert answer.status_code == 404
    assert "路灯" not in text_of(answer)


def test_a_page_for_everybody_loses_nothing_either(cast: Cast) -> None:
    every_example()["say_for_talk"][0](cast)
    client, old = older_page("secretary")
    said = {"text": "路灯坏了，想在会上讲讲"}
    answer = client.post(SAY, said | old, **FROM_HERE)
    page = text_of(answer)
    assert answer.status_code == 200
    assert said["text"] in page
    assert "no-store" in answer["Cache-Control"]
    assert client.post(SAY, said | token_in(page), **FROM_HERE).status_code == 302


def test_an_older_sign_in_page_leads_to_where_one_is_signed_in(cast: Cast) -> None:
    client, old = older_page("secretary")
    typed = {"login": phone_of("secretary"), "password": PASSWORD}
    answer = client.post(reverse("account_login"), typed | old, follow=True, **FROM_HERE)
    assert answer.redirect_chain[-1][0] == reverse("home")
    client.cookies.clear()
    answer = client.post(reverse("account_login"), typed | old, follow=True, **FROM_HERE)
    assert "放得太久" in text_of(answer)
    assert PASSWORD not in text_of(answer)


def test_an_older_page_whose_session_is_gone_leads_to_the_sign_in(cast: Cast) -> None:
    client, old = older_page("secretary")
    del client.cookies[settings.SESSION_COOKIE_NAME]
    answer = client.post(RECORD, TYPED | old, **FROM_HERE)
    assert answer["Location"].startswith(reverse("account_login"))
    assert "%2Fnew%2F" in answer["Location"]


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://elsewhere.example"}, {"Referer": "https://elsewhere.example/"}],
)
def test_what_comes_from_elsewhere_is_refused_and_not_kept(
    cast: Cast, headers: dict[str, str]
) -> None:
    client, old = older_page("secretary")
    assert client.post(RECORD, TYPED | old, headers=headers).status_code == 403
    assert "路灯" not in text_of(client.get(RECORD))
