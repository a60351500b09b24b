"""Opening accounts, granting roles: by the operator, with clear refusals."""

from typing import Any

import pytest

from genxu.core.errors import Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.people.actions import grant_role, open_account, revoke_role, set_password
from genxu.people.models import Account, Grant, Household
from genxu.people.roles import LEVEL_OF_ROLE, Role
from tests.cast import (
    CITY,
    COUNTY,
    FAR,
    HOME,
    HOUSEHOLDS,
    OPERATOR,
    PARTS,
    TOWNSHIP,
    VILLAGE,
    Cast,
    phone_of,
)

PLACE_OF_LEVEL = {"hamlet": HOME, "village": VILLAGE, "township": TOWNSHIP, "county": COUNTY,
                  "prefecture": CITY}  # fmt: skip


def opened(**changes: Any) -> Account:
    values: dict[str, Any] = {"phone": "13700000001", "name": "新测人", "password": None}
    return open_account(actor=OPERATOR, **values | changes)


@pytest.mark.parametrize(
    "changes",
    [{"phone": "1370000000"}, {"phone": "137000000011"}, {"phone": "23700000001"},
     {"phone": "1370000000a"}, {"phone": ""}, {"phone": "13700000001\n"},
     {"phone": phone_of("secretary")}, {"name": ""}, {"name": "  "}],
)  # fmt: skip
def test_what_is_wrong_is_named(cast: Cast, changes: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        opened(**changes)
    assert set(refused.value.fields) == set(changes)


def test_without_a_password_none_fits(cast: Cast) -> None:
    account = opened()
    assert not account.has_usable_password()
    assert not account.check_password("")


@pytest.mark.parametrize("act", ["open", "grant", "revoke"])
@pytest.mark.parametrize("part", ["secretary", "city_staff", "auditor", "without_role"])
def test_only_the_operator(cast: Cast, part: str, act: str) -> None:
    actor, home = cast.actor(part), cast.home
    role: dict[str, Any] = {"account": cast.without_role, "role": Role.SECRETARY, "place": home}
    with pytest.raises(Denied):
        {
            "open": lambda: open_account(actor=actor, phone="13700000001", name="x", password=None),
            "grant": lambda: grant_role(actor=actor, **role),
            "revoke": lambda: revoke_role(actor=actor, **role),
        }[act]()


@pytest.mark.parametrize("role", LEVEL_OF_ROLE)
def test_a_role_is_granted_at_its_level_only(cast: Cast, role: Role) -> None:
    for level, code in PLACE_OF_LEVEL.items():
        place = cast.hamlet(code)
        if level == LEVEL_OF_ROLE[role]:
            grant_role(actor=OPERATOR, account=cast.without_role, role=role, place=place)
        else:
            with pytest.raises(Invalid):
                grant_role(actor=OPERATOR, account=cast.without_role, role=role, place=place)


def test_an_auditor_works_at_any_level(cast: Cast) -> None:
    for code in PLACE_OF_LEVEL.values():
        grant_role(
            actor=OPERATOR, account=cast.without_role, role=Role.AUDITOR, place=cast.hamlet(code)
        )


def test_a_role_granted_twice_is_held_once(cast: Cast) -> None:
    for _n in range(2):
        grant_role(actor=OPERATOR, account=cast.secretary, role=Role.SECRETARY, place=cast.home)
    assert Grant.objects.filter(account=cast.secretary).count() == 1


def test_what_is_not_held_cannot_be_taken_away(cast: Cast) -> None:
    with pytest.raises(Invalid):
        revoke_role(
            actor=OPERATOR, account=cast.secretary, role=Role.SECRETARY, place=cast.hamlet(FAR)
        )


def test_households_are_seen_by_those_who_keep_their_register(cast: Cast) -> None:
    keepers = {Role.SECRETARY, Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF}
    for part in cast.accounts:
        seen = set(Household.objects.visible_to(cast.actor(part)).values_list("hamlet", flat=True))
        _name, role, place = PARTS[part]
        own = {code for code in HOUSEHOLDS if role in keepers and code.startswith(place)}
        assert seen == own, part


WEAK = ["", "short", "123456789", "1234567890", "13700000001", "password123", "13700000001a",
        "qwertyuiop"]  # fmt: skip


@pytest.mark.parametrize("password", WEAK)
def test_a_weak_password_is_refused_wherever_it_is_set(cast: Cast, password: str) -> None:
    with pytest.raises(Invalid) as refused:
        opened(password=password)
    assert set(refused.value.fields) == {"password"}
    assert str(refused.value.fields["password"])
    account = opened()
    with pytest.raises(Invalid):
        set_password(actor=OPERATOR, account=account, password=password)
    account.refresh_from_db()
    assert not account.has_usable_password()


def test_a_name_is_no_password(cast: Cast) -> None:
    with pytest.raises(Invalid):
        opened(name="Luo Ceyi Chunxiang", password="luo ceyi chunxiang")


def test_a_good_password_is_taken_and_another_one_after_it(cast: Cast) -> None:
    account = opened(password="路灯 晒谷场 三更 2026")
    assert account.check_password("路灯 晒谷场 三更 2026")
    account = set_password(actor=OPERATOR, account=account, password="another-good-1")
    assert account.check_password("another-good-1")


def test_a_password_is_set_by_the_operator_only_and_stands_in_no_journal(cast: Cast) -> None:
    account = opened()
    with pytest.raises(Denied):
        set_password(actor=cast.actor("secretary"), account=account, password="another-good-1")
    set_password(actor=OPERATOR, account=account, password="another-good-1")
    entry = JournalEntry.objects.latest("pk")
    assert entry.action == "people.set_password"
    assert "another" not in str(entry.detail)
