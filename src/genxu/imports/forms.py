"""The forms of an import: the upload, and the matching of columns."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.forms import ActionForm
from genxu.regions.models import Region

from . import queries
from .matching import Match, columns_of, look_of, read_match, tables
from .models import Import

ACCEPTED = ".xlsx,.xls,.xlsm,.csv,.et,.ods"


class BringForm(ActionForm):
    """Which register, for which place, which file."""

    kind = forms.ChoiceField(label=_("What stands in it"), widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("For which place"))
    file = forms.FileField(
        label=_("The file"),
        help_text=_("Excel, WPS or CSV, as it is: with titles above, in any order of columns."),
        error_messages={"empty": _("The file is empty: it has 0 bytes. Please save it once more.")},
        widget=forms.FileInput({"accept": ACCEPTED}),
    )

    def __init__(self, actor: Actor, asked: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.code: place for place in queries.places_for(actor, asked)}
        self.offer("kind", [(one.name, one.label) for one in queries.kinds_for(actor)])
        self.offer("place", [(code, place.short_name) for code, place in self.places.items()])

    @property
    def chosen_place(self) -> Region:
        return self.places[self.cleaned_data["place"]]


def start_values(asked: Mapping[str, str]) -> dict[str, str]:
    """What the page begins with: the kind and place that the way there named."""
    return {"kind": asked.get("kind", ""), "place": asked.get("place", "")}


def asked_match(sheet: Import, asked: Mapping[str, str]) -> Match:
    """The reading that the person looks at: another sheet, another row of the headers."""
    look = look_of(sheet)
    page = look.sheet(asked.get("sheet", sheet.sheet)) or look.sheet(sheet.sheet)
    assert page is not None
    row = asked.get("row", "")
    known = tables(queries.kind_of(sheet), sheet.place_id)
    if row.isascii() and row.isdecimal() and 0 < int(row) <= len(page.top):
        return read_match(page, known, int(row) - 1)
    if page.name != sheet.sheet:
        return read_match(page, known)
    kept = {int(n): key for n, key in sheet.columns.items()}
    match = read_match(page, known, sheet.header_row)
    return Match(match.sheet, match.header_row, match.headers, kept)


def sent_match(sheet: Import, sent: Mapping[str, str]) -> Match:
    """The matching as it was sent: ``column-3`` names the key of the fourth column."""
    match = asked_match(sheet, sent)
    keys = {column.key for column in columns_of(queries.kind_of(sheet))}
    columns = {}
    for name, key in sent.items():
        label, _dash, number = name.partition("-")
        if label == "column" and number.isascii() and number.isdecimal() and key in keys:
            columns[int(number)] = key
    return Match(match.sheet, match.header_row, match.headers, columns)
