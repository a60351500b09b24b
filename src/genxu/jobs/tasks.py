"""The one kind of job that is of no register."""

from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from genxu.core import verifying

from . import rules, running
from .actions import VERIFYING
from .kinds import job


@job(VERIFYING, _("Verify the journal"), rules.verify_journal, shown="jobs/_verified.html")
def verify_journal(run: running.Run) -> None:
    """Begun anew after a fall: it writes nothing."""
    found = verifying.verify(heard=run.progress)
    run.job.result = {**asdict(found), "head": str(found.head)}
    run.progress(found.checked + found.waiting)
