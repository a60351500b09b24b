"""Erasure reaches everything: no table and no file still names a household that was erased."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models

from genxu.core import clock
from genxu.core.declared import rooms
from genxu.core.errors import Conflict
from genxu.imports.export_actions import ask_export
from genxu.imports.models import Import
from genxu.imports.tests.factories import HEADERS, brought, checked, taken_in, workbook
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.jobs import queue
from genxu.jobs.models import Job, JobFile
from genxu.organisation.centre_households.tests import factories as centre
from genxu.organisation.councils.actions import leave_seat
from genxu.organisation.councils.seats import SeatFacts
from genxu.organisation.councils.tests.factories import form, usual_seats
from genxu.people import household_actions, slip_actions
from genxu.people.actions import erase_account
from genxu.people.models import Account, Event, Household
from genxu.people.references import references
from genxu.people.tests.factories import enter_rows, household, row
from genxu.places.collectives.certificate_actions import issue_certificates
from genxu.places.collectives.roll_actions import withdraw_membership
from genxu.places.collectives.share_actions import withdraw_change
from genxu.places.collectives.tests import factories as collectives
from genxu.team.disputes.actions import correct_dispute
from genxu.team.disputes.choosing import WhoRow
from genxu.team.disputes.tests import factories as disputes

from .cast import HOME, OPERATOR, TOWNSHIP, Cast
from .doing import bring_to, hold_talk, taken_up

HEAD, WIFE, PHONE = "罗抹去", "港抹净", "13911112222"
PLANTED = (HEAD, WIFE, PHONE, "lmq")
NOT_ERASED: dict[str, str] = {
    "branches.Member": "the Party keeps its members by its own rules",
    "talks.Talk": "host and recorder are those who answered for a public meeting",
    "assemblies.Assembly": "free text of a meeting that no household's page holds",
}
"""Tables in which a name may stay, and why."""


@pytest.fixture
def on_a_disk(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "genxu.core.storage.PrivateStorage"},
    }
    return tmp_path


def erase(cast: Cast, one: Household) -> Household:
    return household_actions.erase_household(actor=cast.actor("secretary"), household=one)


@pytest.fixture
def known(cast: Cast, on_a_disk: Path) -> Household:
    """A household that stands wherever a household can stand."""
    enter_rows(row(9, HEAD, phone=PHONE))
    one = household(9)
    household_actions.set_needs(
        actor=cast.actor("secretary"), household=one, kinds=["illness"], agreed=True
    )
    slip_actions.issue_links(actor=OPERATOR, hamlet=one.hamlet)
    _raise(cast, one)
    _serve(cast, one)
    _sit(cast, one)
    _quarrel(cast, one)
    _belong(cast, one)
    _bring_and_take(cast)
    return household(9)


def _raise(cast: Cast, one: Household) -> None:
    """By its household, by its name alone, in its own words; one is dealt with and judged."""
    talk = hold_talk(
        cast,
        taken_up(f"{HEAD}家的屋顶漏雨，打{PHONE}", household=one, tier="personal"),
        taken_up("井边的路滑", name=HEAD),
        taken_up("路灯坏了", name="罗测十"),
        host=HEAD,
    )
    matter = Matter.objects.filter(suggestions__raised__talk=talk).order_by("pk")[0]
    bring_to(cast, matter, "done", "personal")
    Matter.objects.filter(pk=matter.pk).update(result=f"{HEAD}家的瓦补好了", assignee_name=WIFE)


def _serve(cast: Cast, one: Household) -> None:
    """Its wife served as centre household: with an account, and printed papers."""
    centre.in_state(cast, "left", one, name=WIFE, statement=f"我是{HEAD}家的")
    made = queue.put(actor=OPERATOR, kind="centre_households.print", place=one.hamlet,
                     for_the_worker=False)  # fmt: skip
    Job.objects.filter(pk=made.pk).update(state=Job.State.DONE, result={"names": [WIFE]})


def _sit(cast: Cast, one: Household) -> None:
    seats = [*usual_seats(), SeatFacts(WIFE, household=one, shown=True)]
    council = form(cast, seats=seats)
    leave_seat(actor=cast.actor("secretary"), council=council, seat=council.seats.get(name=WIFE))


def _quarrel(cast: Cast, one: Household) -> None:
    """A side of a dispute; its wife of another one, by name."""
    sides = [WhoRow(one), WhoRow(cast.households()[0])]
    dispute = disputes.met(cast, disputes.begun(cast, story=f"{HEAD}家的牛", sides=sides),
                           words=f"{WIFE}说打{PHONE}")  # fmt: skip
    dispute = correct_dispute(actor=cast.actor("member"), dispute=dispute, kind="other",
                              story=f"{HEAD}家的羊", told_on=disputes.TOLD_ON,
                              words=f"{HEAD}说是羊")  # fmt: skip
    day = clock.today() - disputes.LONG_AGO
    dispute = disputes.agreed(cast, dispute, terms=f"{HEAD}赔一担谷", agreed_on=day)
    disputes.noted(cast, dispute, dispute.sides.order_by("pk")[1], heard_by=WIFE)
    disputes.begun(cast, story=f"{WIFE}晒谷", sides=[WhoRow(None, WIFE), sides[1]])


def _belong(cast: Cast, one: Household) -> None:
    """On the roll of a collective by mistake, with a share and a certificate."""
    keeper = cast.actor("bookkeeper")
    wife = collectives.enter(cast, collectives.found(cast), one, name=WIFE)
    collective = wife.collective
    share = collectives.give(cast, collective, household=one, kind="member", area=None, member=wife)
    issue_certificates(actor=keeper, collective=collective, households=[one.pk])
    withdraw_change(actor=keeper, change=share, words=f"{WIFE}不是成员")
    withdraw_membership(actor=keeper, membership=wife, words=f"{HEAD}家的{WIFE}，打{PHONE}")


def _bring_and_take(cast: Cast) -> None:
    """Files in and out: taken in, checked with mistakes, just brought, exported."""
    township = cast.actor("township_staff")
    wrong = ("新街镇", "港东村", "罗家洲", HEAD, "139", f"{HEAD}家三口")
    right = ("新街镇", "港东村", "罗家洲", HEAD, PHONE, 3)
    taken_in(township, TOWNSHIP, workbook(HEADERS, right, wrong), name=f"{HEAD}.xlsx")
    checked(township, TOWNSHIP, workbook(HEADERS, ("新街镇", "港东村", "罗家洲", HEAD, PHONE, 4),
                                         wrong))  # fmt: skip
    brought(township, TOWNSHIP, workbook(HEADERS, right))
    job = ask_export(actor=cast.actor("secretary"), place=cast.home,
                     path=f"/households/export/?words={HEAD}")  # fmt: skip
    kept = JobFile(job=job, name=f"{HEAD}.xlsx", size=1)
    kept.file.save(f"{HEAD}.xlsx", ContentFile(workbook((HEAD, PHONE))), save=True)
    Job.objects.filter(pk=job.pk).update(checkpoint={"seen": HEAD}, trouble=HEAD)


def texts() -> Iterator[tuple[str, str]]:
    """Every text and JSON column of every table: where it stands, and what it says."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    for model in apps.get_models(include_auto_created=True):
        fields = [field.name for field in model._meta.fields if isinstance(field, kinds)]
        for values in model._default_manager.values_list(*fields) if fields else ():
            for name, value in zip(fields, values, strict=True):
                said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                yield f"{model._meta.label}.{name}", said


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file: its name, its bytes, and those of the parts of what is packed."""
    for path in folder.rglob("*"):
        yield f"{path}", path.name
        if path.is_file():
            content = path.read_bytes()
            yield f"{path}", content.decode("utf-8", "ignore")
            if zipfile.is_zipfile(io.BytesIO(content)):
                with zipfile.ZipFile(io.BytesIO(content)) as pack:
                    for part in pack.namelist():
                        yield f"{path}/{part}", pack.read(part).decode("utf-8", "ignore")


def found(folder: Path) -> set[str]:
    """Where one of the planted words stands."""
    return {
        where
        for where, said in (*texts(), *files(folder))
        if any(word in said for word in PLANTED)
        and ".".join(where.split(".")[:2]) not in NOT_ERASED
    }


def test_no_table_and_no_file_names_an_erased_household(
    cast: Cast, known: Household, on_a_disk: Path, django_capture_on_commit_callbacks: Any
) -> None:
    before = found(on_a_disk)
    tables = {where.rpartition(".")[0] for where in before}
    assert {"people.Household", "people.Account", "matters.Suggestion", "matters.Matter",
            "imports.Problem", "imports.Import", "jobs.Job", "jobs.JobFile", "councils.Seat",
            "centre_households.CentreHousehold", "disputes.Dispute", "disputes.Side",
            "disputes.Meeting", "disputes.DisputeStep"} <= tables  # fmt: skip
    assert [where for where in before if where.startswith(str(on_a_disk))]
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast, known)
    assert found(on_a_disk) == set()


def test_others_keep_theirs(
    cast: Cast, known: Household, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast, known)
    assert Suggestion.objects.filter(raiser_name="罗测十").exists()
    assert household(1).head_name == "罗测一"
    assert Account.objects.filter(name="罗测春").exists()


def test_files_stay_when_the_erasure_fails(
    cast: Cast, known: Household, on_a_disk: Path, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    before = found(on_a_disk)

    def fails(erased: Any) -> None:
        raise Conflict("")

    monkeypatch.setattr(rooms("erasing")[-1], "erase", fails)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Conflict):
        erase(cast, known)
    assert found(on_a_disk) == before


def test_what_was_brought_meanwhile_is_left_aside(cast: Cast, known: Household) -> None:
    erase(cast, known)
    assert set(Import.objects.values_list("state", flat=True)) <= {"left", "done"}
    assert not Import.objects.exclude(file="", staged="", marked="").exists()


def test_who_raised_it_is_said_to_be_erased(cast: Cast, known: Household) -> None:
    (by_name,) = Suggestion.objects.filter(raiser_name=HEAD)
    erase(cast, known)
    by_name.refresh_from_db()
    assert by_name.raiser == "姓名已删"


def test_an_account_under_an_earlier_number_goes_too(cast: Cast, known: Household) -> None:
    household_actions.correct_household(
        actor=cast.actor("secretary"), household=known, head_name=HEAD, phone="13700009999",
        head_count=3,
    )  # fmt: skip
    assert Account.objects.filter(phone=PHONE).exists()
    erase(cast, household(9))
    assert not Account.objects.filter(phone=PHONE).exists()


@pytest.mark.parametrize("state", ["appointed", "nominated", "selected"])
def test_who_serves_or_stands_is_erased_afterwards(cast: Cast, state: str) -> None:
    centre.in_state(cast, state, household(1))
    with pytest.raises(Conflict) as refused:
        erase(cast, household(1))
    assert str(refused.value.message)
    assert household(1).head_name


def test_who_sits_on_the_council_leaves_first(cast: Cast) -> None:
    form(cast, seats=[*usual_seats(), SeatFacts("罗测一", household=household(1))])
    with pytest.raises(Conflict):
        erase(cast, household(1))


def test_an_account_that_holds_an_office_stays_and_the_answer_says_so(
    cast: Cast, enter: Any
) -> None:
    phone = cast.village_staff.phone
    Household.objects.filter(pk=household(1).pk).update(phone=phone)
    answer = enter("secretary").post(
        f"/households/{household(1).pk}/erase/", {"sure": "on", "version": 1}, follow=True
    )
    told = [str(message) for message in answer.context["messages"]]
    assert len(told) == 2
    assert Account.objects.filter(phone=phone).exists()


def test_an_account_is_erased_when_its_last_office_has_ended(cast: Cast) -> None:
    with pytest.raises(Conflict):
        erase_account(actor=OPERATOR, account=cast.village_staff)
    erase_account(actor=OPERATOR, account=cast.without_role)
    assert not Account.objects.filter(name="无测职").exists()


def test_each_foreign_key_to_a_household_is_declared_with_what_becomes_of_it() -> None:
    points = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Household
    }
    told = {(one.model, name) for one in references() for name in one.fields}
    assert points == told, "name it in REFERENCES in the bonds.py of its app"
    assert all(set(one.at) == set(Event) for one in references())


def test_a_job_under_way_is_stopped(cast: Cast, known: Household) -> None:
    erase(cast, known)
    with clock.at(clock.now() + timedelta(days=1)):
        assert not Job.objects.filter(state__in=["waiting", "running"]).exists()
    assert HOME
