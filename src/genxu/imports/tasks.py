"""The jobs of spreadsheets. What they do lies beside; heavy libraries are loaded within."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.errors import Missing
from genxu.jobs.kinds import job
from genxu.jobs.running import Run

from . import rules
from .models import Import


@job("imports.export", gettext_lazy("Writing a list as a spreadsheet"), rules.ask_export,
     of_office=False)  # fmt: skip
def export(run: Run) -> None:
    """A list that is too long to wait for; it shows what its reader may see, so it is hers."""
    from .export_actions import write_export

    write_export(run)


@job("imports.check", gettext_lazy("Checking a spreadsheet"), rules.import_sheet)
def check_sheet(run: Run) -> None:
    """The dry run; begun anew after a fall, for it writes nothing to a register."""
    from .checking import check

    check(_sheet(run, Import.State.CHECKING), run.actor, run)


@job("imports.take_in", gettext_lazy("Taking a spreadsheet in"), rules.import_sheet)
def take_in_sheet(run: Run) -> None:
    """Batch by batch; after a fall from the first batch that is not in."""
    from .taking import take_in

    take_in(_sheet(run, Import.State.TAKING_IN), run.actor, run)


def _sheet(run: Run, state: str) -> Import:
    rows = Import.objects.visible_to(run.actor).select_related("place")
    sheet = rows.filter(pk=run.given["sheet"], state=state).first()
    if sheet is None:
        raise Missing(_("It was left aside meanwhile."))
    return sheet
