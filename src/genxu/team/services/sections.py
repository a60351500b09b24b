"""What everybody reads of errands, and what a household does on its own page."""

from typing import Any

from genxu.core.sections import Section
from genxu.people.answers import Answer
from genxu.people.models import Household

from .models import Item
from .queries import own_services


def _own(household: Household) -> dict[str, Any]:
    return {"services": {**own_services(household), "answers": Answer.choices}}


SECTIONS = [
    Section("hamlet", 40, "services/_public.html",
            lambda here: {"items": list(Item.objects.offered_in(here.code))}),
    Section("own", 10, "services/_own.html", _own),
]  # fmt: skip
