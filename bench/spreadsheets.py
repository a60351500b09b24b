"""320,000 households from one .xlsx into an empty register, and out again."""

import csv
import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from .paths import GENXU, ROOT, SCRATCH, environment
from .report import Failed, Report
from .worlds import Vendor

TITLE = "a spreadsheet of {n:,} households, {name}"
HOUSEHOLDS, QUICK = 320_000, 32_000
A_HAMLET, A_VILLAGE = 73, 4
"""Households of a hamlet, hamlets of a village: as in the prefecture."""
TIMES, MEGABYTES = 6, 500
TREE = ROOT / "src" / "genxu" / "regions" / "data" / "xianning-regions.csv"
HEADERS = ("序号", "县市区", "乡镇", "村", "湾", "门牌序号", "户主姓名", "联系电话", "人数")
SURNAMES, FIRST, SECOND = (
    "王李张刘陈杨罗周吴郑",
    "志德文国建明春秋美秀玉金",
    "华英兰芳军强平生林海涛红",
)
NAMES = [a + b + c for a in SURNAMES for b in FIRST for c in SECOND]


def report(vendor: Vendor, into: Report, *, quick: bool) -> None:
    """The rows of taking in and of writing out."""
    count = QUICK if quick else HOUSEHOLDS
    url = vendor.empty("sheets")
    book = SCRATCH / f"households-{count}.xlsx"
    _land(url)
    _workbook(book, count)
    _measure_in(vendor, url, book, count, into)
    _measure_out(vendor, url, count, into)
    vendor.drop("sheets")


def _measure_in(vendor: Vendor, url: str, book: Path, count: int, into: Report) -> None:
    found = _python(url, book, "4212")
    again = _python(url, book, "4212")
    if (found["new"], found["taken"], again["same"]) != (count, count, count):
        raise Failed(f"Not all rows were accounted for: {found}, then {again}.")
    floor = _python(url, book, "--floor")
    least = floor["read"] + floor["copy"]
    title = TITLE.format(n=count, name=vendor.name)
    target = f"≤ {TIMES} × read and COPY" if vendor.name == "PostgreSQL" else None
    into.add(
        f"{title}: dry run and commit",
        found["check"] + found["take_in"],
        "s",
        floor=least,
        target=target,
        meets=(lambda _value, ratio: ratio <= TIMES) if target else None,
    )
    into.add(f"{title}: looked at when uploaded", found["look"], "s")
    into.add(f"{title}: dry run alone", found["check"], "s", floor=least)
    into.add(f"{title}: again, nothing new", again["check"], "s", floor=least)
    into.add(
        f"{title}: peak memory",
        max(found["megabytes"], again["megabytes"]),
        "MB",
        target=f"≤ {MEGABYTES} MB",
        meets=lambda value, _ratio: value <= MEGABYTES,
    )


def _measure_out(vendor: Vendor, url: str, count: int, into: Report) -> None:
    """All of them, and those of one county: the memory must be the same."""
    whole, part = _export(url, "4212"), _export(url, "421221")
    if whole.rows != count:
        raise Failed(f"The export has {whole.rows} of {count} rows.")
    into.add(
        f"export of {count:,} households, {vendor.name}",
        whole.seconds,
        "s",
        target="complete",
        meets=lambda _value, _ratio: whole.rows == count,
    )
    into.add(
        f"export of {count:,} households, {vendor.name}: peak memory over one county's",
        whole.megabytes,
        "MB",
        floor=part.megabytes,
        target="≤ 1.2 ×",
        meets=lambda _value, ratio: ratio <= 1.2,
    )


@dataclass(frozen=True)
class Export:
    rows: int
    seconds: float
    megabytes: float


def _export(url: str, place: str) -> Export:
    file = SCRATCH / f"export-{place}.xlsx"
    started = time.perf_counter()
    process = subprocess.Popen(
        [GENXU, "export", "households", place, str(file)],
        env=environment(url), cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = process.stdout.read()
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"The export of {place} failed.")
    rows = int(said.split()[0].replace(",", ""))
    file.unlink()
    return Export(rows, time.perf_counter() - started, usage.ru_maxrss / 1024)


def _python(url: str, *arguments: Any) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.importing", *map(str, arguments)],
        env=environment(url), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Failed(f"The import failed: {done.stderr.strip().splitlines()[-1:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _villages() -> list[dict[str, str]]:
    with TREE.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["level"] == "village"]


def _land(url: str) -> None:
    """The real tree of places with four hamlets a village, and no household."""
    file = SCRATCH / "hamlets.csv"
    with TREE.open(encoding="utf-8-sig", newline="") as tree:
        rows = list(csv.DictReader(tree))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ("code", "name", "level", "parent_code"))
        writer.writeheader()
        writer.writerows({key: row[key] for key in writer.fieldnames} for row in rows)
        for village in _villages():
            for n in range(1, A_VILLAGE + 1):
                code = f"{village['code']}{n:03d}"
                hamlet = {"code": code, "name": f"湾{n}", "level": "hamlet"}
                writer.writerow({**hamlet, "parent_code": village["code"]})
    for command in (["migrate"], ["regions", "import", str(file)]):
        done = subprocess.run(
            [GENXU, *command], env=environment(url), cwd=ROOT, capture_output=True, check=False
        )
        if done.returncode:
            raise Failed(f"The places could not be made: {done.stderr.decode()[-300:]}")


def _workbook(file: Path, count: int) -> None:
    """A register as a prefecture would have it: a title, nine columns, names of places."""
    rng = random.Random(20230524)
    with TREE.open(encoding="utf-8-sig", newline="") as tree:
        rows = {row["code"]: row for row in csv.DictReader(tree)}
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("住户")
        sheet.write_string(0, 0, "咸宁市住户登记表")
        sheet.write_row(1, 0, HEADERS)
        villages, written = _villages(), 0
        for n in range(-(-count // A_HAMLET)):
            village = villages[n // A_VILLAGE % len(villages)]
            township = rows[village["parent_code"]]
            county = rows[township["parent_code"]]
            heads = rng.sample(NAMES, A_HAMLET)
            for door in range(1, min(A_HAMLET, count - written) + 1):
                written += 1
                phone = 13_800_000_000 + rng.randrange(10**8)
                where = (
                    county["name"],
                    township["name"],
                    village["name"],
                    f"湾{n % A_VILLAGE + 1}",
                )
                row = (written, *where, door, heads[door - 1], phone, rng.randrange(1, 8))
                sheet.write_row(written + 1, 0, row)
