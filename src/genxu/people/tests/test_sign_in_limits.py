"""Guessing passwords is braked, and nobody is locked out by what strangers try."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from genxu.config.limits import SIGN_IN_LIMITS, sign_in_limits
from genxu.core import keys
from genxu.core.ratelimit import count
from genxu.people.known import COOKIE
from genxu.people.sign_in_limits import limit
from tests.cast import PASSWORD, Cast, later, phone_of

A, B = phone_of("secretary"), phone_of("village_staff")
UNKNOWN = "13811112222"


@pytest.fixture(autouse=True)
def _behind_a_proxy(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    settings.ROOT_URLCONF = "genxu.config.urls"  # its page is drawn without the demonstration


def try_in(client: Client, phone: str, password: str = PASSWORD, address: str = "10.0.0.1") -> Any:
    """The status: 302 is in, 200 is wrong, 429 is too often."""
    sent = {"login": phone, "password": password}
    return client.post("/sign-in/", sent, headers={"X-Forwarded-For": address}).status_code


def guess(phone: str, times: int, address: str = "10.0.0.1", client: Client | None = None) -> set:
    return {try_in(client or Client(), phone, f"guess {n}", address) for n in range(times)}


def guess_from_everywhere(phone: str, times: int) -> set[int]:
    return {try_in(Client(), phone, "guess", f"10.9.{n // 250}.{n % 250}") for n in range(times)}


def test_five_wrong_ones_brake_that_number_and_not_the_neighbour_behind_the_same_address(
    cast: Cast,
) -> None:
    assert guess(A, 5) == {200}
    assert try_in(Client(), A) == 429
    assert try_in(Client(), B) == 302


def test_nor_the_same_number_at_another_address(cast: Cast) -> None:
    guess(A, 5)
    assert try_in(Client(), A, address="10.0.0.2") == 302


def test_after_five_minutes_one_may_try_again(cast: Cast) -> None:
    guess(A, 5)
    with later(minutes=5):
        assert try_in(Client(), A) == 302


def test_the_page_says_how_long_to_wait_and_keeps_the_number(cast: Cast) -> None:
    guess(A, 5)
    sent = {"login": A, "password": PASSWORD}
    answer = Client().post("/sign-in/", sent, headers={"X-Forwarded-For": "10.0.0.1"})
    (sentence,) = answer.context["form"].non_field_errors()
    assert any(f" {n} " in sentence for n in range(1, 6))
    assert answer.context["form"]["login"].value() == A


def test_an_unknown_number_is_braked_alike(cast: Cast) -> None:
    assert guess(UNKNOWN, 5) == {200}
    assert try_in(Client(), UNKNOWN) == 429
    assert guess_from_everywhere(UNKNOWN, 44) == {200}
    assert guess_from_everywhere(UNKNOWN, 3) == {200, 429}


def test_strangers_cannot_lock_her_out_of_the_browser_she_uses(cast: Cast) -> None:
    hers = Client()
    assert try_in(hers, A) == 302
    hers.post("/sign-out/")
    assert 429 in guess_from_everywhere(A, 60)
    assert try_in(Client(), A, address="10.0.0.7") == 429, "a new browser is told to wait"
    assert try_in(hers, A) == 302


def test_guessing_in_that_browser_is_braked_too_and_only_for_that_number(cast: Cast) -> None:
    office = Client()
    try_in(office, A)
    office.post("/sign-out/")
    assert guess(A, 5, client=office) == {200}
    assert try_in(office, A) == 429
    assert try_in(office, A, address="10.0.0.9") == 429, "wherever it is carried"
    assert try_in(office, B) == 302


def test_a_browser_that_knows_one_number_is_a_stranger_to_another(cast: Cast) -> None:
    strangers = Client()
    try_in(strangers, B)
    strangers.post("/sign-out/")
    assert guess(A, 5, client=strangers) == {200}
    assert try_in(strangers, A) == 429


def test_the_cookie_tells_no_number_and_cannot_be_made_up(cast: Cast, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    client = Client()
    try_in(client, A)
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert A not in cookie.value
    assert A not in keys.unseal("known", cookie.value)
    forged = Client()
    for value in ("", "x", "é", cookie.value[:-2], cookie.value.replace("A", "B")):
        forged.cookies[COOKIE] = value
        assert try_in(forged, A, "wrong") == 200
    assert try_in(forged, A) == 429


def test_a_browser_knows_five_numbers_and_forgets_the_oldest(cast: Cast) -> None:
    office = Client()
    parts = ["secretary", "village_staff", "township_staff", "county_staff", "city_staff",
             "auditor"]  # fmt: skip
    for part in [*parts, "village_staff"]:
        assert try_in(office, phone_of(part)) == 302
        office.post("/sign-out/")
    guess_from_everywhere(A, 60)
    guess_from_everywhere(B, 60)
    assert try_in(office, B) == 302
    office.post("/sign-out/")
    assert try_in(office, A, address="10.0.0.8") == 429


def test_one_address_tries_thirty_numbers_and_no_more(cast: Cast) -> None:
    for n in range(30):
        assert try_in(Client(), f"138000000{n:02}") == 200
    assert try_in(Client(), A) == 429
    assert try_in(Client(), A, address="10.0.0.2") == 302


def test_a_household_has_one_address_of_ipv6(cast: Cast) -> None:
    lines = [f"2001:db8:1:1:{n:x}::1" for n in range(1, 6)]
    assert {try_in(Client(), A, "wrong", one) for one in lines} == {200}
    assert try_in(Client(), A, address="2001:db8:1:1:ffff::1") == 429
    assert try_in(Client(), A, address="2001:db8:1:2::1") == 302


def test_all_together_have_a_limit_with_room_for_a_prefecture(cast: Cast, settings: Any) -> None:
    assert SIGN_IN_LIMITS["password_all"] == (3000, 600)
    known = Client()
    try_in(known, B)
    known.post("/sign-out/")
    settings.SIGN_IN_LIMITS = settings.SIGN_IN_LIMITS | {"password_all": (3, 600)}
    assert guess(A, 3) == {200}
    assert try_in(Client(), UNKNOWN, address="10.0.0.2") == 429
    assert try_in(known, B) == 302


def test_one_address_cannot_use_up_what_all_have_together(cast: Cast) -> None:
    guess(A, 60)
    assert count(limit("password_all"), "") <= 31


def test_a_right_password_clears_nothing_of_other_peoples(cast: Cast) -> None:
    guess(A, 4)
    assert try_in(Client(), B) == 302
    assert try_in(Client(), A) == 302, "the fifth is hers"
    assert try_in(Client(), A, "wrong") == 200
    assert try_in(Client(), A) == 429


def test_the_operator_changes_a_limit_and_is_told_what_cannot_be_read() -> None:
    assert sign_in_limits("password_all=5000/600 codes_all=9/60")["password_all"] == (5000, 600)
    for wrong in ("password_al=1/1", "password_all=5", "password_all=5/0", "password_all=-1/5"):
        with pytest.raises(ImproperlyConfigured):
            sign_in_limits(wrong)
