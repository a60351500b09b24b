"""Contracts of the cast, made through the real actions."""

from datetime import date
from typing import Any

from genxu.core import clock
from genxu.organisation.assemblies.models import Motion
from genxu.organisation.assemblies.tests.factories import counted
from genxu.places.contracts import actions, rent_actions
from genxu.places.contracts.models import Contract, Rent, Way
from genxu.places.contracts.terms import Terms
from genxu.places.contracts.workflow import State
from genxu.places.ledger.tests.factories import opened
from tests.cast import HOME, Cast

SINCE, UNTIL, FIRST_DUE = date(2026, 1, 1), date(2028, 12, 31), date(2026, 2, 1)
YEARLY = 6_000_00


def terms(**changes: Any) -> Terms:
    """An orchard of ten mu, let for three years to a company; small enough for no meeting."""
    told = {"way": Way.LEASE_OUT, "what": "orchard", "object": "后山果园", "since": SINCE,
            "until": UNTIL, "other": "红土果业公司", "is_person": False, "area": 10_00,
            "first_due": FIRST_DUE, "steps": ((1, YEARLY), (3, 7_000_00))}  # fmt: skip
    return Terms(**told | changes)


def land(cast: Cast, **changes: Any) -> Terms:
    """Land that the first household brings in for shares."""
    told = {"way": Way.LAND_FOR_SHARES, "object": "老屋后坡地", "first_due": None, "steps": (),
            "household": cast.households()[0], "other": "", "is_person": True}  # fmt: skip
    return terms(**told | changes)


def drafted(cast: Cast, code: str = HOME, part: str = "bookkeeper", **changes: Any) -> Contract:
    made = changes.pop("terms", None) or terms(**changes)
    return actions.draft_contract(actor=cast.actor(part), hamlet=cast.hamlet(code), terms=made)


def decision(cast: Cast, body: str = "collective_members", **changes: Any) -> Motion:
    told = {"body": body, "basis": "persons", "due": 60, "votes": (50, 0, 0)}
    return counted(cast, **told | changes)


def decided(cast: Cast, contract: Contract) -> Contract:
    return actions.decide_contract(
        actor=cast.actor("bookkeeper"), contract=contract, motion=decision(cast)
    )


def signed(cast: Cast, contract: Contract | None = None, **changes: Any) -> Contract:
    """Signed today; decided before where that is asked for."""
    contract = contract or drafted(cast, **changes)
    if actions.needs_decision(contract):
        contract = decided(cast, contract)
    return actions.sign_contract(
        actor=cast.actor("bookkeeper"), contract=contract, signed_on=clock.today(), paper="2026-1"
    )


def paid(cast: Cast, contract: Contract, amount: int = YEARLY, **changes: Any) -> Contract:
    opened(cast, code=contract.place_id)
    told = {"year": 1, "amount": amount, "day": date(2026, 3, 1)}
    return rent_actions.note_rent(
        actor=cast.actor("bookkeeper"), contract=contract, **told | changes
    )


def taken_back(cast: Cast, contract: Contract, rent: Rent | None = None) -> Contract:
    rent = rent or contract.rents.order_by("-pk")[0]
    return rent_actions.take_back_rent(
        actor=cast.actor("bookkeeper"), contract=contract, rent=rent, day=clock.today(),
        words="记到别人头上了",
    )  # fmt: skip


def over(cast: Cast) -> Contract:
    """One whose last day has passed."""
    old = {"since": date(2023, 1, 1), "until": date(2025, 12, 31), "first_due": date(2023, 1, 1)}
    return signed(cast, **old)


def in_state(cast: Cast, state: str) -> Contract:
    if state in (State.DRAFTED, State.WITHDRAWN):
        made = drafted(cast)
        if state == State.DRAFTED:
            return made
        return actions.withdraw_contract(
            actor=cast.actor("bookkeeper"), contract=made, words="没谈成"
        )
    if state == State.DECIDED:
        return decided(cast, drafted(cast, terms=land(cast)))
    if state == State.ENDED:
        return actions.close_contract(actor=cast.actor("bookkeeper"), contract=over(cast))
    made = signed(cast)
    if state == State.SIGNED:
        return made
    return actions.end_early(
        actor=cast.actor("bookkeeper"), contract=made, last_day=clock.today(), how="agreed",
        words="公司不做了",
    )  # fmt: skip
