"""Opening a household's own page by the code on its slip: the code is the power."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from genxu.core.access import HOUSEHOLD_ROLE, Actor, Grant, Kind
from genxu.core.errors import Missing
from genxu.core.ratelimit import count_try

from .models import CODE_LENGTH, Household

WRONG_CODES_A_MINUTE = 10


def holder_of(household: Household) -> Actor:
    """Whoever holds the slip of a household: acts for this household only."""
    grant = Grant(HOUSEHOLD_ROLE, household.hamlet_id)
    return Actor(Kind.HOUSEHOLD, str(household.pk), "", (grant,))


def own_path(code: str) -> str:
    """The address of a household's own page; the portal shows it."""
    return reverse("own_page", args=[clean_code(code)])


def clean_code(code: str) -> str:
    """As it stands on the slip: spaces, dashes and small letters are forgiven."""
    return code.upper().replace("-", "").replace(" ", "")


def household_by_code(request: HttpRequest, code: str) -> Household:
    """The household whose slip this is, with its hamlet; that of a double opens the kept one.

    Spaces, dashes and small letters are forgiven. ``Missing`` if there is none; an address that
    tries many wrong codes is slowed down (``TooMany``).
    """
    household = _find(code)
    if household is None:
        count_try(request, "household", WRONG_CODES_A_MINUTE)
        raise Missing(
            _("There is no household with this code. Please compare it letter by letter.")
        )
    return household


def _find(code: str) -> Household | None:
    key = clean_code(code)
    if len(key) != CODE_LENGTH or not (key.isascii() and key.isalnum()):
        return None
    found = Household.objects.select_related("hamlet")
    household = found.filter(link__code=key).first()
    while household is not None and household.merged_into_id is not None:
        household = found.filter(pk=household.merged_into_id).first()
    return household
