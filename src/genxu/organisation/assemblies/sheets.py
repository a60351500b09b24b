"""The columns of the exported list: one row a question."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.writing import Out
from genxu.core.texts import sentences
from genxu.regions.columns import place_columns

from .models import Motion
from .queries import result_of


def _result(motion: Motion) -> Any:
    found = result_of(motion)
    if found is None:
        return ""
    if not found.valid:
        return _("Does not count")
    return _("Carried") if found.carried else _("Not carried")


def _reasons(motion: Motion) -> str:
    found = result_of(motion)
    return sentences(found.reasons) if found else ""


COLUMNS: list[Out[Motion]] = [
    *place_columns("assembly.hamlet"),
    Out(_("Who met"), lambda row: row.assembly.get_body_display(), 22),
    Out(_("What it is about"), "assembly.title", 30),
    Out(_("State"), lambda row: row.assembly.get_state_display(), 10),
    Out(_("Notice given on"), "assembly.announced_on", 12),
    Out(_("How the notice was given"), lambda row: sentences(row.assembly.announced_how), 20),
    Out(_("Meets on"), "assembly.meets_at", 17),
    Out(_("Due"), "assembly.due", 8),
    Out(_("Came"), "assembly.present", 8),
    Out(_("Question"), "text", 40),
    Out(_("Kind of question"), lambda row: row.get_kind_display(), 20),
    Out(_("In favour"), "in_favour", 8),
    Out(_("Against"), "against", 8),
    Out(_("Abstained"), "abstained", 8),
    Out(_("Result"), _result, 12),
    Out(_("Why"), _reasons, 50),
    Out(_("Corrected on"), lambda row: row.corrected_on or row.assembly.corrected_on, 12),
]
