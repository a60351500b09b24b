"""``python -m bench``: runs the measures, prints the table, writes ``build/bench.json``."""

import argparse
import sys
import time
from contextlib import ExitStack

from . import (
    certificates,
    coverage,
    hour,
    intake,
    money,
    pages,
    postgres,
    rota,
    spreadsheets,
    worlds,
)
from .paths import BUILD, SCRATCH
from .report import Failed, Report
from .worlds import Postgres, Vendor, Worlds

DOING = {
    "world": "inserting raw rows",
    "pages": "asking for pages",
    "intake": "recording talks",
    "evening": "holding a prefecture's evening",
    "certificates": "printing certificates",
    "coverage": "proposing who looks after whom",
    "rota": "dealing rotas",
    "money": "sharing out, posting, reading balances",
    "spreadsheets": "taking a spreadsheet in and writing it out",
}
MEASURES = tuple(DOING)
DATABASES = ("sqlite", "postgresql")


def main() -> int:
    options = _options()
    started = time.monotonic()
    report = Report()
    with ExitStack() as stack:
        for vendor in _vendors(options.database, report, stack, options.only):
            _measure(vendor, options, report, started)
    target = BUILD / "bench.json"
    report.write(target)
    print(f"\n{report.table()}\n\nwritten to {target.relative_to(BUILD.parent)}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=MEASURES, action="append", help="only this measure")
    parser.add_argument("--database", choices=DATABASES, action="append", help="only this one")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    options = parser.parse_args()
    options.only = options.only or list(MEASURES)
    options.database = options.database or list(DATABASES)
    return options


def _vendors(
    wanted: list[str], report: Report, stack: ExitStack, measures: list[str]
) -> list[Vendor]:
    """The databases to measure on; a PostgreSQL that cannot be had is said and left out."""
    found = [Vendor(SCRATCH)] if "sqlite" in wanted else []
    if "postgresql" in wanted:
        try:
            found.append(Postgres(stack.enter_context(postgres.server())))
        except postgres.NoPostgres as reason:
            report.note(str(reason))
            _skip(report, Postgres.name, measures, met=None)
    return found


def _measure(vendor: Vendor, options: argparse.Namespace, report: Report, started: float) -> None:
    """All measures on one database; one that fails is said and the others go on."""

    def say(text: str) -> None:
        print(f"{time.monotonic() - started:5.0f} s  {vendor.name}: {text}", file=sys.stderr)

    say("building the worlds")
    try:
        built = worlds.build(vendor, only_read=options.only == ["pages"])
    except Failed as reason:
        report.note(f"{vendor.name}: {reason}")
        _skip(report, vendor.name, options.only, met=False)
        return
    for measure in options.only:
        say(DOING[measure])
        try:
            _take(measure, built, report, quick=options.quick)
        except Failed as reason:
            report.note(f"{vendor.name}: {reason}")
            _skip(report, vendor.name, [measure], met=False)
    say("done")


def _take(measure: str, built: Worlds, report: Report, *, quick: bool) -> None:
    if measure == "world":
        worlds.report(built, report)
    elif measure == "pages":
        pages.report(built, report, requests=60 if quick else 300)
    elif measure == "coverage":
        coverage.report(built, report)
    elif measure == "rota":
        rota.report(built, report)
    elif measure == "money":
        money.report(built, report)
    elif measure == "certificates":
        certificates.report(built, report, rounds=1 if quick else 2)
    elif measure == "spreadsheets":
        spreadsheets.report(built.vendor, report, quick=quick)
    elif measure == "evening":
        hour.report(built, report, seconds=20 if quick else 60)
    else:
        intake.report(built, report, rounds=2 if quick else 4, seconds=2 if quick else 4)


def _skip(report: Report, name: str, measures: list[str], met: bool | None) -> None:
    """The rows of a database that have a target, as not measured."""
    if "world" in measures:
        report.skip(f"world build, prefecture, {name}", "s", f"≤ {worlds.SECONDS} s", met)
    if "pages" in measures:
        for page in pages.QUERIES:
            target = f"≤ {pages.times_of(page)} × bare view"
            report.skip(f"{page}, {name}: p95", "ms", target, met)
    if "certificates" in measures:
        target = f"≤ {certificates.SECONDS} s, ≤ {certificates.TIMES} × bare Typst"
        report.skip(f"{certificates.TITLE}, {name}", "s", target, met)
    if "coverage" in measures:
        for title in coverage.TITLES.values():
            report.skip(f"{title}, {name}", "s", f"≤ {coverage.SECONDS} s", met)
    if "rota" in measures:
        for kind, title in rota.TITLES.items():
            report.skip(f"{title}, {name}", "s", f"≤ {rota.SECONDS[kind]} s", met)
    if "money" in measures:
        for title in money.TITLES.values():
            report.skip(f"{title}, {name}", "s", f"≤ {money.SECONDS} s", met)
    if "spreadsheets" in measures and name == Postgres.name:
        target = f"≤ {spreadsheets.TIMES} × read and COPY"
        title = spreadsheets.TITLE.format(n=spreadsheets.HOUSEHOLDS, name=name)
        report.skip(f"{title}: dry run and commit", "s", target, met)
    if "evening" in measures:
        report.skip(f"{hour.TITLE}, {name}: held", "times", hour.TARGET, met)
    if "intake" in measures and name == Postgres.name:
        for kind, title in intake.TITLES.items():
            report.skip(f"{title}, {name}", "talks/s", f"≥ 1/{intake.SHARE[kind]}", met)


if __name__ == "__main__":
    sys.exit(main())
