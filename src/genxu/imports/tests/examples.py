"""How the addresses of spreadsheets are opened: rows of the matrix."""

from collections.abc import Callable

from genxu.imports.models import Import
from tests.addresses import Example
from tests.cast import HOME, Cast

from .factories import brought, checked, workbook

Make = Callable[[Cast], Example]
CONTENT = workbook(("户主", "人数"), ("罗新一", 2), ("", 3))


class OwnExample(Example):
    """A file is seen by nobody but the one who brought it: here the secretary."""

    def sees(self, part: str) -> bool:
        return part == "secretary"


def _own(sheet: Import, **values: object) -> Example:
    return OwnExample({"pk": sheet.pk}, HOME, {"sheet": sheet}, **values)  # type: ignore[arg-type]


def _plain(**values: object) -> Make:
    return lambda cast: Example(**values)  # type: ignore[arg-type]


def _fresh(cast: Cast) -> Import:
    return brought(cast.actor("secretary"), HOME, CONTENT)


def _checked(cast: Cast) -> Import:
    return checked(cast.actor("secretary"), HOME, CONTENT)


def _match(cast: Cast) -> Example:
    sent = {"sheet": "住户", "row": "1", "column-0": "head_name", "column-1": "head_count"}
    return _own(_fresh(cast), get=False, sent=sent)


KINDS = ("households", "organisations", "members", "centre_households", "councils")

EXAMPLES: dict[str, list[Make]] = {
    "ask_export": [_plain(get=False, sent={"path": "/matters/"})],
    "imports": [_plain()],
    "bring_sheet": [_plain(), _plain(sent={"kind": "households"}, sent_ok=422)],
    "import_template": [_plain(kwargs={"kind": kind}) for kind in KINDS],
    "import": [lambda cast: _own(_fresh(cast)), lambda cast: _own(_checked(cast))],
    "match_sheet": [_match],
    "take_in_sheet": [lambda cast: _own(_checked(cast), get=False, sent={})],
    "leave_sheet": [lambda cast: _own(_checked(cast), get=False, sent={})],
    "marked_file": [lambda cast: _own(_checked(cast))],
}  # fmt: skip
