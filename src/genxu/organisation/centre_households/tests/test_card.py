"""The public card: name and duties with the person's consent only (个人信息保护法 25)."""

import pytest
from django.core.cache import cache
from django.test import Client

from genxu.organisation.centre_households import actions
from genxu.organisation.centre_households.card_views import PLAINLY, WRONG_CODES_A_MINUTE
from genxu.organisation.centre_households.models import CentreHousehold, Duty
from tests.cast import HOME, Cast

from . import factories

NAME = "罗测兰"


@pytest.fixture
def serving(cast: Cast) -> CentreHousehold:
    return factories.appointed(
        cast, cast.households(HOME)[0], name=NAME, shown=True, duties=["policy", "errands"]
    )


def card(one: CentreHousehold, client: Client) -> str:
    answer = client.get(f"/c/{one.card}/")
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "private, no-store"
    assert 'name="robots" content="noindex"' in answer.content.decode()
    return answer.content.decode()


def test_it_tells_name_hamlet_and_duties(client: Client, serving: CentreHousehold) -> None:
    text = card(serving, client)
    assert NAME in text
    assert "罗家洲" in text
    assert str(PLAINLY[Duty.POLICY]) in text
    assert str(PLAINLY[Duty.ERRANDS]) in text
    assert str(PLAINLY[Duty.DISPUTES]) not in text


def test_nothing_else_of_the_person_is_on_it(client: Client, serving: CentreHousehold) -> None:
    household = serving.household
    household.phone = "13912345678"
    household.save(update_fields=["phone"])
    CentreHousehold.objects.filter(pk=serving.pk).update(phone_shown=True, statement="我有空")
    text = card(serving, client)
    for secret in ("13912345678", household.head_name, "我有空", serving.certificate):
        assert secret not in text


def test_without_consent_the_name_is_not_told(client: Client, serving: CentreHousehold) -> None:
    actions.set_consent(
        actor=factories.holder(serving.household), centre_household=serving, shown=False,
        phone_shown=False,
    )  # fmt: skip
    text = card(serving, client)
    assert NAME not in text
    assert str(PLAINLY[Duty.POLICY]) not in text
    assert "card-kind" in text


@pytest.mark.parametrize("state", ["nominated", "selected", "left", "withdrawn", "not_chosen"])
def test_who_does_not_serve_is_not_named(cast: Cast, client: Client, state: str) -> None:
    one = factories.in_state(cast, state, cast.households(HOME)[0], name=NAME, shown=True)
    text = card(one, client)
    assert NAME not in text
    assert "card-kind" in text


def test_small_letters_are_forgiven(client: Client, serving: CentreHousehold) -> None:
    assert client.get(f"/c/{serving.card.lower()}/").status_code == 200


@pytest.mark.parametrize("code", ["ABCDEFGHJK", "x", "中" * 10, "A" * 200, "ABCDEFGHJ%00"])
def test_an_unknown_code_is_not_there(cast: Cast, client: Client, code: str) -> None:
    assert client.get(f"/c/{code}/").status_code == 404


def test_guessing_is_slowed_down(client: Client, serving: CentreHousehold) -> None:
    cache.clear()
    for _n in range(WRONG_CODES_A_MINUTE):
        assert client.get("/c/ABCDEFGHJK/").status_code == 404
    assert client.get("/c/ABCDEFGHJK/").status_code == 429
    assert client.get(f"/c/{serving.card}/").status_code == 200


def test_each_duty_is_said_plainly() -> None:
    assert set(PLAINLY) == set(Duty)
