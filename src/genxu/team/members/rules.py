"""Who sees and keeps what concerns a member."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.organisation.branches.models import Member
from genxu.people.roles import KEEPERS, Role
from genxu.regions.models import Region

from .models import SEEN_BY, Objection, Post, Promise


def is_own(actor: Actor, member: Member) -> bool:
    return actor.account_id is not None and member.account_id == actor.account_id


def keeps(actor: Actor, hamlet: str) -> bool:
    return actor.holds(KEEPERS, hamlet)


def _own_or_kept(actor: Actor, member: Member) -> Decision:
    if is_own(actor, member) or keeps(actor, member.hamlet_id):
        return ALLOWED
    return denied(_("This is for the member himself, and for those who keep the organisation."))


@permission(_("See the members and what they have taken on"), roles=KEEPERS, reading=True)
def see_members(actor: Actor) -> Decision:
    """Membership is sensitive (个人信息保护法 28); each reading is logged."""
    return ALLOWED


@permission(_("See one's own membership"), roles=[Role.MEMBER], reading=True)
def see_own_membership(actor: Actor) -> Decision:
    """What one has taken on and promised, and what is told of one."""
    return ALLOWED


@permission(_("See what a member has taken on"), roles=SEEN_BY, reading=True)
def see_member(actor: Actor, member: Member) -> Decision:
    """The member himself, and those who keep the organisation."""
    return _own_or_kept(actor, member)


@permission(_("Take a post on"), roles=SEEN_BY)
def take_post(actor: Actor, member: Member) -> Decision:
    """By the member himself; noted down for him by those who keep the organisation."""
    return _own_or_kept(actor, member)


@permission(_("Give a promise"), roles=SEEN_BY)
def give_promise(actor: Actor, member: Member) -> Decision:
    """By the member himself; noted down for him by those who keep the organisation."""
    return _own_or_kept(actor, member)


@permission(_("Let one's membership be seen"), roles=SEEN_BY)
def show_membership(actor: Actor, member: Member) -> Decision:
    """His own word, for as long as he likes (个人信息保护法 15, 29); noted down for who has no
    phone."""
    return _own_or_kept(actor, member)


@permission(_("Say that one has read what is told of one"), roles=SEEN_BY)
def read_deeds(actor: Actor, member: Member) -> Decision:
    """He sees each line before anybody else; for who has no phone it is read to him."""
    return _own_or_kept(actor, member)


@permission(_("Object to a line told of one"), roles=SEEN_BY)
def object_to_deed(actor: Actor, member: Member) -> Decision:
    """His own word; noted down for who has no phone."""
    return _own_or_kept(actor, member)


@permission(_("Give up a post"), roles=SEEN_BY)
def change_post(actor: Actor, post: Post) -> Decision:
    """By whoever may take it on."""
    return _own_or_kept(actor, post.member)


@permission(_("Say what became of a promise"), roles=SEEN_BY)
def change_promise(actor: Actor, promise: Promise) -> Decision:
    """By whoever may give it."""
    return _own_or_kept(actor, promise.member)


@permission(_("See an objection"), roles=SEEN_BY, reading=True)
def see_objection(actor: Actor, objection: Objection) -> Decision:
    """The member himself, and those who answer it."""
    return _own_or_kept(actor, objection.member)


@permission(_("Answer an objection"), roles=KEEPERS)
def answer_objection(actor: Actor, objection: Objection) -> Decision:
    """By those who keep the organisation; nobody answers his own."""
    if is_own(actor, objection.member):
        return denied(_("Nobody answers his own objection: the village or the township does."))
    return ALLOWED


@permission(_("Take in posts of members"), roles=(*KEEPERS, SYSTEM_ROLE))
def record_posts(actor: Actor, place: Region) -> Decision:
    """From a spreadsheet: what members have taken on, noted down for them."""
    return ALLOWED


@permission(_("Print the plates of members"), roles=KEEPERS, reading=True)
def print_plates(actor: Actor) -> Decision:
    """Of those who let their membership be seen; each printing is logged."""
    return ALLOWED
