"""Signing in by phone and password; what fails says so and tells no secret."""

from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from genxu.core import journal
from genxu.core.access import system
from genxu.people.actions import open_account
from genxu.people.adapter import NO_OFFICE
from genxu.people.models import Account
from tests.cast import OPERATOR, PASSWORD, Cast, phone_of
from tests.doing import page_text

LOGIN = "/sign-in/"
PHONE = phone_of("secretary")


def sign_in(client: Client, phone: str = PHONE, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": phone, "password": password})


def signed_in(client: Client) -> bool:
    return client.get("/home/").status_code == 200


def test_by_phone_and_password(cast: Cast, client: Client) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/home/")
    assert signed_in(client)


def test_she_is_led_back_to_where_she_wanted_to_go(cast: Cast, client: Client) -> None:
    answer = client.post(f"{LOGIN}?next=/matters/", {
        "login": PHONE, "password": PASSWORD, "next": "/matters/",
    })  # fmt: skip
    assert answer["Location"] == "/matters/"


def test_but_not_to_another_site(cast: Cast, client: Client) -> None:
    answer = client.post(LOGIN, {"login": PHONE, "password": PASSWORD, "next": "https://evil.cn/"})
    assert answer["Location"] == "/home/"


@pytest.mark.parametrize(
    "typed",
    ["139 0000 0000", "139-0000-0000", "+8613900000000", "１３９００００００００", " 13900000000 ",
     "+86 139 0000 0000"],
)  # fmt: skip
def test_a_phone_number_typed_carelessly_is_understood(
    cast: Cast, client: Client, typed: str
) -> None:
    assert sign_in(client, typed).status_code == 302


@pytest.mark.parametrize(
    ("phone", "password"),
    [(PHONE, "wrong"), (PHONE, ""), ("13811112222", PASSWORD), ("", PASSWORD), ("罗测春", PASSWORD),
     ("139", PASSWORD), (PHONE, "x" * 5000), ("1" * 5000, "x")],
    ids=range(8),
)  # fmt: skip
def test_a_wrong_one_stays_on_the_page(
    cast: Cast, client: Client, phone: str, password: str
) -> None:
    answer = sign_in(client, phone, password)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not signed_in(client)


def test_an_unknown_phone_and_a_wrong_password_look_the_same(cast: Cast, client: Client) -> None:
    wrong = sign_in(client, PHONE, "wrong").context["form"].errors
    unknown = sign_in(client, "13811112222", "wrong").context["form"].errors
    assert wrong == unknown


def test_a_closed_account_stays_outside(cast: Cast, client: Client) -> None:
    cast.secretary.is_active = False
    cast.secretary.save()
    sign_in(client)
    assert not signed_in(client)


def test_without_a_role_one_is_told_so_once_the_password_is_right(
    cast: Cast, client: Client
) -> None:
    phone = phone_of("without_role")
    wrong = sign_in(client, phone, "wrong").context["form"].errors
    assert wrong == sign_in(client, "13811112222", "wrong").context["form"].errors
    right = sign_in(client, phone)
    assert right.context["form"].non_field_errors() == [NO_OFFICE]
    assert "_auth_user_id" not in client.session


def test_a_known_and_an_unknown_number_take_one_hash_each(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the time tells nothing: with a password, without one, closed, not there."""
    without = open_account(actor=OPERATOR, phone="13700000001", name="新测人", password=None)
    Account.objects.filter(pk=cast.village_staff.pk).update(is_active=False)
    hashes: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        hashes.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    for phone in (PHONE, without.phone, phone_of("village_staff"), "13811112222"):
        hashes.clear()
        sign_in(client, phone, "wrong")
        assert len(hashes) == 1, phone


def test_signing_out(cast: Cast, client: Client) -> None:
    sign_in(client)
    assert client.get("/sign-out/").status_code == 200
    assert signed_in(client)
    answer = client.post("/sign-out/")
    assert answer["Location"] == reverse("welcome")
    assert not signed_in(client)


def test_accounts_are_opened_by_the_operator_only(cast: Cast, client: Client) -> None:
    for path in ("/accounts/signup/", "/signup/", "/sign-up/"):
        assert client.get(path).status_code == 404
    assert "signup" not in page_text(client.get(LOGIN))


def test_the_cast_is_listed_in_the_demonstration_only(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.ROOT_URLCONF = "genxu.config.urls"
    assert "cast" not in client.get(LOGIN).context
    settings.ROOT_URLCONF = "genxu.config.demo_urls"
    settings.DEMONSTRATION = True
    shown = client.get(LOGIN).context["cast"]
    assert {member.id for member in shown} == {
        account.pk for part, account in cast.accounts.items() if part != "without_role"
    }


def a_world_was_built() -> None:
    journal.write(
        actor=system("demonstration"),
        action="demo.build_world",
        place="4212",
        subject_type="regions.region",
        subject_id="4212",
        detail={},
    )


def test_real_records_are_not_entered_though_the_mode_was_forgotten(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.DEMONSTRATION = True
    answer = client.post("/demo/enter/", {"account": str(cast.secretary.pk)})
    assert answer.status_code == 403
    assert not signed_in(client)


def test_in_the_demonstration_one_enters_as_one_of_the_cast(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.DEMONSTRATION = True
    a_world_was_built()
    answer = client.post("/demo/enter/", {"account": str(cast.secretary.pk)})
    assert answer["Location"] == "/home/"
    assert signed_in(client)


@pytest.mark.parametrize("key", ["", "x", "987654", "-1", "9" * 5000, "²"], ids=range(6))
def test_nobody_of_that_name(cast: Cast, client: Client, settings: Any, key: str) -> None:
    settings.DEMONSTRATION = True
    a_world_was_built()
    assert client.post("/demo/enter/", {"account": key}).status_code == 404
