"""What no free text of an errand may hold: numbers of identity and bank cards, passwords, amounts.

No password of a resident is ever kept, and no money passes through a steward (domain.md, 帮办代办).
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from genxu.core.errors import Invalid
from genxu.core.sheets.values import figures

_BETWEEN = re.compile(r"(?<=[\dXx])[\s\-.]+(?=[\dXx])")
_CARD = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]?(?!\d)"
)
_BANK = re.compile(r"(?<!\d)62\d{14,17}(?!\d)")
_SECRET = re.compile(r"密\s*码|口\s*令|验证码|passw|pwd", re.IGNORECASE)
_AMOUNT = re.compile(
    r"[¥￥]\s*\d|\d\s*(?:元|块|万元|角)|[一二两三四五六七八九十百千万]\s*(?:元|块钱|万元|百块|千块)"
)


def why_not(text: str) -> str:
    """What a text gives away that is never kept; empty if nothing."""
    plain = _BETWEEN.sub("", figures(text))
    if _CARD.search(plain):
        return _("That looks like the number of an identity card. Please leave it out.")
    if _BANK.search(plain):
        return _("That looks like the number of a bank card. Please leave it out.")
    if _SECRET.search(plain):
        return _("No password and no code is written down here. She types hers herself.")
    if _AMOUNT.search(plain):
        return _("No amounts are written down here: money never passes through a steward.")
    return ""


def check(**texts: str) -> None:
    """``Invalid`` at each field that gives something away."""
    wrong: Mapping[str, str] = {name: why for name, text in texts.items() if (why := why_not(text))}
    if wrong:
        raise Invalid(wrong)
