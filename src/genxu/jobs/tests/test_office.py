"""What is asked for in an office goes on with the office."""

import pytest

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.jobs.actions import resume_job, stop_job
from genxu.jobs.models import Job
from genxu.jobs.queries import visible_job
from genxu.people.actions import grant_role, open_account, revoke_role
from genxu.people.models import Account
from genxu.people.roles import Role
from tests.cast import OPERATOR, PASSWORD, Cast

from . import factories


def successor(cast: Cast, role: Role = Role.SECRETARY) -> Account:
    """Somebody who takes the office over."""
    account = open_account(actor=OPERATOR, phone="13900009999", name="罗测新", password=PASSWORD)
    grant_role(actor=OPERATOR, account=account, role=role, place=cast.home)
    return account


def may_see(actor: Actor, job: Job) -> bool:
    try:
        return visible_job(actor, job.pk).is_of(actor)
    except Missing:
        return False


def test_a_successor_sees_the_job_of_the_office_and_goes_on_with_it(cast: Cast) -> None:
    ran: list[str] = []
    with factories.kind(lambda run: ran.append(run.actor.label)):
        job = factories.ask(cast.actor("secretary"), cast)
        revoke_role(actor=OPERATOR, account=cast.secretary, role=Role.SECRETARY, place=cast.home)
        job = factories.finish(job)
        assert job.state == Job.State.FAILED
        new = successor(cast)
        assert may_see(new.actor(), job)
        resume_job(actor=new.actor(), job=job)
        job = factories.finish(job)
    assert job.state == Job.State.DONE
    assert ran == [new.actor().label]
    assert (job.asked_by, job.account_id) == (new.actor().label, new.pk)


def test_whoever_left_the_office_still_sees_what_she_asked_for(cast: Cast) -> None:
    """Its files she does not: those want the power held still."""
    with factories.kind(lambda run: None):
        job = factories.finish(factories.ask(cast.actor("secretary"), cast))
    revoke_role(actor=OPERATOR, account=cast.secretary, role=Role.SECRETARY, place=cast.home)
    assert may_see(cast.secretary.actor(), job)


def test_another_office_sees_nothing_of_it(cast: Cast) -> None:
    job = factories.asked(cast)
    for part in ("centre_household", "village_staff", "neighbour_secretary", "far_secretary"):
        assert not may_see(cast.actor(part), job), part


def test_a_centre_household_s_job_is_not_the_next_one_s(cast: Cast) -> None:
    """Several serve in one hamlet: what one was given is not for the other."""
    job = factories.asked(cast, "centre_household")
    assert may_see(cast.actor("centre_household"), job)
    assert not may_see(cast.actor("other_centre_household"), job)


def test_a_list_taken_out_is_for_who_asked_alone(cast: Cast) -> None:
    with factories.kind(lambda run: None, of_office=False):
        job = factories.ask(cast.actor("secretary"), cast)
    assert job.office == ""
    assert not may_see(successor(cast).actor(), job)


@pytest.mark.parametrize("part", ["secretary", "successor"])
def test_the_office_stops_its_job(cast: Cast, part: str) -> None:
    job = factories.asked(cast)
    actor = cast.actor(part) if part == "secretary" else successor(cast).actor()
    assert stop_job(actor=actor, job=job).state == Job.State.CANCELLED
