"""Who may do what in an appraisal."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, denied, permission
from genxu.people.roles import KEEPERS, Role
from genxu.regions.models import Region

from .models import Appeal, Appraisal, Entry


def is_own(actor: Actor, entry: Entry) -> bool:
    return actor.account_id is not None and entry.member.account_id == actor.account_id


def _own_or_kept(actor: Actor, entry: Entry) -> Decision:
    if is_own(actor, entry) or actor.holds(KEEPERS, entry.hamlet_id):
        return ALLOWED
    return denied(_("This is for the member himself, and for those who keep the organisation."))


@permission(_("See the appraisals of members"), roles=KEEPERS, reading=True)
def see_appraisals(actor: Actor) -> Decision:
    """In the order of the roll, never of the grades; each reading is logged."""
    return ALLOWED


@permission(_("See one's own appraisals"), roles=[Role.MEMBER], reading=True)
def see_own_appraisals(actor: Actor) -> Decision:
    """What one said oneself, what others said, and the grade once it is told."""
    return ALLOWED


@permission(_("See a member's part in an appraisal"), roles=Entry.seen_by, reading=True)
def see_entry(actor: Actor, entry: Entry) -> Decision:
    """The member himself, and those who keep the organisation."""
    return _own_or_kept(actor, entry)


@permission(_("Begin an appraisal"), roles=KEEPERS)
def begin_appraisal(actor: Actor, hamlet: Region) -> Decision:
    """Once a year, by those who keep the organisation."""
    if not hamlet.is_hamlet:
        return denied(_("Choose a hamlet first."))
    return ALLOWED


@permission(_("Lead an appraisal"), roles=KEEPERS)
def lead_appraisal(actor: Actor, appraisal: Appraisal) -> Decision:
    """By those who keep the organisation."""
    return ALLOWED


@permission(_("Give one's own word"), roles=Entry.seen_by)
def give_own_word(actor: Actor, entry: Entry) -> Decision:
    """自评: himself; noted down for who has no phone."""
    return _own_or_kept(actor, entry)


@permission(_("Say something of another member"), roles=Entry.seen_by)
def say_of_member(actor: Actor, entry: Entry) -> Decision:
    """互评: ``entry`` is the one who speaks."""
    return _own_or_kept(actor, entry)


@permission(_("Appeal against one's grade"), roles=Entry.seen_by)
def appeal_grade(actor: Actor, entry: Entry) -> Decision:
    """To the township; noted down for who has no phone."""
    return _own_or_kept(actor, entry)


@permission(_("See an appeal"), roles=Appeal.seen_by, reading=True)
def see_appeal(actor: Actor, appeal: Appeal) -> Decision:
    """The member himself, and those who keep the organisation."""
    return _own_or_kept(actor, appeal.entry)


@permission(_("Decide an appeal"), roles=[Role.TOWNSHIP_STAFF])
def decide_appeal(actor: Actor, appeal: Appeal) -> Decision:
    """By the township, with reasons."""
    if is_own(actor, appeal.entry):
        return denied(_("Nobody decides on his own appeal."))
    return ALLOWED
