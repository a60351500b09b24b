"""The people of the first root and what their records say, for its stories."""

from typing import Any

from .doing import code_in
from .visitor import Visitor

GOOD = ".notice-good"


def links(visitor: Visitor, hamlet: str) -> list[tuple[int, str, str]]:
    """Who neither stands nor serves nor recommends anybody: key, head, code of the slip."""
    rows = visitor.house.records.rows(
        "SELECT h.id, h.head_name, l.code_sealed FROM people_household h"
        " JOIN people_householdlink l ON l.household_id = h.id"
        " WHERE h.hamlet_id = ? AND h.left_on IS NULL AND h.merged_into_id IS NULL AND h.id NOT IN"
        " (SELECT household_id FROM centre_households_centrehousehold) AND h.id NOT IN"
        " (SELECT household_id FROM centre_households_recommendation WHERE settled IS FALSE)"
        " ORDER BY h.number DESC",
        hamlet,
    )
    return [(pk, name, code_in(sealed)) for pk, name, sealed in rows]


def candidacy(visitor: Visitor, household: int) -> tuple[int, str, str, str]:
    """The latest candidacy of a household: key, state, certificate, code of the public card."""
    (row,) = visitor.house.records.rows(
        "SELECT id, state, certificate, card FROM centre_households_centrehousehold"
        " WHERE household_id = ? ORDER BY id DESC LIMIT 1",
        household,
    )
    return row  # type: ignore[return-value]


def looked_after(visitor: Visitor, hamlet: str) -> set[int]:
    """The households of a hamlet that somebody looks after now."""
    rows = visitor.house.records.rows(
        "SELECT household_id FROM centre_households_coverage WHERE hamlet_id = ? AND until IS NULL",
        hamlet,
    )
    return {key for (key,) in rows}


def send(visitor: Visitor, form: Any) -> None:
    """Press the act of a form and wait until the next page has said what came of it."""
    visitor.press(form.locator(".form-acts button").first)
    visitor.page.locator(GOOD).first.wait_for()
