"""Whatever people do in whatever order, the laws of a Party organisation hold.

Hypothesis draws what is tried; each walk runs in a savepoint that is taken back.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Refusal
from genxu.organisation.branches import actions, member_actions, term_actions
from genxu.organisation.branches.models import Member, Organisation, ServedHamlet
from genxu.organisation.branches.offices import HEADS, composition_of
from genxu.organisation.branches.thresholds import (
    ELECTED,
    elected_fault,
    head_fault,
    size_fault,
    strange_duty,
    units_fault,
)
from genxu.organisation.branches.workflow import STEPS, State
from genxu.people.models import Grant
from genxu.people.roles import Role
from tests.cast import HOME, NEIGHBOUR, NOW, Cast

from .factories import LEADER_PHONE, Kind, bring_to, count, filled, fresh, joint, township

PHONES = ["", "13800000001", LEADER_PHONE]
NAMES = ["add", "add", "add", "remove", "duties", "duties", "request", "request", "approve",
         "approve", "return", "found", "found", "withdraw", "re_elect", "extend", "close",
         "change", "draft"]  # fmt: skip
tries = st.tuples(
    st.sampled_from(NAMES), st.integers(0, 5), st.sampled_from(Member.Kind),
    st.sampled_from(Kind), st.sampled_from([0, 0, 0, 400, 1500]),
)  # fmt: skip


def attempt(cast: Cast, one: Organisation, tried: tuple[Any, ...]) -> bool:
    """Try something; whether it was done."""
    name, number, member_kind, kind, _days = tried
    who = township(cast)
    members = list(one.members.present().order_by("pk"))
    chosen = members[number % len(members)] if members else None
    head = Member.Duty.LEADER if one.kind == Kind.PARTY_GROUP else Member.Duty.SECRETARY
    duties = [(m.pk, str(head) if m == chosen else "") for m in members]
    near = [cast.hamlet(NEIGHBOUR)] if kind == Kind.JOINT_BRANCH else []
    given: dict[str, dict[str, Any]] = {
        "return": {"words": "再核对"}, "close": {"words": "搬迁"},
        "extend": {"months": number + 1, "words": "疫情"}, "found": {"founded_on": clock.today()},
        "duties": {"duties": duties}, "change": {"kind": kind, "hamlets": near},
        "re_elect": {"count": count(len(members), len(members), number), "duties": duties},
    }  # fmt: skip
    try:
        with transaction.atomic():
            if name == "draft":
                actions.draft_organisation(actor=who, hamlet=cast.home, kind=kind, hamlets=near)
            elif name == "add":
                place = NEIGHBOUR if number % 2 else HOME
                member_actions.add_member(
                    actor=who, organisation=one, hamlet=cast.hamlet(place), name=f"员{number}",
                    kind=member_kind, phone=PHONES[number % 3],
                )  # fmt: skip
            elif name == "remove":
                if chosen is None:
                    return False
                member_actions.remove_member(actor=who, organisation=one, member=chosen)
            else:
                ACTIONS[name](actor=who, organisation=one, **given.get(name, {}))
    except Refusal:
        return False
    return True


ACTIONS: dict[str, Any] = {
    "request": actions.request_founding, "approve": actions.approve_founding,
    "return": actions.return_founding, "found": actions.found_organisation,
    "withdraw": actions.withdraw_organisation, "change": actions.change_draft,
    "re_elect": term_actions.re_elect, "extend": term_actions.extend_term,
    "close": term_actions.close_organisation,
    "duties": member_actions.change_duties,
}  # fmt: skip


def check_laws(before: Organisation, after: Organisation, name: str, done: bool) -> None:
    crowded = ServedHamlet.objects.filter(until=None).values("hamlet").annotate(n=Count("pk"))
    assert not crowded.filter(n__gt=1).exists()
    if not done:
        assert (after.state, after.version) == (before.state, before.version)
        return
    if name in STEPS:
        assert before.state in STEPS[name].sources
        assert after.state == STEPS[name].target
    body = composition_of(after)
    if done and name in ("request", "approve", "found"):
        assert size_fault(body) is None
        assert units_fault(body) is None
    if after.state == State.FOUNDED:
        assert head_fault(body) is strange_duty(body) is elected_fault(body) is None
        (head,) = after.members.present().filter(duty__in=HEADS)
        served = set(after.served.filter(until=None).values_list("hamlet_id", flat=True))
        held = Grant.objects.filter(account=head.account, role=Role.SECRETARY)
        assert served <= set(held.values_list("place_id", flat=True))
        elected = after.members.present().filter(duty__in=ELECTED)
        assert all(member.kind == "full" for member in elected)
    else:
        assert not after.members.exclude(account=None).exists()
        of_ours = Grant.objects.filter(account__phone__in=PHONES[1:], place__in=(HOME, NEIGHBOUR))
        others = Organisation.objects.standing().exists()
        assert others or not of_ours.exists()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(
    st.sampled_from(Kind),
    st.sampled_from([State.DRAFTED, State.REQUESTED, State.APPROVED, State.FOUNDED]),
    st.lists(tries, max_size=20),
)
def test_the_laws_hold_on_every_walk(
    cast: Cast, kind: str, start: str, walk: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        sound = joint(cast) if kind == Kind.JOINT_BRANCH else filled(cast, kind=kind)
        one, moment = bring_to(cast, sound, start), NOW
        for tried in walk:
            moment += timedelta(days=tried[-1])
            with clock.at(moment):
                before, seen = fresh(one), fresh(one)
                done = attempt(cast, seen, tried)
                event(f"{before.state} {tried[0]} {done}")
                check_laws(before, fresh(one), tried[0], done)
        transaction.set_rollback(True)
