"""Printing the share certificates of a collective in the background, a file for each thousand."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext_lazy as _

from genxu.core.typesetting import run_apart
from genxu.jobs.kinds import job
from genxu.jobs.running import Run

from . import certificate_actions, documents, rules
from .models import Collective

PAGES = 1000
"""Pages that one process sets, and that one file holds at most."""


@job(certificate_actions.KIND, _("Share certificates"), rules.issue_certificates)
def print_certificates(run: Run) -> None:
    """Of all households that hold shares when the job begins; resumed at the file."""
    rows = Collective.objects.visible_to(run.actor).select_related("place")
    collective = rows.get(pk=run.given["collective"])
    if "keys" not in run.checkpoint:
        run.checkpoint = {"keys": certificate_actions.holders(collective), "made": 0}
    keys: list[int] = run.checkpoint["keys"]
    codes = documents.addresses(run.given["site"])
    with TemporaryDirectory(prefix="genxu-shares-") as folder:
        for n in range(run.checkpoint["made"], -(-len(keys) // PAGES)):
            some = keys[n * PAGES : (n + 1) * PAGES]
            certificate_actions.issue_certificates(
                actor=run.actor, collective=collective, households=some
            )
            papers = certificate_actions.papers_of(collective, some)
            certificate_actions.check_printable(papers)
            path = Path(folder) / f"{collective.place_id} 股权证 {n + 1}.pdf"
            run_apart([documents.pile(papers, codes, path)])
            run.add_file(path.name, path, "pdf")
            path.unlink()
            run.checkpoint["made"] = n + 1
            run.progress(min((n + 1) * PAGES, len(keys)), len(keys), keep=True)
