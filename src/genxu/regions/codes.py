"""Place codes: the length is the level, the prefix is the ancestry.

Source: the 12-digit statistical code (统计用区划代码): 1–2 province, 3–4 prefecture, 5–6 county,
7–9 township, 10–12 village. A natural village has no national code: its village's 12 digits and
3 local ones. Trailing zeros are left out: 421200000000 is "4212".
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("Prefecture")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township")
    VILLAGE = "village", _("Village")
    HAMLET = "hamlet", _("Hamlet")


LENGTHS = {
    Level.PROVINCE: 2,
    Level.PREFECTURE: 4,
    Level.COUNTY: 6,
    Level.TOWNSHIP: 9,
    Level.VILLAGE: 12,
    Level.HAMLET: 15,
}
LEVELS = {length: level for level, length in LENGTHS.items()}


def short(code: str) -> str:
    """The code without the zeros that only fill it up; ``ValueError`` if it is no place code."""
    code = code.strip()
    if not code.isascii() or not code.isdigit() or len(code) > 15 or set(code) == {"0"}:
        raise ValueError(f"{code!r} is not a place code")
    if len(code) == 15:
        return code
    full = code.ljust(12, "0")
    for length in (2, 4, 6, 9, 12):
        if set(full[length:]) <= {"0"} and len(full) == 12:
            return full[:length]
    raise ValueError(f"{code!r} is not a place code")


def level_of(code: str) -> Level:
    """The level of a short code."""
    try:
        return LEVELS[len(code)]
    except KeyError:
        raise ValueError(f"{code!r} is not a place code") from None


def parent_of(code: str) -> str | None:
    """The code one level up; none above the province."""
    lengths = [length for length in LEVELS if length < len(code)]
    return code[: lengths[-1]] if lengths else None


def ancestors_of(code: str) -> list[str]:
    """The codes above, the province first."""
    return [code[:length] for length in LEVELS if length < len(code)]


def child_towards(code: str, descendant: str) -> str:
    """The place one level below ``code`` on the way to ``descendant``."""
    length = next(length for length in LEVELS if length > len(code))
    return descendant[:length]
