"""Strangers fail as often as they like; whoever works here comes in."""

from collections.abc import Callable

import pytest

from .doing import record_talk
from .site import GEN, LAN, PASSWORD, TRIES, Site

WRONG = "mei-you-zhe-ge-mi-ma"


def until_refused(sent: Callable[[int], int]) -> int:
    """How many tries came through: up to twice the number, if a new minute begins in between."""
    for n in range(11):
        if sent(n) == 429:
            return n
    raise AssertionError("nothing stops the tries")


def test_five_wrong_passwords_of_one_lock_nobody_else_out(site: Site) -> None:
    """Two secretaries behind the address of one mobile network; one has forgotten hers."""
    forgetful = site.visitor("127.0.0.21")
    assert until_refused(lambda _n: forgetful.sign_in(GEN, WRONG).status) >= 5
    lan = site.visitor("127.0.0.21")
    assert lan.sign_in(LAN, PASSWORD).status == 302
    assert record_talk(lan, topic="旁人输错密码").status == 302


def test_strangers_from_everywhere_do_not_lock_a_secretary_out_of_her_own_telephone(
    site: Site,
) -> None:
    own = site.visitor("127.0.0.31")
    assert own.sign_in(GEN, PASSWORD).status == 302
    known = {name: value for name, value in own.cookies.items() if name == "known"}
    assert known
    for n in range(TRIES + 10):  # each from an address of its own
        site.visitor(f"127.0.1.{n + 1}").sign_in(GEN, WRONG)
    new = site.visitor("127.0.0.32")
    assert new.sign_in(GEN, PASSWORD).status == 429
    again = site.visitor("127.0.0.33")
    again.cookies |= known
    assert again.sign_in(GEN, PASSWORD).status == 302
    assert site.visitor("127.0.0.34").sign_in(LAN, PASSWORD).status == 302


def test_what_a_client_says_of_its_address_gains_it_no_further_tries(site: Site) -> None:
    stranger = site.visitor("127.0.0.41")

    def tried(n: int) -> int:
        stranger.get("/sign-in/")
        sent = {"csrfmiddlewaretoken": stranger.token(), "login": "13900000077", "password": WRONG}
        said = {"X-Forwarded-For": f"198.51.100.{n}"}
        return int(stranger.send_form("/sign-in/", sent, said).status)

    until_refused(tried)


@pytest.mark.parametrize("path", ["/sign-in/code/", "/sign-in/code/confirm/"])
def test_without_a_gateway_there_is_no_signing_in_by_code(site: Site, path: str) -> None:
    visitor = site.visitor()
    assert "/sign-in/code/" not in visitor.get("/sign-in/").text
    assert visitor.get(path).status == 404
    assert visitor.post(path, phone=LAN).status in (403, 404)


def test_pages_of_those_who_signed_in_are_kept_by_no_cache(site: Site) -> None:
    lan = site.staff(LAN, "127.0.0.51")
    assert "no-store" in lan.get("/home/").headers["cache-control"]
    assert "no-store" in lan.get("/talks/").headers["cache-control"]
