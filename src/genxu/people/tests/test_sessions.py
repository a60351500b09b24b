"""A session ends after a day without use for those in an office, and at once with the last role."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from genxu.core import clock
from genxu.people.actions import grant_role, revoke_role, set_password
from genxu.people.granting import take_roles
from genxu.people.models import Account, Grant
from genxu.people.roles import Role
from genxu.people.sessions import clear_sessions
from tests.addresses import EXAMPLES
from tests.cast import HOME, OPERATOR, PASSWORD, Cast, Enter, later, phone_of

STAFF_PARTS = ("village_staff", "township_staff", "county_staff", "city_staff", "auditor")


def is_in(client: Client) -> bool:
    answer = client.get("/home/")
    return answer.status_code == 200 or not answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("part", STAFF_PARTS)
def test_an_office_is_out_after_a_day_without_use(cast: Cast, enter: Enter, part: str) -> None:
    client = enter(part)
    assert is_in(client)
    with later(hours=23, minutes=59):
        assert is_in(client)
        with later(hours=23, minutes=59):
            assert is_in(client), "each use begins the day anew"
            with later(hours=24):
                assert not is_in(client)
    assert not is_in(client), "and it is gone for good"


@pytest.mark.parametrize("part", ["secretary", "centre_household"])
def test_in_a_hamlet_one_stays_signed_in(cast: Cast, enter: Enter, part: str) -> None:
    client = enter(part)
    assert is_in(client)
    with later(days=20):
        assert is_in(client)


def test_the_hours_are_a_setting(cast: Cast, enter: Enter, settings: Any) -> None:
    settings.STAFF_IDLE = 3600
    client = enter("village_staff")
    assert is_in(client)
    with later(minutes=61):
        assert not is_in(client)


def test_use_is_noted_every_ten_minutes_at_most(cast: Cast, enter: Enter) -> None:
    client = enter("village_staff")

    def writes() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/matters/")
        return sum('UPDATE "django_session"' in one["sql"] for one in seen.captured_queries)

    assert writes() == 0  # signing in has noted it
    with later(minutes=9):
        assert writes() == 0
    with later(minutes=10):
        assert writes() == 1
        assert writes() == 0


def test_the_session_itself_is_over_a_day_after_the_last_use(cast: Cast, enter: Enter) -> None:
    enter("village_staff").get("/matters/")
    left = Session.objects.get().expire_date - timezone.now()
    assert 23 * 3600 < left.total_seconds() <= 24 * 3600


def test_sessions_that_are_over_are_cleared(cast: Cast, enter: Enter) -> None:
    enter("secretary")
    enter("village_staff")
    some = Session.objects.first()
    Session.objects.filter(pk=some.pk).update(expire_date=clock.now().replace(year=2020))
    clear_sessions()
    assert Session.objects.count() == 1


def test_with_the_last_role_it_ends_and_a_role_given_again_does_not_bring_it_back(
    cast: Cast, enter: Enter
) -> None:
    client = enter("secretary")
    assert is_in(client)
    role: dict[str, Any] = {"account": cast.secretary, "role": Role.SECRETARY, "place": cast.home}
    revoke_role(actor=OPERATOR, **role)
    grant_role(actor=OPERATOR, **role)
    assert not is_in(client)
    client.post("/sign-in/", {"login": phone_of("secretary"), "password": PASSWORD})
    assert is_in(client)


def test_without_a_role_nobody_is_signed_in_and_the_session_goes(cast: Cast, enter: Enter) -> None:
    client = enter("without_role")
    answer = client.get("/home/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fhome%2F")
    assert not Session.objects.exists()


def test_another_role_keeps_the_session(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    role: dict[str, Any] = {"account": cast.secretary, "place": cast.home}
    grant_role(actor=OPERATOR, role=Role.CENTRE_HOUSEHOLD, **role)
    revoke_role(actor=OPERATOR, role=Role.SECRETARY, **role)
    assert is_in(client)


def test_many_roles_taken_at_once_end_the_sessions_of_those_who_hold_none_then(cast: Cast) -> None:
    grant_role(actor=OPERATOR, account=cast.village_staff, role=Role.SECRETARY, place=cast.home)
    take_roles(Grant.objects.filter(role=Role.SECRETARY, place=HOME))
    ended = set(Account.objects.filter(sessions_ended=1).values_list("phone", flat=True))
    assert ended == {phone_of("secretary")}


def test_grants_are_deleted_in_one_place_only() -> None:
    """Or sessions would outlive the last role somewhere."""
    from pathlib import Path

    import genxu

    root = Path(genxu.__file__).parent
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "/tests/" not in str(path)
        for line in path.read_text().splitlines()
        if ".delete()" in line and ("grant" in line.lower() or "held" in line)
    }
    assert found == {"people/granting.py"}


def test_another_password_ends_the_sessions(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    assert is_in(client)
    set_password(actor=OPERATOR, account=cast.secretary, password="晒谷场的路灯-2026")
    assert not is_in(client)


# --- nothing stays on the device ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["home", "talk", "matters", "talk_photo", "place", "households"])
def test_signed_in_pages_are_not_stored(cast: Cast, enter: Enter, name: str) -> None:
    make = EXAMPLES.get(name)
    url = make[0](cast).url(name) if make else "/households/"
    answer = enter("secretary").get(url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_nor_what_the_api_answers_nor_a_refusal(cast: Cast, enter: Enter) -> None:
    for path in ("/api/v1/matters/", "/journal/", "/nowhere/"):
        assert enter("secretary").get(path)["Cache-Control"] == "private, no-store", path


def test_public_pages_for_anybody_stay_as_they_were(cast: Cast, client: Client) -> None:
    for path in ("/", "/places/", f"/places/{HOME}/"):
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(path)
        assert answer.headers.get("Cache-Control") in (None, "private, no-cache"), path
        assert not any("django_session" in one["sql"] for one in seen.captured_queries)
