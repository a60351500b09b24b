"""Free text as an action keeps it: no blanks around it, not too long, there where it is needed."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import Invalid

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
else:
    StrOrPromise = str

MISSING = gettext_lazy("Please write a few words here.")


def optional(text: str, limit: int, field: str = "words") -> str:
    """The text without blanks around it; ``Invalid`` if it has more than ``limit`` characters."""
    text = text.strip()
    if len(text) > limit:
        raise Invalid({field: too_long(limit)})
    return text


def required(text: str, limit: int, field: str = "words", missing: StrOrPromise = MISSING) -> str:
    """The same; ``missing`` is said where there is none."""
    text = optional(text, limit, field)
    if not text:
        raise Invalid({field: missing})
    return text


def too_long(limit: int) -> str:
    return _("That is too long: at most %(limit)s characters.") % {"limit": limit}
