"""Why this sum (为什么是这个数): the way from a year's income to a household's fen in five lines.

Pages, slips and tests read the same lines: the first two make the third, the third by the fourth
is the fifth.
"""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core.money import yuan
from genxu.core.promises import StrOrPromise
from genxu.core.texts import sentences
from genxu.places.collectives.models import SHARE

from .models import Distribution, Portion
from .sharing import Steps


@dataclass(frozen=True, slots=True)
class Line:
    """``value`` as it is read; ``fen`` of what is a sum."""

    label: str
    value: str
    fen: int | None = None
    told: str = ""


def shares_told(quantity: int) -> str:
    """Hundredths of a share as one says them: 4, 3.5, 1,234.25."""
    whole, rest = divmod(quantity, SHARE)
    return f"{whole:,}" + (f".{rest:02}".rstrip("0") if rest else "")


def rate_told(rate: int) -> str:
    """Per mille as per cent: 10%, 12.5%."""
    whole, rest = divmod(rate, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def taken_off(way: Steps) -> int:
    """What stands between the income of the year and what is shared: below nothing if more came
    from earlier years than was taken off."""
    return way.made_good + way.reserve - way.carried + way.kept


def _taken_off_told(way: Steps) -> str:
    """Each part of it, with the rule that it follows."""
    parts: list[StrOrPromise] = []
    if way.made_good:
        parts.append(_("%s make losses of earlier years good.") % yuan(way.made_good))
    told = _("%(sum)s for the reserve: %(rate)s by the charter, rounded to the fen.")
    parts.append(told % {"sum": yuan(way.reserve), "rate": rate_told(way.rate)})
    if way.carried:
        parts.append(_("%s left over from earlier years are added.") % yuan(way.carried))
    if way.kept:
        parts.append(_("%s are left for next year.") % yuan(way.kept))
    return sentences(parts)


def way_lines(one: Distribution) -> list[Line]:
    """The first three: the same for everybody."""
    way = one.way
    off = taken_off(way)
    return [
        Line(
            _("Surplus of %(year)s") % {"year": one.year},
            yuan(way.earned),
            way.earned,
            _("What came in, less what was spent."),
        ),
        Line(_("Losses, reserve, carried over"), yuan(-off), -off, _taken_off_told(way)),
        Line(_("To be shared out"), yuan(one.shared), one.shared),
    ]


def five_lines(portion: Portion) -> list[Line]:
    """All five, of one household; its distribution is read with it."""
    one = portion.distribution
    shares = {"all": shares_told(one.whole), "own": shares_told(portion.quantity)}
    odd = _("One fen of it comes by the rounding: the largest remainders get those that are left.")
    return [
        *way_lines(one),
        Line(_("Shares of all / of your household"), _("%(all)s shares / %(own)s shares") % shares,
             told=_("The register of %s.") % date_format(one.as_of, "DATE_FORMAT")),
        Line(_("Due to your household"), yuan(portion.sum), portion.sum,
             odd if portion.odd else ""),
    ]  # fmt: skip
