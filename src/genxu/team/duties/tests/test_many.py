"""Many at once, and what is seen from outside: a township's job, a spreadsheet, figures, the public
page, erasing, closing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.hamlets.actions import close_hamlet
from genxu.jobs import running
from genxu.jobs.models import Job
from genxu.organisation.branches.tests import factories as branches
from genxu.people.erasure import Erasure, erase_everywhere
from genxu.team.duties import figures, person_actions
from genxu.team.duties.models import Found, OnRota, Rota
from genxu.team.duties.people_intake import PersonIntake, PersonRow
from genxu.team.duties.plans import Asked
from tests.cast import FAR, HOME, NEIGHBOUR, OPERATOR, TOWNSHIP, Cast, Enter
from tests.doing import page_text

from .factories import NAMES, drafted, due, noted, person, published, record, secretary


def test_a_township_has_its_hamlets_dealt(cast: Cast, enter: Enter) -> None:
    made, never = drafted(cast), drafted(cast, NEIGHBOUR, names=("港测一",))
    person_actions.ask_person(
        actor=secretary(cast, NEIGHBOUR), rota=never, person=person(never, "港测一"),
        asked=Asked(exempt=True),
    )  # fmt: skip
    browser = enter("township_staff")
    browser.post(f"/duties/at/{TOWNSHIP}/deal/", {"client_id": str(uuid4())})
    job = Job.objects.get()
    running.run(job.pk)
    job.refresh_from_db()
    assert made.turns.count() == len(made.days)
    assert not never.turns.exists()
    page = page_text(browser.get(f"/jobs/{job.pk}/"))
    assert "港边湾" in page
    assert job.result["made"] == 1


def test_a_spreadsheet_puts_people_on_the_rota_that_stands(cast: Cast) -> None:
    branches.filled(cast, 3)
    rota = drafted(cast, names=())
    member = PersonRow(HOME, "罗测乙", "watch", exempt=True)
    new = PersonRow(HOME, "罗测新", "watch", "13900001111")
    assert [one.fate for one in PersonIntake.plan([member, new])] == ["changed", "new"]
    record(cast, member, new)
    assert rota.people.get(member__name="罗测乙").exempt
    assert rota.people.get(name="罗测新").phone == "13900001111"
    assert [one.fate for one in PersonIntake.plan([member, new])] == ["same", "same"]


def test_a_row_for_a_rota_that_does_not_stand_is_told(cast: Cast) -> None:
    with pytest.raises(Invalid):
        record(cast, PersonRow(HOME, "罗测新"))


def test_cleanups_are_counted_and_members_on_duty(cast: Cast) -> None:
    branches.filled(cast, 3)
    today = clock.today()
    noted(cast, Found.CLEAN)  # a watch is no clean-up
    assert figures._cleanups().count() == 0
    assert figures._on_duty(today).count() == 3
    assert figures._on_duty(today - timedelta(days=1)).count() == 0
    Rota.objects.update(kind=Rota.Kind.CLEANUP)
    assert figures._cleanups().count() == 1


def test_only_those_who_agree_are_named_on_the_public_page(cast: Cast) -> None:
    turn = due(cast)
    path = f"/places/{HOME}/"
    assert NAMES[0] not in page_text(Client().get(path))
    person_actions.ask_person(
        actor=secretary(cast), rota=Rota.objects.get(), person=turn.person,
        asked=Asked(shown=True),
    )  # fmt: skip
    assert NAMES[0] in page_text(Client().get(path))


def test_whoever_is_no_member_is_erased_with_his_household(cast: Cast) -> None:
    rota = published(cast)
    one = person(rota, NAMES[0])
    one.phone = "13700000000"
    one.save()
    erase_everywhere(Erasure(OPERATOR, HOME, (0,), frozenset(), frozenset({"13700000000"})))
    one.refresh_from_db()
    assert (one.name, one.phone, one.left_on) == ("", "", clock.today())
    assert not OnRota.objects.present().filter(pk=one.pk).exists()


def test_a_hamlet_with_a_rota_is_not_closed(cast: Cast) -> None:
    published(cast, FAR)
    with pytest.raises(Conflict):
        close_hamlet(actor=OPERATOR, hamlet=cast.hamlet(FAR))


def test_outsiders_do_not_read_names(cast: Cast, enter: Enter) -> None:
    rota = published(cast)
    assert enter("county_staff").get(f"/duties/{rota.pk}/").status_code == 403
    assert enter("neighbour_secretary").get(f"/duties/{rota.pk}/").status_code == 404
