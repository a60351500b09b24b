"""Which household of a hamlet somebody means who types into a field with a list of them: by its
label, by its number (7, 7号), or in pinyin (lcy)."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeVar

from django.forms import ValidationError
from django.utils.translation import gettext as _

from genxu.core.names import bare
from genxu.core.sounding import sounding_whole

from .models import label_of


class Door(Protocol):
    """A household as it is picked."""

    @property
    def number(self) -> int: ...
    @property
    def head_name(self) -> str: ...
    @property
    def initials(self) -> str: ...
    @property
    def label(self) -> str: ...


D = TypeVar("D", bound=Door)
TOLD = 6
"""So many of those who could be meant are named."""


class Doorplate(NamedTuple):
    """The same, of a long list of which one is meant: only that is made a row of."""

    pk: int
    number: int
    head_name: str
    initials: str

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return label_of(self.head_name, self.number)


def meant(typed: str, households: Iterable[D]) -> D | None:
    """The household; None for what is a name of its own. ``ValidationError`` for a number or
    letters that mean none of them, or several."""
    typed = typed.strip()
    known = list(households)
    picked = bare(typed)  # typed by hand it has other brackets and blanks than the list
    for one in known:
        if bare(one.label) == picked:
            return one
    short = unicodedata.normalize("NFKC", typed).removesuffix("号").strip().lower()
    if short.isdecimal():
        found = [one for one in known if str(one.number) == short.lstrip("0")]
    elif short.isascii() and short.isalpha():
        found = [one for one in known if one.initials == short]
        found = found or [one for one in known if sounding_whole(short, one.head_name)]
    else:
        return None
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(_("No household here has “%(typed)s”.") % {"typed": typed})
    told = {"typed": typed, "names": "、".join(one.label for one in found[:TOLD])}
    told["names"] += "…" if len(found) > TOLD else ""
    raise ValidationError(_("“%(typed)s” could be %(names)s. Which one is it?") % told)
