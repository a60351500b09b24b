"""What the code on a household's slip opens."""

from genxu.core.codes import has_code

from .models import HouseholdLink
from .own_access import kept_of, own_path


def opens(typed: str) -> str:
    """The path of the household's own page; empty if no household has this code."""
    link = HouseholdLink.objects.select_related("household").filter(has_code(typed)).first()
    return own_path(kept_of(link.household)) if link else ""
