"""The demonstration: building its world, and entering it without a password."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.core.models import JournalEntry


@permission(_("Build the demonstration world"), roles=[SYSTEM_ROLE])
def build_world(actor: Actor) -> Decision:
    """Only in demonstration and in tests, never where people's records are kept."""
    if settings.DEMONSTRATION:
        return ALLOWED
    return denied(_("A demonstration world is built in demonstration mode only."))


@permission(_("Enter as one of the cast"), public=True)
def enter_as_cast(actor: Actor) -> Decision:
    """Only in demonstration, and only in a world that was built for it."""
    built = JournalEntry.objects.filter(subject_type="regions.region", action="demo.build_world")
    if settings.DEMONSTRATION and built.exists():
        return ALLOWED
    return denied(_("There is no cast here: this is no demonstration."))
