"""What has to be asked from inside the program: run as ``python -m bench.inside QUESTION JSON``.

The bench itself loads no Django, so that its own weight stays off the scales.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from .paths import ROOT, environment
from .report import Failed
from .subjects import cookies, pages, queries, session_of
from .visitors import evening

Answer = Any


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
        found.append({"account": account.pk, "session": session_of(account), "places": places})
    return found


def statements(account: int, places: list[list[str]]) -> dict[str, Any]:
    """How many statements one recording through the action makes, its transaction included; and
    its rows, to be written by hand."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from .by_hand import rows_of
    from .recording import Recorder

    recorder = Recorder(account, [place for place, _label in places[-3:]])
    recorder.record()
    with CaptureQueriesContext(connection) as captured:
        recorder.record()
    return {"count": len(captured), "rows": rows_of(recorder.record)}


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


def rotas() -> dict[str, Any]:
    """Seconds of dealing rotas, see ``rota``."""
    from .rota import measure

    return measure()


def money() -> dict[str, Any]:
    """Seconds of sharing out, posting and reading a balance, see ``money``."""
    from .money import measure

    return measure()


def proposals(at_most: int) -> dict[str, Any]:
    """Seconds of proposing who looks after whom, see ``coverage``."""
    from .coverage import measure

    return measure(at_most)


QUESTIONS: dict[str, Callable[..., Answer]] = {
    question.__name__: question
    for question in (
        pages,
        cookies,
        queries,
        secretaries,
        statements,
        evening,
        certificates,
        proposals,
        rotas,
        money,
    )
}


def main() -> None:
    import django

    django.setup()
    print(json.dumps(QUESTIONS[sys.argv[1]](**json.loads(sys.argv[2]))))


if __name__ == "__main__":
    main()
