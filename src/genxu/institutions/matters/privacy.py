"""Keeping persons out of what everybody reads.

The title of a common matter stands on the public page; publishing a name needs the person's
separate consent (个人信息保护法 25), so a title that names one is refused.
"""

import re

from django.db.models import CharField, F, Value
from django.db.models.functions import Length

from genxu.people.models import Household
from genxu.regions.models import Region

PHONE = re.compile(r"1[3-9]\d{9}")


def named_person(text: str, hamlet: Region) -> str:
    """The first phone number or head of a household that the text gives away, or nothing.

    Names of a single character are left out: they would be found in any text.
    """
    if found := PHONE.search(text):
        return found.group()
    heads = Household.objects.filter(hamlet=hamlet).annotate(
        text=Value(text, CharField()), length=Length("head_name")
    )
    named = heads.filter(text__contains=F("head_name"), length__gt=1)
    return named.values_list("head_name", flat=True).first() or ""
