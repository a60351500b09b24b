"""Money: a collective of 5,000 shareholders shares a year out (plan, and all its papers); 100,000
entries are posted; a balance of a day is read, of few entries and of many.

Posting is held against the same rows (entries and lines) put by the database's own fast road into
tables without triggers, keys or indexes.
"""

import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from .inside import ask
from .report import Report
from .worlds import Worlds

HOLDERS, ENTRIES, FEW = 5_000, 100_000, 100
SECONDS, TIMES, QUERIES = 10, 6, 2
YEAR = 2025
TITLES = {
    "sharing": f"distribution of {HOLDERS:,} shareholders: plan and papers",
    "posting": f"{ENTRIES:,} entries posted",
    "balance": f"a balance of a day at {ENTRIES:,} entries",
}


def report(worlds: Worlds, into: Report) -> None:
    """Three rows, and a note of what the parts took."""
    with worlds.copied() as url:
        found = ask(url, "money")
    name = worlds.vendor.name
    into.add(
        f"{TITLES['sharing']}, {name}", found["plan"] + found["papers"], "s",
        target=f"≤ {SECONDS} s", meets=lambda value, _ratio: value <= SECONDS,
    )  # fmt: skip
    into.add(
        f"{TITLES['posting']}, {name}", found["posting"], "s", floor=found["raw"],
        target=f"≤ {TIMES} × raw INSERT", meets=lambda _value, ratio: ratio <= TIMES,
    )  # fmt: skip
    few, many = found["queries"]
    into.add(
        f"{TITLES['balance']}, {name}", many, "queries", floor=few, target=f"{QUERIES} queries",
        meets=lambda value, _ratio: value == few == QUERIES,
    )  # fmt: skip
    into.note(
        f"{name}: plan {found['plan']:.1f} s, papers {found['papers']:.1f} s "
        f"({found['pages']} files); a balance in {found['balance'] * 1000:.1f} ms"
    )


def measure() -> dict[str, Any]:
    """Run inside the program, in a world of its own."""
    from genxu.core.access import system
    from genxu.regions.models import Region

    actor = system("operator")
    village = Region.objects.filter(level="village").order_by("code")[0]
    return {**_books(actor, village), **_sharing(actor, village)}


def _books(actor: Any, village: Any) -> dict[str, Any]:
    """A book of the village committee with few entries, then with many."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from genxu.places.ledger import chart
    from genxu.places.ledger.actions import open_book
    from genxu.places.ledger.queries import balance_of

    book = open_book(actor=actor, hamlet=village, kind="committee", name="账",
                     opened_on=date(YEAR, 1, 1))  # fmt: skip
    last = date(YEAR, 12, 31)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            balance_of(book, chart.BANK, last)
        return len(captured)

    _post(actor, book, _slips(FEW))
    few, slips = asked(), _slips(ENTRIES)
    started = time.perf_counter()
    _post(actor, book, slips)
    posted = time.perf_counter() - started
    many, started = asked(), time.perf_counter()
    balance_of(book, chart.BANK, last)
    balance = time.perf_counter() - started
    raw = _raw()
    return {"queries": [few, many], "posting": posted, "balance": balance, "raw": raw}


def _slips(count: int) -> list[Any]:
    from genxu.places.ledger import chart
    from genxu.places.ledger.posting import Leg, Slip

    legs = [Leg(chart.BANK, debit=1_234), Leg(chart.OPERATING, credit=1_234)]
    first = date(YEAR, 1, 1)
    return [Slip(first + timedelta(days=n % 365), "收到果园租金", legs, "果业公司")
            for n in range(count)]  # fmt: skip


def _post(actor: Any, book: Any, slips: Sequence[Any]) -> None:
    from django.db import transaction

    from genxu.places.ledger.posting import post_all

    with transaction.atomic():
        post_all(actor, book, slips)


def _raw() -> float:
    """Seconds for the last ``ENTRIES`` entries and their lines, put into bare tables."""
    from django.db import connection, transaction

    from genxu.places.ledger.models import Entry, Line

    seconds = 0.0
    for model in (Line, Entry):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            order = "id" if model is Entry else "entry_id"
            count = ENTRIES if model is Entry else 2 * ENTRIES
            cursor.execute(f"SELECT * FROM {table} ORDER BY {order} DESC LIMIT {count}")
            rows = cursor.fetchall()
            cursor.execute(f"CREATE TABLE raw_{table} AS SELECT * FROM {table} WHERE 1 = 0")
        started = time.perf_counter()
        with transaction.atomic():
            _put(f"raw_{table}", rows)
        seconds += time.perf_counter() - started
    return seconds


def _put(table: str, rows: Sequence[Sequence[Any]]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(rows[0]))
            connection.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _sharing(actor: Any, village: Any) -> dict[str, Any]:
    from genxu.places.distributions.actions import draw_plan
    from genxu.places.ledger import chart
    from genxu.places.ledger.actions import close_year, open_book
    from genxu.places.ledger.posting import Leg, Slip, post

    _found(actor, village)
    book = open_book(actor=actor, hamlet=village, kind="collective", name="合作社账",
                     opened_on=date(YEAR, 1, 1))  # fmt: skip
    legs = [Leg(chart.BANK, debit=987_654_321), Leg(chart.OPERATING, credit=987_654_321)]
    from django.db import transaction

    with transaction.atomic():
        post(actor, book, Slip(date(YEAR, 6, 1), "收到租金", legs))
    close_year(actor=actor, book=book, year=YEAR)
    started = time.perf_counter()
    one = draw_plan(actor=actor, hamlet=village, year=YEAR, as_of=date(YEAR, 12, 31))
    plan = time.perf_counter() - started
    started = time.perf_counter()
    pages = _papers(one)
    return {"plan": plan, "papers": time.perf_counter() - started, "pages": pages}


def _found(actor: Any, village: Any) -> None:
    """A collective whose shares lie with the first households of the world, a member in each."""
    from genxu.core import clock
    from genxu.core.bulk import insert_rows
    from genxu.people.actions import grant_role, open_account
    from genxu.people.models import Household
    from genxu.people.roles import Role
    from genxu.places.collectives.actions import Choices, found_collective
    from genxu.places.collectives.models import Membership, ShareChange

    first = date(YEAR, 1, 1)
    staff = open_account(actor=actor, phone="13999998888", name="量尺", password="bench-of-money")
    grant_role(actor=actor, account=staff, role=Role.VILLAGE_STAFF, place=village)
    made = found_collective(
        actor=staff.actor(), hamlet=village, name="合作社", since=first, choices=Choices(100)
    )
    lacking = max(HOLDERS - Household.objects.count(), 0)  # in a small world
    place = Household.objects.order_by("pk")[0].hamlet_id
    insert_rows(
        Household, ("hamlet", "number", "head_name", "head_count"),
        ((place, 10_000 + n, "罗测量", 3) for n in range(lacking)),
    )  # fmt: skip
    rows = Household.objects.order_by("hamlet", "number").values_list("pk", "head_name")
    holders = list(rows[:HOLDERS])
    insert_rows(
        Membership,
        ("collective", "place", "household", "name", "birth_year", "since", "gained", "state"),
        ((made.pk, village.pk, pk, name, 1970, first, "founding", "member")
         for pk, name in holders),
    )  # fmt: skip
    insert_rows(
        ShareChange,
        ("collective", "place", "household", "kind", "change", "day", "reason", "noted_at"),
        ((made.pk, village.pk, pk, "member", 100 + n % 400, first, "quantified", clock.now())
         for n, (pk, _name) in enumerate(holders)),
    )  # fmt: skip


def _papers(one: Any) -> int:
    """The sheet and every slip, as the job makes them; how many files."""
    from concurrent.futures import ThreadPoolExecutor

    from genxu.core.money import yuan
    from genxu.core.typesetting import run_apart
    from genxu.places.distributions import documents, paper_actions, tasks

    rows, _by_hand = documents.printable(paper_actions.rows_of(one))
    head = paper_actions.head_of(one)
    files = tasks.files_of([*documents.What.values], one, rows)
    address = paper_actions.public_address("https://genxu.example", one)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(tasks.AT_ONCE) as pool:
        outputs = [
            documents.pile(file.what, head, file.rows, address, yuan(one.shared),
                           Path(folder) / file.name)
            for file in files
        ]  # fmt: skip
        list(pool.map(lambda output: run_apart([output]), outputs))
    return len(files)
