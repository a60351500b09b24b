"""Free text as an action keeps it: no blanks around it, not too long, there where it is needed."""

import re
from collections.abc import Iterable

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .errors import Invalid
from .promises import StrOrPromise

MISSING = gettext_lazy("Please write a few words here.")


_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def readable(text: str) -> str:
    """The text without blanks around it, and without the unseen signs that turn the direction of
    what stands behind them: they would scramble a public page, a list, a printed paper."""
    return _UNSEEN.sub("", text).strip()


def optional(text: str, limit: int, field: str = "words") -> str:
    """The text as it can be read; ``Invalid`` if it has more than ``limit`` characters."""
    text = readable(text)
    if len(text) > limit:
        raise Invalid({field: too_long(limit)})
    return text


def required(text: str, limit: int, field: str = "words", missing: StrOrPromise = MISSING) -> str:
    """The same; ``missing`` is said where there is none."""
    text = optional(text, limit, field)
    if not text:
        raise Invalid({field: missing})
    return text


def sentences(several: Iterable[StrOrPromise]) -> str:
    """Several sentences as one text: Chinese ones follow each other without a blank."""
    between = "" if (get_language() or "").startswith("zh") else " "
    return between.join(str(one) for one in several if one)


def too_long(limit: int) -> str:
    return _("That is too long: at most %(limit)s characters.") % {"limit": limit}
