"""What spreadsheets in and out may say of a household."""

from genxu.jobs.clearing import clear_jobs
from genxu.people.erasure import Erasure

from .actions import forget
from .models import Import

EXPORTS = ("imports.export",)


def erase(erased: Erasure) -> None:
    """Every file of a place in which the household lies: uploaded, staged, marked, exported.

    A list does not say beforehand whether the household stands in it; each can be made anew.
    """
    rows = Import.objects.select_for_update(of=("self",), no_key=True)
    for sheet in rows.filter(place__in=erased.places).order_by("pk"):
        sheet.file_name = erased.blanked(sheet.file_name)
        forget(sheet)
    clear_jobs(erased.places, EXPORTS)
