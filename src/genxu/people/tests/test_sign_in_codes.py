"""Signing in by a code: sent by a job, good once; no step tells whether a number is known."""

import json
import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from genxu.core import keys
from genxu.people.actions import give_number, grant_role, open_account, revoke_role
from genxu.people.models import Account, SignInCode
from genxu.people.numbers import Word, account_for
from genxu.people.roles import Role
from genxu.people.sign_in_codes import forget_codes
from genxu.people.sign_in_views import TOKEN
from tests.cast import OPERATOR, Cast, later, phone_of
from tests.doing import do_what_waits, form_errors, page_text

ASK, CONFIRM = "/sign-in/code/", "/sign-in/code/confirm/"
PHONE, UNKNOWN = phone_of("secretary"), "13811112222"
RESEND = {"action": "resend"}


class Post:
    """A gateway that keeps what it is given."""

    sent: list[tuple[str, str]] = []
    broken: Exception | None = None

    def send(self, phone: str, text: str) -> None:
        if Post.broken:
            raise Post.broken
        Post.sent.append((phone, re.findall(r"\d{6}", text)[0]))


@pytest.fixture(autouse=True)
def _post(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SMS_GATEWAY = f"{__name__}.Post"
    settings.TRUSTED_PROXIES = 1
    monkeypatch.setattr(Post, "sent", [])
    monkeypatch.setattr(Post, "broken", None)


def ask(client: Client, phone: str = PHONE, address: str = "10.0.0.1") -> Any:
    return client.post(ASK, {"phone": phone}, headers={"X-Forwarded-For": address})


def code_for(client: Client, phone: str = PHONE) -> str:
    ask(client, phone)
    do_what_waits()
    return Post.sent[-1][1]


def wrong_for(code: str) -> str:
    return "000000" if code != "000000" else "111111"


def confirm(client: Client, code: str, **more: str) -> Any:
    return client.post(CONFIRM, {"code": code, **more})


def signed_in(client: Client) -> bool:
    return client.get("/home/").status_code == 200


def test_by_phone_and_code(cast: Cast, client: Client) -> None:
    answer = ask(client)
    assert (answer.status_code, answer["Location"]) == (302, CONFIRM)
    assert Post.sent == [], "it is sent by a job, not in the request"
    do_what_waits()
    ((phone, code),) = Post.sent
    assert phone == PHONE
    assert client.get(CONFIRM).status_code == 200
    answer = confirm(client, code)
    assert (answer.status_code, answer["Location"]) == (302, "/home/")
    assert signed_in(client)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}"])
def test_a_code_typed_carelessly_is_understood(cast: Cast, client: Client, typed: str) -> None:
    assert confirm(client, typed.format(code_for(client))).status_code == 302


def test_full_width_digits_are_understood(cast: Cast, client: Client) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    assert confirm(client, code_for(client).translate(wide)).status_code == 302


def test_an_account_without_password_signs_in_by_code(cast: Cast, client: Client) -> None:
    new = open_account(actor=OPERATOR, phone="13700000001", name="新测人", password=None)
    grant_role(actor=OPERATOR, account=new, role=Role.SECRETARY, place=cast.home)
    confirm(client, code_for(client, "13700000001"))
    assert signed_in(client)


def test_she_is_led_on_to_where_she_wanted_to_go_and_to_no_other_site(cast: Cast) -> None:
    for wanted, led in (("/matters/", "/matters/"), ("https://evil.cn/", "/home/")):
        client = Client()
        ask(client)
        answer = client.post(f"{ASK}?next={wanted}", {"phone": PHONE})
        shown = client.get(answer["Location"])
        do_what_waits()
        carried = shown.context["next"]
        assert confirm(client, Post.sent[-1][1], next=carried)["Location"] == led


# --- known and unknown alike -------------------------------------------------------------------


def told(answer: Any) -> tuple[Any, ...]:
    """What a page tells: status, where to, words without what differs in each page."""
    words = re.sub(r"[A-Za-z0-9]{64}|\b1\d{10}\b", "(its own)", answer.content.decode())
    return answer.status_code, answer.headers.get("Location"), words


def walk(phone: str) -> list[tuple[Any, ...]]:
    """All that can be seen with a number: asking, waiting, asking again, guessing, too often."""
    client, seen = Client(), []
    for _n in range(2):
        seen.append(told(ask(client, phone)))
        do_what_waits()
    seen += [told(client.get(CONFIRM)), told(client.post(CONFIRM, RESEND))]
    do_what_waits()
    seen += [told(client.get(CONFIRM))]
    seen += [told(confirm(client, "99999x")) for _n in range(6)]
    seen += [told(ask(client, phone)), told(client.post(CONFIRM, RESEND))]
    seen += [told(ask(client, phone)), told(client.post(CONFIRM, RESEND))]
    return seen


@pytest.mark.parametrize("error", [None, OSError("gateway down"), RuntimeError("13900000001")])
def test_known_and_unknown_numbers_are_told_the_same(cast: Cast, error: Exception | None) -> None:
    Post.broken = error
    unknown = "13811110000"  # ends like hers
    assert phone_of("secretary")[-4:] == unknown[-4:]
    assert walk(PHONE) == walk(unknown)
    assert bool(Post.sent) == (error is None)
    assert unknown not in {phone for phone, _code in Post.sent}


def work_done(client: Client, send: Any) -> list[str]:
    """The statements of a request, without their values."""
    with CaptureQueriesContext(connection) as seen:
        send(client)
    return [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in seen.captured_queries]


def test_the_request_does_the_same_work_for_both_and_asks_for_no_account(cast: Cast) -> None:
    for send in (
        lambda client: client.post(CONFIRM, RESEND),
        lambda client: confirm(client, "99999x"),
    ):
        done = []
        for phone in (PHONE, UNKNOWN):
            client = Client()
            ask(client, phone)
            do_what_waits()
            done.append(work_done(client, send))
        assert done[0] == done[1]
    first = [work_done(Client(), lambda c, p=p: ask(c, p)) for p in (PHONE, UNKNOWN)]
    assert first[0] == first[1]
    assert not any("people_account" in statement for statement in first[0])


@pytest.mark.parametrize("why", ["unknown", "closed", "without a role"])
def test_nothing_is_sent_to_whom_it_would_let_in_nowhere(
    cast: Cast, client: Client, why: str
) -> None:
    cast.village_staff.is_active = False
    cast.village_staff.save()
    phones = {"unknown": UNKNOWN, "closed": phone_of("village_staff"),
              "without a role": phone_of("without_role")}  # fmt: skip
    ask(client, phones[why])
    assert do_what_waits() == 1
    assert Post.sent == []


# --- what is kept ------------------------------------------------------------------------------


def test_neither_number_nor_code_lies_anywhere_in_clear(cast: Cast, client: Client) -> None:
    code = code_for(client)
    Post.broken = RuntimeError(f"could not send {code} to {PHONE}")
    other = Client()
    ask(other)
    do_what_waits()
    kept = [str(dict(row)) for model in (SignInCode, DBTaskResult)
            for row in model.objects.values()]  # fmt: skip
    kept += [str(row.get_decoded()) for row in Session.objects.all()]
    assert kept
    assert not [text for text in kept if PHONE in text or code in text]
    assert set(client.session.keys()) == {TOKEN}
    with connection.cursor() as cursor:
        for table in ("core_tries", "people_signincode", "django_session"):
            cursor.execute(f"SELECT * FROM {table}")
            assert PHONE not in str(cursor.fetchall())


def test_a_gateway_that_fails_is_tried_three_times_and_logged_without_a_secret(
    cast: Cast, client: Client, caplog: Any
) -> None:
    Post.broken = RuntimeError(f"no luck with {PHONE}")
    ask(client)
    for _n in range(6):
        DBTaskResult.objects.update(run_after=timezone.now())
        do_what_waits()
    assert DBTaskResult.objects.count() == 3
    assert {task.status for task in DBTaskResult.objects.all()} == {"SUCCESSFUL"}
    assert caplog.text.count("RuntimeError") == 3
    assert PHONE not in caplog.text


def test_a_code_asked_for_anew_is_the_only_one_sent_if_the_gateway_comes_back(
    cast: Cast, client: Client
) -> None:
    ask(client)
    client.post(CONFIRM, RESEND)
    do_what_waits()
    assert len(Post.sent) == 1


def test_a_code_that_comes_too_late_is_not_sent(cast: Cast, client: Client) -> None:
    ask(client)
    with later(minutes=6):
        do_what_waits()
    assert Post.sent == []


def test_old_codes_are_forgotten(cast: Cast, client: Client) -> None:
    ask(client)
    assert forget_codes() == 0
    with later(minutes=6):
        assert forget_codes() == 1
        assert client.get(CONFIRM)["Location"] == ASK


# --- guessing ----------------------------------------------------------------------------------


def test_a_wrong_code_is_told_at_its_field_and_five_end_it(cast: Cast, client: Client) -> None:
    code = code_for(client)
    for _n in range(5):
        answer = confirm(client, wrong_for(code))
        assert answer.status_code == 422
        assert set(form_errors(answer)) == {"code"}
    answer = confirm(client, code)
    assert answer.status_code == 422
    assert not signed_in(client)


def test_twenty_wrong_ones_a_day_are_all(cast: Cast) -> None:
    for _hour in range(4):
        client = Client()
        code = code_for(client)
        for _n in range(5):
            confirm(client, wrong_for(code))
    code = code_for(client := Client())
    assert confirm(client, code).status_code == 422
    with later(days=1):
        client = Client()
        assert confirm(client, code_for(client)).status_code == 302


def test_a_right_code_is_no_guess(cast: Cast) -> None:
    for hour in range(9):
        with later(hours=hour):
            client = Client()
            assert confirm(client, code_for(client)).status_code == 302


def test_a_code_is_good_once_and_for_five_minutes(cast: Cast, client: Client) -> None:
    code = code_for(client)
    token = client.session[TOKEN]
    confirm(client, code)
    client.post("/sign-out/")
    session = client.session
    session[TOKEN] = token
    session.save()
    confirm(client, code)
    assert not signed_in(client)
    code = code_for(client)
    with later(minutes=5, seconds=1):
        assert confirm(client, code).status_code == 422
        assert not signed_in(client)


def test_a_new_code_ends_the_one_before(cast: Cast, client: Client) -> None:
    first = code_for(client)
    client.post(CONFIRM, RESEND)
    do_what_waits()
    second = Post.sent[-1][1]
    if first != second:
        assert confirm(client, first).status_code == 422
    assert confirm(client, second).status_code == 302


def test_a_code_of_one_browser_does_not_open_another(cast: Cast, client: Client) -> None:
    code = code_for(client)
    other = Client()
    confirm(other, code)
    assert not signed_in(other)
    ask(other)
    assert confirm(other, code).status_code == 422
    assert confirm(client, code).status_code == 302, "and hers is still good"


@pytest.mark.parametrize("lost", ["role", "account"])
def test_what_was_lost_meanwhile_reads_like_a_wrong_code(
    cast: Cast, client: Client, lost: str
) -> None:
    code = code_for(client)
    wrong = form_errors(confirm(client, wrong_for(code)))
    if lost == "role":
        revoke_role(actor=OPERATOR, account=cast.secretary, role=Role.SECRETARY, place=cast.home)
    else:
        cast.secretary.is_active = False
        cast.secretary.save()
    assert form_errors(confirm(client, code)) == wrong
    assert not signed_in(client)


# --- caps --------------------------------------------------------------------------------------


@pytest.mark.parametrize("phone", [PHONE, UNKNOWN])
def test_five_codes_an_hour_and_ten_a_day_for_a_number(cast: Cast, phone: str) -> None:
    statuses = [ask(Client(), phone, f"10.0.0.{n}").status_code for n in range(6)]
    assert statuses == [302] * 5 + [429]
    with later(hours=1):
        statuses = [ask(Client(), phone, f"10.0.1.{n}").status_code for n in range(6)]
        assert statuses == [302] * 5 + [429]
    with later(hours=2):
        refused = ask(Client(), phone)
        assert refused.status_code == 429
        assert set(form_errors(refused)) == {"phone"}
        assert refused.context["form"]["phone"].value() == phone


def test_twenty_codes_an_hour_from_an_address(cast: Cast) -> None:
    asked = [ask(Client(), f"138000000{n:02}").status_code for n in range(21)]
    assert asked == [302] * 20 + [429]
    assert ask(Client(), PHONE, "10.0.0.2").status_code == 302


def test_all_together_have_a_cap(cast: Cast, settings: Any) -> None:
    settings.SIGN_IN_LIMITS = settings.SIGN_IN_LIMITS | {"codes_all": (2, 3600)}
    asked = [ask(Client(), f"138000000{n:02}", f"10.0.0.{n}").status_code for n in range(3)]
    assert asked == [302, 302, 429]


def test_strangers_cannot_use_up_her_codes(cast: Cast, client: Client) -> None:
    confirm(client, code_for(client))
    client.post("/sign-out/")
    assert {ask(Client(), PHONE, f"10.0.0.{n}").status_code for n in range(9)} == {302, 429}
    Post.sent.clear()
    assert confirm(client, code_for(client)).status_code == 302
    client.post("/sign-out/")
    assert [ask(client).status_code for _n in range(5)][-1] == 429, "five of her own an hour"


# --- getting about -----------------------------------------------------------------------------


def test_a_code_that_is_waited_for_captures_no_other_page(cast: Cast, client: Client) -> None:
    ask(client)
    for path in ("/", "/sign-in/", ASK, "/places/", CONFIRM):
        assert client.get(path).status_code == 200, path
    answer = client.post("/sign-in/", {"login": PHONE, "password": "gen-xu-2026"})
    assert answer["Location"] == "/home/"


def test_without_a_code_that_is_waited_for_one_asks_for_one(client: Client, db: None) -> None:
    for answer in (client.get(CONFIRM), confirm(client, "123456"), client.post(CONFIRM, RESEND)):
        assert (answer.status_code, answer["Location"]) == (302, ASK)


def test_the_page_shows_the_end_of_the_number_only(cast: Cast, client: Client) -> None:
    ask(client)
    text = page_text(client.get(CONFIRM))
    assert PHONE[-4:] in text
    assert PHONE not in client.get(CONFIRM).content.decode()


@pytest.mark.parametrize("phone", ["", "139", "x" * 5000, "23900000000", "139000000００a"])
def test_what_is_no_number_is_told_at_its_field(client: Client, db: None, phone: str) -> None:
    answer = ask(client, phone)
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"phone"}


@pytest.mark.parametrize("code", ["", "x" * 5000, "12345", "\x00"])
def test_what_is_no_code_is_told_at_its_field(cast: Cast, client: Client, code: str) -> None:
    ask(client)
    answer = confirm(client, code)
    assert answer.status_code == 422
    assert set(form_errors(answer)) == {"code"}


def test_without_a_gateway_it_is_neither_shown_nor_reachable(
    client: Client, db: None, settings: Any
) -> None:
    assert ASK in client.get("/sign-in/").content.decode()
    settings.SIGN_IN_BY_CODE = False
    assert ASK not in client.get("/sign-in/").content.decode()
    for path in (ASK, CONFIRM):
        assert client.get(path).status_code == 404
        assert client.post(path, {"phone": PHONE, "code": "123456"}).status_code == 404
    assert not SignInCode.objects.exists()


def test_what_the_job_is_given_is_one_sealed_text(cast: Cast, client: Client) -> None:
    ask(client)
    given = DBTaskResult.objects.get().args_kwargs
    assert given["kwargs"] == {}
    (letter,) = given["args"]
    assert json.loads(keys.unseal("sms", letter))["phone"] == PHONE
    assert PHONE not in letter


def test_a_code_is_void_once_the_number_is_another_s(cast: Cast, client: Client) -> None:
    code = code_for(client)
    account_for(PHONE, "别测人", Word(OPERATOR, f"hers-{cast.secretary.pk}"))
    answer = confirm(client, code)
    assert answer.status_code == 422
    assert form_errors(answer) == form_errors(confirm(client, wrong_for(code)))
    assert not signed_in(client)


def test_a_code_that_was_on_its_way_opens_no_account_that_has_another_number(
    cast: Cast, client: Client
) -> None:
    """The job found the account a moment before it got its new number."""
    code = code_for(client)
    Account.objects.filter(pk=cast.secretary.pk).update(phone=UNKNOWN)
    assert confirm(client, code).status_code == 422
    assert not signed_in(client)


def test_a_number_signs_in_its_present_holder_alone(cast: Cast, client: Client) -> None:
    found = account_for(PHONE, "别测人", Word(OPERATOR, f"hers-{cast.secretary.pk}"))
    assert found is not None
    ask(client)
    do_what_waits()
    assert Post.sent == [], "she holds no office, and the old holder is not asked"
    grant_role(actor=OPERATOR, account=found, role=Role.CITY_STAFF, place=cast.hamlet("4212"))
    with later(minutes=5):
        confirm(client, code_for(client))
        assert client.get("/home/").context["request"].user == found


def test_who_has_another_number_signs_in_with_that(cast: Cast, client: Client) -> None:
    give_number(actor=OPERATOR, account=cast.secretary, phone=UNKNOWN)
    confirm(client, code_for(client, UNKNOWN))
    assert client.get("/home/").context["request"].user == cast.secretary
