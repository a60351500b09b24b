"""What the tests of each app cost: seconds of all processes, printed when a run ends."""

from collections import Counter
from pathlib import PurePath
from typing import Any

SECONDS: Counter[str] = Counter()
COUNTED: Counter[str] = Counter()


def app_of(path: str) -> str:
    """``organisation/branches`` of an app's tests, ``tests`` or ``tests/e2e`` of the others."""
    parts = PurePath(path).parent.parts
    if parts[0] == "tests":
        return "/".join(parts[:2])
    return "/".join(parts[2 : parts.index("tests")] if "tests" in parts else parts[2:])


def pytest_runtest_logreport(report: Any) -> None:
    """With several processes each test's report comes to the first of them."""
    app = app_of(report.nodeid.split("::")[0])
    SECONDS[app] += report.duration
    COUNTED[app] += report.when == "call"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if sum(SECONDS.values()) < 60:  # a run of a few files
        return
    terminalreporter.section("what the tests cost")
    for app, seconds in SECONDS.most_common():
        terminalreporter.write_line(f"{seconds:7.1f} s {COUNTED[app]:5d} tests  {app}")
    terminalreporter.write_line(f"{sum(SECONDS.values()):7.1f} s in all processes together")
