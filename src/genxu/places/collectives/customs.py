"""What of the law is no refusal but to be thought of, on the page of a collective."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from genxu.core.calendar import years_on

from .models import TERM_YEARS, Officer

LEAST, MOST = 3, 7


def hints(officers: Sequence[Officer], today: date) -> list[str]:
    """Of board and supervisors (第二十九、三十三、三十四条)."""
    board = [one for one in officers if one.on_board]
    found = []
    if board and not (LEAST <= len(board) <= MOST and len(board) % 2):
        found.append(_("A board has three to seven people, an odd number (article 29)."))
    if board and len(board) == len(officers):
        found.append(_("Nobody supervises the board yet (article 33)."))
    silent = [one.name for one in officers if one.declared_on is None]
    if silent:
        text = _("Not said yet to be no close relative of the others (articles 29, 34): %s.")
        found.append(text % _(", ").join(silent))
    if any(years_on(one.since, TERM_YEARS) <= today for one in officers):
        found.append(_("The five years of the term are over (article 29)."))
    return found
