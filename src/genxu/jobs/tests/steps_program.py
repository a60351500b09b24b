"""A program of its own for ``test_fallen``: the product with one more kind of job."""

import os
import sys
import time
from functools import partial
from pathlib import Path

import django

django.setup()

from genxu.core.access import system  # noqa: E402
from genxu.jobs import keeping, queue  # noqa: E402
from genxu.jobs.kinds import job  # noqa: E402
from genxu.jobs.running import Run  # noqa: E402
from genxu.regions import rules  # noqa: E402
from genxu.regions.actions import Row, import_regions  # noqa: E402
from genxu.regions.codes import Level  # noqa: E402
from genxu.regions.models import Region  # noqa: E402
from genxu.serving.worker import work_on_jobs  # noqa: E402

FOLDER = Path(os.environ["GENXU_VAR"])
STEPS, FALLS_AT = 10, 5
OPERATOR = system("operator")


@job("tests.steps", "Steps", rules.import_regions)
def steps(run: Run) -> None:
    """Ten steps, each written down as it begins; at the sixth the first run waits to be killed."""
    for n in range(run.checkpoint.get("n", 0), STEPS):
        with (FOLDER / "steps").open("a") as book:
            book.write(f"{n}\n")
        if n == FALLS_AT and not (FOLDER / "go").exists():
            (FOLDER / "waiting").touch()
            while True:
                time.sleep(0.05)
        made = FOLDER / f"{n}.txt"
        made.write_text(str(n))
        run.add_file(made.name, made)
        run.checkpoint["n"] = n + 1
        run.progress(n + 1, STEPS, keep=True)


def ask() -> None:
    rows = [Row("42", "湖北省", Level.PROVINCE, None)]
    import_regions(actor=OPERATOR, rows=rows, count=1)
    queue.put(actor=OPERATOR, kind="tests.steps", place=Region.objects.get(code="42"))


def keep() -> None:
    print(keeping.take_up_again())  # noqa: T201


if __name__ == "__main__":
    {"ask": ask, "work": partial(work_on_jobs, "default"), "keep": keep}[sys.argv[1]]()
