"""Strangers fail as often as they like; whoever works here comes in."""

import pytest

from .doing import record_talk
from .site import GEN, LAN, PASSWORD, Site

WRONG = "mei-you-zhe-ge-mi-ma"


def test_five_wrong_passwords_of_one_lock_nobody_else_out(site: Site) -> None:
    """Two secretaries behind the address of one mobile network; one has forgotten hers."""
    forgetful = site.visitor("127.0.0.21")
    told = [forgetful.sign_in(GEN, WRONG).status for _n in range(6)]
    assert told[:5] == [200] * 5
    assert told[5] == 429
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
    for n in range(60):  # each from an address of its own
        site.visitor(f"127.0.1.{n + 1}").sign_in(GEN, WRONG)
    new = site.visitor("127.0.0.32")
    assert new.sign_in(GEN, PASSWORD).status == 429
    again = site.visitor("127.0.0.33")
    again.cookies |= known
    assert again.sign_in(GEN, PASSWORD).status == 302
    assert site.visitor("127.0.0.34").sign_in(LAN, PASSWORD).status == 302


def test_what_a_client_says_of_its_address_gains_it_no_further_tries(site: Site) -> None:
    stranger = site.visitor("127.0.0.41")
    told = []
    for n in range(6):
        stranger.get("/sign-in/")
        sent = {"csrfmiddlewaretoken": stranger.token(), "login": "13900000077", "password": WRONG}
        told.append(stranger.send_form("/sign-in/", sent, {"X-Forwarded-For": f"198.51.100.{n}"}))
    assert told[-1].status == 429


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
