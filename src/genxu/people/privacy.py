"""Keeping persons out of what everybody reads.

The title of a common matter stands on the public page; publishing a name needs the person's
separate consent (个人信息保护法 25), so a title that names one is refused.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Length, Replace

from genxu.core.names import DOT, bare, clean_name
from genxu.core.prepared import prepared
from genxu.people.models import Household
from genxu.regions.models import Region

PHONE = re.compile(r"1[3-9]\d{9}")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-.]+(?=\d)")
BARE_HEAD = Replace(Replace("head_name", Value(" ")), Value(DOT))
"""The head's name as ``bare`` makes it."""


def named_person(text: str, hamlet: Region, known: Iterable[str] = ()) -> str:
    """The first phone number, known name or head of a household that the text gives away.

    ``known`` are names at hand, such as that of the one who raised it. Names of a single
    character are left out: they would be found in any text.
    """
    found = named_among(text, known)
    return found or "".join(name for (name,) in _first_named(hamlet.code, bare(text)))


def named_among(text: str, known: Iterable[str]) -> str:
    """The same where all the names are at hand."""
    text = bare(text)
    if found := PHONE.search(BETWEEN_DIGITS.sub("", text)):
        return found.group()
    for name in known:
        if len(bare(name)) > 1 and bare(name) in text:
            return clean_name(name)
    return ""


@prepared
def _first_named(hamlet: str, text: str) -> QuerySet[Any, Any]:
    heads = Household.objects.filter(hamlet=hamlet).annotate(
        text=Value(text, CharField()), bare=BARE_HEAD, length=Length(BARE_HEAD)
    )
    named = heads.filter(text__contains=F("bare"), length__gt=1)
    return named.order_by("pk").values_list("head_name")[:1]
