"""The six elements of a place and its members' wall; what is missing becomes a matter."""

from datetime import date

from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.texts import required
from genxu.organisation.branches.models import Member
from genxu.people.raising import raise_matter as open_matter
from genxu.people.raising import standing_of

from . import rules
from .models import OWNER_LIMIT, Element, Face, Venue
from .queries import members_for_wall

TIER = "common"
"""What is missing in the hamlet's place concerns the hamlet (大家事一起办)."""


@action(rules.keep_venue, locks="venue", notes=("kind", "there", "seen_on"))
def tick_element(
    *, actor: Actor, venue: Venue, kind: str, there: bool, seen_on: date, by: str
) -> Venue:
    """Somebody looked: it is there, or it is not."""
    venue.check_step("tick")
    if kind not in Element.Kind:
        raise Invalid({"kind": _("Please choose one of those offered.")})
    day = happened(seen_on, "seen_on")
    name = clean_name(required(by, OWNER_LIMIT, "by"))
    Element.objects.update_or_create(
        venue=venue, kind=kind,
        defaults={"hamlet_id": venue.hamlet_id, "seen_on": day if there else None, "by": name},
    )  # fmt: skip
    return venue.advance(actor, "tick")


@action(rules.raise_missing, locks="venue", notes=("kind",))
def raise_missing(*, actor: Actor, venue: Venue, kind: str) -> Venue:
    """It becomes a matter, once: while that is open there is no second one."""
    venue.check_step("tick")
    if kind not in Element.Kind:
        raise Invalid({"kind": _("Please choose one of those offered.")})
    element, _made = Element.objects.get_or_create(
        venue=venue, kind=kind, defaults={"hamlet_id": venue.hamlet_id}
    )
    if element.seen_on:
        raise Conflict(_("It is there."))
    standing = standing_of([element.matter])
    if element.matter and not (element.matter in standing and standing[element.matter].ended):
        raise Conflict(_("There is a matter of it already."))
    text = _("%(venue)s lacks: %(element)s") % {"venue": venue.name, "element": element}
    element.matter = open_matter(actor=actor, hamlet=venue.hamlet, text=text, tier=TIER)
    element.save(update_fields=["matter"])
    return venue.advance(actor, "tick")


# --- the wall ------------------------------------------------------------------------------------


@action(rules.hang_face, locks="venue", notes=("agreed_on",))
def hang_face(*, actor: Actor, venue: Venue, member: Member, agreed_on: date) -> Venue:
    """His consent is for this wall and for nothing else."""
    venue.check_step("hang")
    if not members_for_wall(venue).filter(pk=member.pk).exists():
        raise Invalid({"member": _("Please choose one of those offered.")})
    day = happened(agreed_on, "agreed_on")
    Face.objects.create(hamlet_id=venue.hamlet_id, venue=venue, member=member, agreed_on=day)
    return venue.advance(actor, "hang")


@action(rules.take_face_down, locks="venue")
def take_face_down(*, actor: Actor, venue: Venue, face: Face) -> Venue:
    """He agrees no more, or it was hung by mistake."""
    venue.check_step("take_down")
    if not Face.objects.of(actor, venue).filter(pk=face.pk).delete()[0]:
        raise Invalid({"face": _("Please choose one of those offered.")})
    return venue.advance(actor, "take_down")
