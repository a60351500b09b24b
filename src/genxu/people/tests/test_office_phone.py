"""Whom to call: the number of an office, with its holder's consent to this very number."""

import pytest
from django.test import Client

from genxu.core.errors import Denied
from genxu.people.actions import show_office_phone
from genxu.people.models import Account
from tests.cast import HOME, NEIGHBOUR, Cast, Enter
from tests.doing import page_text


def public(code: str = HOME) -> str:
    return page_text(Client().get(f"/places/{code}/"))


def agreed(cast: Cast, part: str, shown: bool = True) -> None:
    grant = cast.accounts[part].grants.get()
    show_office_phone(actor=cast.actor(part), grant=grant, shown=shown)


def test_a_number_is_public_only_while_its_holder_agrees_and_by_the_office(cast: Cast) -> None:
    phone = cast.secretary.phone
    assert phone not in public()
    agreed(cast, "secretary")
    assert f"tel:{phone}" in public()
    assert cast.secretary.name not in public()
    assert phone not in public(NEIGHBOUR)
    agreed(cast, "secretary", shown=False)
    assert phone not in public()


def test_the_villages_number_stands_at_each_of_its_hamlets(cast: Cast) -> None:
    agreed(cast, "village_staff")
    for code in (HOME, NEIGHBOUR):
        assert cast.village_staff.phone in public(code)


def test_a_new_number_has_not_been_agreed_to(cast: Cast) -> None:
    agreed(cast, "secretary")
    assert cast.secretary.phone in public()
    Account.objects.filter(pk=cast.secretary.pk).update(phone="13912345678")
    assert "13912345678" not in public()
    assert cast.secretary.phone not in public()


def test_nobody_agrees_for_another(cast: Cast, enter: Enter) -> None:
    grant = cast.secretary.grants.get()
    with pytest.raises(Denied):
        show_office_phone(actor=cast.actor("village_staff"), grant=grant, shown=True)
    assert enter("centre_household").post(f"/my/offices/{grant.pk}/phone/").status_code == 403
    assert cast.secretary.phone not in public()


def test_the_holder_sees_it_and_takes_it_back(cast: Cast, enter: Enter) -> None:
    grant, client = cast.secretary.grants.get(), enter("secretary")
    client.post(f"/my/offices/{grant.pk}/phone/", {"shown": "yes"})
    assert cast.secretary.phone in public()
    assert cast.secretary.phone in page_text(client.get("/my/offices/"))
    client.post(f"/my/offices/{grant.pk}/phone/")
    assert cast.secretary.phone not in public()
