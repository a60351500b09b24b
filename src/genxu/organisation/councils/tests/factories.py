"""Councils of the cast, made through the real actions."""

from datetime import date
from typing import Any

from genxu.organisation.councils.actions import form_council
from genxu.organisation.councils.customs import usual_end
from genxu.organisation.councils.models import Council, Seat
from genxu.organisation.councils.rows import SeatRow
from genxu.organisation.councils.seat_intake import record_councils
from genxu.organisation.councils.seats import SeatFacts
from genxu.regions.batches import hamlets_of
from tests.cast import HOME, OPERATOR, PROVINCE, Cast
from tests.doing import SECRETARIES

FORMED = date(2024, 5, 1)
GROUPS = ("weddings", "morals", "deliberation", "vices", "health")


def usual_seats() -> list[SeatFacts]:
    """The secretary in the chair, and four more; each leads one of the five groups."""
    names = ("罗测春", "罗测兰", "罗测十", "罗测仁", "罗测义")
    duties = ("chair", "deputy", "member", "member", "member")
    return [
        SeatFacts(name, duty, [group, GROUPS[n - 1]], leads=group, shown=n % 2 == 0)
        for n, (name, duty, group) in enumerate(zip(names, duties, GROUPS, strict=True))
    ]


def form(
    cast: Cast,
    hamlet: str = HOME,
    seats: list[SeatFacts] | None = None,
    formed_on: date = FORMED,
    term_ends_on: date | None = None,
) -> Council:
    return form_council(
        actor=cast.actor(SECRETARIES[hamlet]),
        hamlet=cast.hamlet(hamlet),
        formed_on=formed_on,
        term_ends_on=term_ends_on or usual_end(formed_on),
        seats=usual_seats() if seats is None else seats,
    )


def seat_of(council: Council, duty: str = "chair") -> Seat:
    return council.seats.taken().filter(duty=duty).order_by("pk")[0]


def row(name: str = "罗测仁", **changes: Any) -> SeatRow:
    return SeatRow(**{"hamlet": HOME, "name": name, "formed_on": FORMED} | changes)


def record(cast: Cast, *rows: SeatRow, **changes: Any) -> None:
    """Enter rows as the importer does."""
    values = {
        "actor": OPERATOR, "place": cast.hamlet(PROVINCE), "rows": rows, "count": len(rows),
        "hamlets": hamlets_of(rows),
    }  # fmt: skip
    record_councils(**values | changes)
