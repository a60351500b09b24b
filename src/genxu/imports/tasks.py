"""The jobs of spreadsheets. What they do lies beside; heavy libraries are loaded within."""

from django.utils.translation import gettext_lazy as _

from genxu.jobs.kinds import job
from genxu.jobs.running import Run

from . import rules


@job("imports.export", _("Writing a list as a spreadsheet"), rules.ask_export)
def export(run: Run) -> None:
    """A list that is too long to wait for."""
    from .exporting import write_export

    write_export(run)
