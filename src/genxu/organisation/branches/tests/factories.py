"""Party organisations in every state, made through the real actions."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from genxu.core import clock
from genxu.core.access import Actor
from genxu.organisation.branches import actions, member_actions, term_actions
from genxu.organisation.branches.models import Member, Organisation
from genxu.organisation.branches.term_actions import Count
from genxu.organisation.branches.workflow import State
from tests.cast import FAR, HOME, NEIGHBOUR, Cast

Kind, Duty = Organisation.Kind, Member.Duty
SECRETARIES = {HOME: "secretary", NEIGHBOUR: "neighbour_secretary", FAR: "far_secretary"}
TOWNSHIPS = {HOME: "township_staff", NEIGHBOUR: "township_staff", FAR: "far_township_staff"}
NAMES = "甲乙丙丁戊己庚辛壬癸"
LEADER_PHONE = "13800000000"


def keeper(cast: Cast, hamlet: str = HOME) -> Actor:
    return cast.actor(SECRETARIES[hamlet])


def township(cast: Cast, hamlet: str = HOME) -> Actor:
    return cast.actor(TOWNSHIPS[hamlet])


def drafted(
    cast: Cast, kind: str = Kind.BRANCH, hamlet: str = HOME, hamlets: Sequence[str] = ()
) -> Organisation:
    """An empty draft; a joint one is prepared by the township."""
    joint = kind == Kind.JOINT_BRANCH
    return actions.draft_organisation(
        actor=township(cast, hamlet) if joint else keeper(cast, hamlet),
        hamlet=cast.hamlet(hamlet), kind=kind, hamlets=[cast.hamlet(code) for code in hamlets],
    )  # fmt: skip


def admit(
    cast: Cast, organisation: Organisation, name: str, hamlet: str = "", **changes: Any
) -> Member:
    values: dict[str, Any] = {"kind": Member.Kind.FULL, "phone": "", "background": ""}
    return member_actions.add_member(
        actor=township(cast, organisation.hamlet_id), organisation=organisation, name=name,
        hamlet=cast.hamlet(hamlet or organisation.hamlet_id), **values | changes,
    )  # fmt: skip


def give(cast: Cast, organisation: Organisation, **duties: str) -> Organisation:
    """Give duties by names: ``give(cast, branch, secretary="罗测甲", deputy="罗测乙")``."""
    members = {member.name: member.pk for member in organisation.members.present()}
    named = {name: duty for duty, name in duties.items()}
    return member_actions.change_duties(
        actor=township(cast, organisation.hamlet_id), organisation=organisation,
        duties=[(pk, named.get(name, "")) for name, pk in members.items()],
    )  # fmt: skip


def filled(cast: Cast, full: int = 3, kind: str = Kind.BRANCH, hamlet: str = HOME) -> Organisation:
    """A draft with so many full members, the first of whom leads it; with a committee if due."""
    organisation = drafted(cast, kind, hamlet)
    for n in range(full):
        phone = LEADER_PHONE if n == 0 else ""
        admit(cast, organisation, f"罗测{NAMES[n % 10]}{n // 10 or ''}", phone=phone)
    if not full:
        return organisation
    if kind == Kind.PARTY_GROUP:
        return give(cast, organisation, leader="罗测甲")
    if full >= 7:
        committee = {"secretary": "罗测甲", "discipline": "罗测乙", "publicity": "罗测丙"}
        return give(cast, organisation, **committee)
    return give(cast, organisation, secretary="罗测甲")


def joint(cast: Cast, home: int = 2, neighbour: int = 2) -> Organisation:
    """A draft of a joint branch of two hamlets with so many full members each."""
    organisation = drafted(cast, Kind.JOINT_BRANCH, HOME, [NEIGHBOUR])
    for code, count, family in ((HOME, home, "罗"), (NEIGHBOUR, neighbour, "港")):
        for n in range(count):
            phone = LEADER_PHONE if (code, n) == (HOME, 0) else ""
            admit(cast, organisation, f"{family}测{NAMES[n]}", code, phone=phone)
    return give(cast, organisation, secretary="罗测甲")


def bring_to(cast: Cast, organisation: Organisation, state: str) -> Organisation:
    """Take a sound draft to a state, step by step."""
    hamlet = organisation.hamlet_id
    if state == State.DRAFTED:
        return organisation
    if state == State.WITHDRAWN:
        return actions.withdraw_organisation(
            actor=township(cast, hamlet), organisation=organisation
        )
    one = actions.request_founding(actor=keeper(cast, hamlet), organisation=organisation)
    if state == State.RETURNED:
        return actions.return_founding(
            actor=township(cast, hamlet), organisation=one, words="名册请再核对"
        )
    if state == State.REQUESTED:
        return one
    one = approve(cast, one)
    if state == State.APPROVED:
        return one
    one = found(cast, one)
    if state == State.CLOSED:
        return term_actions.close_organisation(
            actor=township(cast, hamlet), organisation=one, words="党员都搬走了"
        )
    return one


def approve(cast: Cast, organisation: Organisation) -> Organisation:
    actor = township(cast, organisation.hamlet_id)
    return actions.approve_founding(actor=actor, organisation=organisation)


def found(cast: Cast, organisation: Organisation, day: date | None = None) -> Organisation:
    return actions.found_organisation(
        actor=township(cast, organisation.hamlet_id), organisation=organisation,
        founded_on=day or clock.today(),
    )  # fmt: skip


def in_state(
    cast: Cast, state: str, kind: str = Kind.BRANCH, hamlet: str = HOME, full: int = 3
) -> Organisation:
    return bring_to(cast, filled(cast, full, kind, hamlet), state)


def founded(cast: Cast, kind: str = Kind.BRANCH, hamlet: str = HOME, full: int = 3) -> Organisation:
    return in_state(cast, State.FOUNDED, kind, hamlet, full)


def days_before_end(cast: Cast, organisation: Organisation, days: int) -> Any:
    """As if it were so many days before the end of the term: a context."""
    ends = organisation.term_ends_on
    assert ends is not None
    return clock.at(clock.now() + timedelta(days=(ends - clock.today()).days - days))


def count(due: int = 3, present: int = 3, in_favour: int = 3, on: date | None = None) -> Count:
    return Count(on or clock.today(), due, present, in_favour)


def same_duties(organisation: Organisation) -> list[tuple[int, str]]:
    return [(member.pk, member.duty) for member in organisation.members.present()]


def fresh(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk)
