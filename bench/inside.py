"""What has to be asked from inside the program: run as ``python -m bench.inside QUESTION JSON``.

The bench itself loads no Django, so that its own weight stays off the scales.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from .known import CITY, COUNTY, DASHBOARD, HAMLET, HOME, KEPT, LIST, NOT_SENT, PLACE, ROWS, TIMES
from .paths import ROOT, environment
from .report import Failed

Answer = Any
TARGET_DAY = "2023-05-24"


def ask(url: str, question: str, **arguments: Any) -> Answer:
    """The answer of a subprocess that looks into the database at ``url``."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.inside", question, json.dumps(arguments)],
        env=environment(url),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(f"The program could not be asked for “{question}”; see above the table.")
    return json.loads(done.stdout.splitlines()[-1])


def pages(last_rows: int | None = None) -> list[dict[str, Any]]:
    """The pages to measure, each with its path, who opens it, and the rows of its list.

    Without ``last_rows`` the list is the one of the article's day. With it (the small world) the
    list is cut at a day after which its last page has as many rows as the large world's.
    """
    city, county = ["city_staff", CITY], ["county_staff", COUNTY]
    day, count = _day_and_count(last_rows)
    path = f"{LIST}?place={COUNTY}&done_until={day}"
    last = max(1, -(-count // ROWS))
    found: list[dict[str, Any]] = [
        {"name": "city dashboard", "who": city, "path": f"{DASHBOARD}{CITY}/", "rows": 0},
        {"name": "hamlet, public", "who": None, "path": f"{PLACE}{HAMLET}/", "rows": 0,
         "times": KEPT},
        {"name": "hamlet, public, not changed", "who": None, "path": f"{PLACE}{HAMLET}/",
         "rows": 0, "times": NOT_SENT},
        {"name": "place, public", "who": None, "path": f"{PLACE}{HAMLET[:9]}/", "rows": 0,
         "times": KEPT},
        {"name": "secretary's home", "who": ["secretary", HAMLET], "path": HOME, "rows": 0},
        {"name": "matters, first page", "who": county, "path": _full_list(path, last_rows),
         "rows": min(count, ROWS)},
        {"name": "matters, last page", "who": county, "path": f"{path}&page={last}",
         "rows": count - (last - 1) * ROWS, "total": count},
    ]  # fmt: skip
    return [{"times": TIMES, **page} for page in found]


def _full_list(path: str, last_rows: int | None) -> str:
    """In the small world the first page is taken from the whole list, which fills it."""
    return path if last_rows is None else f"{LIST}?place={COUNTY}&group=done"


def _day_and_count(last_rows: int | None) -> tuple[str, int]:
    from django.db.models import Count

    from genxu.core.access import under
    from genxu.institutions.matters.models import Matter
    from genxu.institutions.matters.workflow import FINISHED

    rows = Matter.objects.filter(under(COUNTY, "hamlet"), state__in=FINISHED)
    if last_rows is None:
        return TARGET_DAY, rows.filter(done_on__lte=TARGET_DAY).count()
    days = rows.values_list("done_on").annotate(n=Count("pk")).order_by("done_on")
    best, total = ("", 0), 0
    for day, n in days:
        total += n
        if _misfit(total, last_rows) <= _misfit(best[1], last_rows):
            best = (day.isoformat(), total)
    return best


def _misfit(total: int, wanted: int) -> int:
    """By how many rows the last page of so many differs from what is wanted."""
    return abs((total - 1) % ROWS + 1 - wanted)


def sessions(who: list[list[str] | None]) -> list[str]:
    """A session for each (role, place), as the sign-in page would open it."""
    return [_session(_account(*one)) if one else "" for one in who]


def _account(role: str, place: str) -> Any:
    from genxu.people.models import Account

    return Account.objects.filter(grants__role=role, grants__place=place).order_by("pk")[0]


def _session(account: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(account)
    return str(client.cookies["sessionid"].value)


def queries(who: list[list[str] | None], paths: list[str]) -> list[int]:
    """How many statements each page makes: its templates loaded, but no answer kept from before."""
    from django.core.cache import caches
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    counts = []
    for one, path in zip(who, paths, strict=True):
        client = Client(SERVER_NAME="127.0.0.1")
        if one:
            client.force_login(_account(*one))
        client.get(path)
        for memory in caches.all():
            memory.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts.append(len(captured))
    return counts


def secretaries(counties: list[str]) -> list[dict[str, Any]]:
    """For each county one account that keeps all its hamlets, and each hamlet with a household.

    A secretary keeps one hamlet. Thousands of talks in one hamlet would give its next talk an
    agenda as no life has it, so the clients walk from hamlet to hamlet under one grant.
    """
    from genxu.core import clock
    from genxu.core.access import under
    from genxu.people.models import Account, Grant, Household

    found = []
    for n, county in enumerate(counties):
        account, _made = Account.objects.get_or_create(
            phone=f"1399999{n:04d}", defaults={"name": "量尺", "opened_at": clock.now()}
        )
        Grant.objects.get_or_create(account=account, role="secretary", place_id=county)
        rows = Household.objects.filter(under(county, "hamlet"), number=1).order_by("hamlet")
        places = [(row.hamlet_id, row.label) for row in rows]
        found.append({"account": account.pk, "session": _session(account), "places": places})
    return found


def statements(account: int, places: list[list[str]]) -> int:
    """How many statements one recording through the action makes, its transaction included."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from .recording import Recorder

    recorder = Recorder(account, [place for place, _label in places[-3:]])
    recorder.record()
    with CaptureQueriesContext(connection) as captured:
        recorder.record()
    return len(captured)


def certificates(place: str, site: str, folder: str, shares: int) -> dict[str, Any]:
    """The certificates of a place as ready-made requests to Typst, one for each process."""
    from pathlib import Path

    from genxu.core.access import system
    from genxu.core.typesetting import fonts
    from genxu.organisation.centre_households import documents, paper_actions
    from genxu.regions.models import Region

    from .certificates import write_requests

    rows = paper_actions.printable(system("operator"), Region.objects.get(code=place))
    keys = list(rows.values_list("pk", "hamlet_id"))
    addresses = documents.card_addresses(site)
    kind = documents.What.CERTIFICATE
    outputs = []
    for n, part in enumerate(paper_actions.plan(keys, [kind])):
        papers = list(paper_actions.read_papers(part.keys).values())
        outputs.append(documents.pile(kind, papers, addresses, Path(folder) / f"{n}.pdf"))
    requests = write_requests(outputs, Path(folder), shares, fonts().folders([]))
    return {"requests": requests, "count": len(keys)}


def proposals(at_most: int) -> dict[str, Any]:
    """Seconds of proposing who looks after whom, see ``coverage``."""
    from .coverage import measure

    return measure(at_most)


QUESTIONS: dict[str, Callable[..., Answer]] = {
    question.__name__: question
    for question in (pages, sessions, queries, secretaries, statements, certificates, proposals)
}


def main() -> None:
    import django

    django.setup()
    print(json.dumps(QUESTIONS[sys.argv[1]](**json.loads(sys.argv[2]))))


if __name__ == "__main__":
    main()
