"""A household as a form or a spreadsheet gives it, and what can be wrong with it by itself."""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise

from .models import HEADS_LIMIT, MOBILE, NAME_LIMIT, NUMBER_LIMIT, mobile

_is_mobile = re.compile(MOBILE).match


class HouseholdRow(NamedTuple):
    """One household: the code of its hamlet, its number if it has one, head, phone, head count.

    Without a phone number the one that is known stays. A tuple, for a spreadsheet makes 320,000.
    """

    hamlet: str
    number: int | None
    head_name: str
    phone: str
    head_count: int

    def cleaned(self) -> "HouseholdRow":
        """The same row as it is kept and compared: full width, spaces and dashes do not matter."""
        name, phone = clean_name(self.head_name), clean_phone(self.phone)
        if name == self.head_name and phone == self.phone:
            return self
        return HouseholdRow(self.hamlet, self.number, name, phone, self.head_count)

    def problems(self) -> Mapping[str, StrOrPromise]:
        """Field → what is wrong with it; of a cleaned row."""
        found: dict[str, StrOrPromise] = {}
        if wrong := wrong_name(self.head_name):
            found["head_name"] = wrong
        if wrong := wrong_phone(self.phone):
            found["phone"] = wrong
        if wrong := wrong_count(self.head_count):
            found["head_count"] = wrong
        if self.number is not None and not 1 <= self.number <= NUMBER_LIMIT:
            text = _("A number lies between 1 and %(limit)s.")
            found["number"] = text % {"limit": NUMBER_LIMIT}
        return found


def clean_phone(text: str) -> str:
    """The digits of a mobile number; full width, spaces, dashes and +86 are forgiven."""
    if text.isascii() and text.isdecimal():
        return text
    text = unicodedata.normalize("NFKC", text)
    return "".join(text.split()).replace("-", "").removeprefix("+86")


def wrong_name(name: str) -> StrOrPromise:
    if not name:
        return _("The name of the head is missing.")
    if len(name) > NAME_LIMIT:
        return _("A name has at most %(limit)s characters.") % {"limit": NAME_LIMIT}
    return "" if name.isprintable() else _("There is an unreadable character in it.")


def wrong_phone(phone: str) -> StrOrPromise:
    """A household need not have one."""
    return mobile.message if phone and not _is_mobile(phone) else ""


def wrong_count(heads: int) -> StrOrPromise:
    if 1 <= heads <= HEADS_LIMIT:
        return ""
    return _("A household has between 1 and %(limit)s people.") % {"limit": HEADS_LIMIT}
