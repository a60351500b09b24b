"""How the addresses of Party organisations are opened: rows of the matrix."""

from typing import Any
from uuid import uuid4

from genxu.core import clock
from genxu.organisation.branches.models import Organisation
from genxu.organisation.branches.workflow import State
from tests.addresses import Example, Make
from tests.cast import CITY, FAR, HOME, VILLAGE, Cast

from .factories import Kind, in_state

READY = {
    "request": State.DRAFTED, "approve": State.REQUESTED, "return": State.REQUESTED,
    "found": State.APPROVED, "withdraw": State.DRAFTED, "duties": State.FOUNDED,
    "re_elect": State.FOUNDED, "extend": State.FOUNDED, "close": State.FOUNDED,
}  # fmt: skip
"""A state from which each step may be taken."""


def step_data(step: str, organisation: Organisation, **changes: Any) -> dict[str, Any]:
    """A complete form of a step, as the page would send it."""
    head = "leader" if organisation.kind == Kind.PARTY_GROUP else "secretary"
    leads = organisation.members.present().order_by("pk").first()
    duties = {head: str(leads.pk if leads else "")}
    today = clock.today().isoformat()
    told: dict[str, dict[str, Any]] = {
        "found": {"founded_on": today},
        "duties": duties,
        "re_elect": {**duties, "held_on": today, "due": "3", "present": "3", "in_favour": "3"},
        "extend": {"months": "6", "words": "疫情"},
    }
    sent = told.get(step, {"words": "说两句"})
    return {**sent, "version": organisation.version, "client_id": str(uuid4()), **changes}


def _organisation(state: str, kind: str = Kind.BRANCH) -> Make:
    def make(cast: Cast) -> Example:
        one = in_state(cast, state, kind)
        return Example({"pk": one.pk}, HOME, {"organisation": one})

    return make


def _step(step: str) -> Make:
    def make(cast: Cast) -> Example:
        one = in_state(cast, READY[step])
        sent = step_data(step, one)
        if step == "re_elect":  # four years before the end only the duties change
            return Example({"pk": one.pk}, HOME, {"organisation": one}, sent=sent, sent_ok=422)
        return Example({"pk": one.pk}, HOME, {"organisation": one}, sent=sent)

    return make


def _new(code: str) -> Make:
    def make(cast: Cast) -> Example:
        sent = {"kind": "branch", "client_id": str(uuid4())}
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=sent)

    return make


def _new_in_village(cast: Cast) -> Example:
    return Example({"code": VILLAGE}, ok=404)


def _change(cast: Cast) -> Example:
    one = in_state(cast, State.DRAFTED)
    sent = {"kind": "party_group", "version": one.version, "client_id": str(uuid4())}
    return Example({"pk": one.pk}, HOME, {"organisation": one}, sent=sent)


def _add(cast: Cast) -> Example:
    one = in_state(cast, State.DRAFTED)
    sent = {"name": "罗测新", "kind": "full", "client_id": str(uuid4())}
    return Example({"pk": one.pk}, HOME, {"organisation": one}, sent=sent)


def _correct(cast: Cast) -> Example:
    one = in_state(cast, State.FOUNDED)
    member = one.members.order_by("pk")[1]
    one.refresh_from_db()
    sent = {"name": "罗测改", "kind": "full", "client_id": str(uuid4()),
            "version": str(one.version)}  # fmt: skip
    kwargs = {"pk": one.pk, "member_pk": member.pk}
    return Example(kwargs, HOME, {"organisation": one}, sent=sent)


def _remove(cast: Cast) -> Example:
    one = in_state(cast, State.FOUNDED)
    kwargs = {"pk": one.pk, "member_pk": one.members.order_by("pk")[1].pk}
    return Example(kwargs, HOME, {"organisation": one}, get=False, sent={})


def _move(cast: Cast) -> Example:
    """Nowhere: whither he may go differs by who lets him."""
    one = in_state(cast, State.FOUNDED)
    kwargs = {"pk": one.pk, "member_pk": one.members.order_by("pk")[1].pk}
    sent = {"hamlet": "", "client_id": str(uuid4()), "version": str(one.version)}
    return Example(kwargs, HOME, {"organisation": one}, sent=sent, sent_ok=422)


def _take_back(cast: Cast) -> Example:
    one = in_state(cast, State.REQUESTED)
    sent = {"version": one.version, "since": one.version - 1, "client_id": str(uuid4())}
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


CODES = {
    "branches.change_duties.number_is", "branches.correct_member.number_is",
    "branches.found_organisation.number_is", "branches.re_elect.number_is",
}  # fmt: skip

EXAMPLES: dict[str, list[Make]] = {
    "organisations": [
        _plain(),
        _plain(query={"place": CITY, "kind": "branch", "state": "founded", "term": "due"}),
    ],
    "export_organisations": [_plain(), _plain(query={"place": HOME})],
    "organisation_where": [_plain(), _plain(query={"words": "罗家"})],
    "organisation_new": [_new(HOME), _new(FAR), _new_in_village],
    "organisation": [
        *[_organisation(state) for state in State],
        _organisation(State.FOUNDED, Kind.PARTY_GROUP),
    ],
    "organisation_change": [_change],
    **{f"organisation_{step}": [_step(step)] for step in READY},
    "organisation_take_back": [_take_back],
    "add_member": [_add],
    "members_export": [_organisation(State.FOUNDED)],
    "correct_member": [_correct],
    "move_member": [_move],
    "remove_member": [_remove],
}
PLAIN = {"branches.correct_member.signs_in"}
