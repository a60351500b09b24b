"""Teams, outings, volunteers and hours of the cast, made through the real actions."""

from datetime import date, time, timedelta
from typing import Any

from genxu.core import clock
from genxu.core.access import NOBODY
from genxu.people.household_actions import set_needs
from genxu.people.models import Household
from genxu.team.volunteers import actions, hours_actions, team_actions
from genxu.team.volunteers.facts import OutingFacts, Who
from genxu.team.volunteers.models import (
    Certificate,
    Hours,
    Outing,
    Team,
    Visit,
    Volunteer,
)
from genxu.team.volunteers.own_access import holder_of
from genxu.team.volunteers.work import Work
from tests.cast import HOME, Cast
from tests.doing import SECRETARIES

NAMES = ("罗测风", "罗测雨", "罗测雪")


def team(
    cast: Cast, name: str = "洲上志愿队", hamlet: str = HOME, leader_name: str = "罗测松"
) -> Team:
    known = Team.objects.standing().filter(hamlet=hamlet, name=name).first()
    return known or team_actions.form_team(
        actor=cast.actor(SECRETARIES[hamlet]), hamlet=cast.hamlet(hamlet), name=name,
        formed_on=date(2025, 3, 1), leader_name=leader_name,
    )  # fmt: skip


def facts(**changes: Any) -> OutingFacts:
    day = clock.today()
    given = {
        "kind": "cleanliness", "what": "清渡口的草", "risk": "渡口石阶滑，穿防滑的鞋",
        "begins_on": day, "ends_on": day, "starts_at": time(8), "ends_at": time(10),
        "venue": "渡口", "wanted": None,
    }  # fmt: skip
    return OutingFacts(**given | changes)


def some_day(**changes: Any) -> OutingFacts:
    """Without a fixed hour."""
    day = clock.today()
    given = {"kind": "visiting", "what": "这周去看看老人", "risk": "路上小心",
             "begins_on": day, "ends_on": day + timedelta(days=6), "starts_at": None,
             "ends_at": None, "venue": ""}  # fmt: skip
    return facts(**given | changes)


def outing(cast: Cast, given: OutingFacts | None = None, hamlet: str = HOME) -> Outing:
    return team_actions.announce_outing(
        actor=cast.actor(SECRETARIES[hamlet]), team=team(cast, hamlet=hamlet),
        facts=given or facts(),
    )  # fmt: skip


def volunteer(cast: Cast, n: int = 0, hamlet: str = HOME, **changes: Any) -> Volunteer:
    given = {"name": NAMES[n], "phone": f"1380000000{n}"}
    return actions.enlist_volunteer(
        actor=cast.actor(SECRETARIES[hamlet]), hamlet=cast.hamlet(hamlet),
        who=Who(**given | changes),
    )  # fmt: skip


def join(one: Volunteer, of: Outing) -> Outing:
    return actions.join_outing(actor=holder_of(one), volunteer=one, outing=of)


def work(of: Outing | None = None, **changes: Any) -> Work:
    given = {"day": clock.today(), "starts_at": time(8), "ends_at": time(10), "outing": of,
             "what": "" if of else "帮人抬谷"}  # fmt: skip
    return Work(**given | changes)


def write(one: Volunteer, of: Outing | None = None, **changes: Any) -> Hours:
    """By the volunteer himself."""
    return hours_actions.write_hours(actor=holder_of(one), volunteer=one, work=work(of, **changes))


def vouch(hours: Hours, by: Volunteer) -> Hours:
    return hours_actions.vouch_hours(actor=holder_of(by), hours=hours, volunteer=by)


def vouched(cast: Cast, **changes: Any) -> Hours:
    """Two who were on one outing: the second vouches for the first."""
    of, first, second = outing(cast), volunteer(cast, **changes), volunteer(cast, 1)
    for one in (first, second):
        join(one, of)
    return vouch(write(first, of), second)


def certified(cast: Cast, **changes: Any) -> Certificate:
    """A paper on those two hours."""
    who, today = vouched(cast, phone="13866660000", **changes).volunteer, clock.today()
    return hours_actions.make_certificate(
        actor=holder_of(who), volunteer=who, since=today, until=today
    )


def lives_alone(cast: Cast, n: int = 0) -> Household:
    household = cast.households()[n]
    kinds = {"kinds": ["lives_alone"], "agreed": True}
    return set_needs(actor=cast.actor("secretary"), household=household, **kinds)


def visit(cast: Cast) -> Visit:
    """An outing without a fixed hour, on which one household is visited."""
    alone, of = lives_alone(cast), outing(cast, some_day())
    secretary = cast.actor("secretary")
    team_actions.choose_visits(actor=secretary, outing=of, households=[alone])
    return of.visits.get()


def asked(cast: Cast, of: Outing | None = None) -> Volunteer:
    """Somebody who came by the QR code and waits for a yes."""
    who = Who("罗测新", "13811112222")
    return actions.ask_to_join(actor=NOBODY, hamlet=cast.home, who=who, outing=of)
