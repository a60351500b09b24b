"""Who announces the next talk, and who may say something for it."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, permission
from genxu.people.roles import Role
from genxu.regions.models import Region

from .models import Announcement


@permission(_("Announce the next talk"), roles=[Role.SECRETARY])
def announce_talk(actor: Actor, hamlet: Region) -> Decision:
    """By the secretary of the hamlet's branch; everybody can read it."""
    return ALLOWED


@permission(_("Change an announced talk, or call it off"), roles=[Role.SECRETARY])
def change_announcement(actor: Actor, announcement: Announcement) -> Decision:
    """By the hamlet's secretary, with the reason."""
    return ALLOWED


@permission(_("See announced talks"), roles=Announcement.seen_by, reading=True)
def see_announcements(actor: Actor) -> Decision:
    """What was announced is public; here stands what became of it."""
    return ALLOWED


@permission(_("Say a line for the next talk"), public=True)
def say_for_talk(actor: Actor, hamlet: Region) -> Decision:
    """Anybody, with or without a name: the secretary alone reads it."""
    return ALLOWED
