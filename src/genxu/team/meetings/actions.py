"""Noting what was held; correcting it, withdrawing it; training of the township."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.organisation.branches.models import Member, Organisation
from genxu.regions.models import Region

from . import rules
from .models import FACTS, TOPIC_LIMIT, How, Kind, Meeting, Training, write_attendance
from .workflow import NOTE

LONG_AGO = timedelta(days=3 * 366)
MOST_HALVES = 48


@dataclass(frozen=True)
class Held:
    """What was held; ``attended`` is member → how it reached her."""

    kind: str
    held_on: date
    topic: str
    hours: Decimal = Decimal(0)
    attended: Mapping[int, str] = field(default_factory=dict)

    def cleaned(self) -> dict[str, Any]:
        """As it is kept; ``Invalid`` names every field that is wrong."""
        if self.kind not in Kind:
            raise Invalid({"kind": _("Please choose one of those offered.")})
        topic = required(self.topic, TOPIC_LIMIT, "topic")
        return {
            "kind": self.kind,
            "held_on": clean_day(self.held_on),
            "topic": topic,
            "half_hours": clean_halves(self.hours),
        }


@action(rules.note_meeting, locks="hamlet", notes=("organisation",))
def note_meeting(
    *,
    actor: Actor,
    hamlet: Region,
    organisation: Organisation,
    held: Held,
    another: bool = False,
) -> Meeting:
    """A meeting of an organisation. Nobody came is an answer too; a second one of the same kind on
    one day is kept only where somebody says so (``another``)."""
    facts = held.cleaned()
    if not organisation.is_standing or organisation.hamlet_id != hamlet.code:
        raise Conflict(_("No Party organisation has its seat in this hamlet."))
    same = Meeting.objects.standing().filter(
        organisation=organisation, kind=held.kind, held_on=held.held_on
    )
    if not another and same.exists():
        told = _("One of this kind is noted for that day. Tick below if this is another one.")
        raise Invalid({"another": told})
    attended = _members_among(organisation, held)
    meeting = Meeting(
        hamlet_id=organisation.hamlet_id,
        organisation=organisation,
        noted_on=clock.today(),
        **facts,
    )
    meeting.save()
    write_attendance(meeting, attended)
    meeting.remember(actor, NOTE, "")
    return meeting


@action(rules.change_meeting, locks="meeting")
def correct_meeting(*, actor: Actor, meeting: Meeting, held: Held, words: str) -> Meeting:
    """Put right what was noted, with the reason; what stood before is kept."""
    facts, words = held.cleaned(), required(words, Meeting.WORDS_LIMIT)
    stood = dict(meeting.attended.order_by("member").values_list("member", "how"))
    attended = _members_among(meeting.organisation, held, stood)
    if attended == stood and all(getattr(meeting, name) == facts[name] for name in FACTS):
        raise Invalid({"topic": _("That is what stands there already.")})
    meeting.check_step("correct")
    write_attendance(meeting, attended)
    replaced = {"attended": list(map(list, stood.items()))} if attended != stood else {}
    return meeting.advance(actor, "correct", words=words, about={"replaced": replaced}, **facts)


@action(rules.change_meeting, locks="meeting")
def withdraw_meeting(*, actor: Actor, meeting: Meeting, words: str) -> Meeting:
    """It was never held so: kept to be read, counted nowhere."""
    return meeting.advance(actor, "withdraw", words=required(words, Meeting.WORDS_LIMIT))


@action(rules.offer_training, locks="place")
def offer_training(
    *, actor: Actor, place: Region, held_on: date, topic: str, hours: Decimal
) -> Training:
    """Training that all members of the township could come to."""
    topic, held_on, halves = required(topic, TOPIC_LIMIT, "topic"), clean_day(held_on), 0
    if not (halves := clean_halves(hours)):
        raise Invalid({"hours": _("How many hours of study was it?")})
    facts = {"place": place, "held_on": held_on, "topic": topic}
    if Training.objects.filter(withdrawn_on=None, **facts).exists():
        raise Conflict(_("This training is noted already."))
    return Training.objects.create(half_hours=halves, **facts)


@action(rules.withdraw_training, locks="training")
def withdraw_training(*, actor: Actor, training: Training) -> Training:
    """Written down by mistake; it counts no more."""
    if training.withdrawn_on:
        raise Conflict(_("It is withdrawn already."))
    training.withdrawn_on = clock.today()
    training.save(update_fields=["withdrawn_on"])
    return training


def clean_day(day: date) -> date:
    """``Invalid`` at ``held_on`` for a day to come, or one long past."""
    too_early = _("That is more than three years ago; is the year right?")
    return happened(day, "held_on", clock.today() - LONG_AGO, too_early)


def clean_halves(hours: Decimal) -> int:
    """Hours in halves; ``Invalid`` at ``hours`` for what is none of a day."""
    halves = hours * 2
    if halves != halves.to_integral_value() or not 0 <= halves <= MOST_HALVES:
        raise Invalid({"hours": _("In half hours, of one day: 0, 0.5, 1 … 24.")})
    return int(halves)


def _members_among(
    organisation: Organisation, held: Held, stood: Mapping[int, str] | None = None
) -> dict[int, str]:
    """Whom it reached: members on the list on that day or now, or those written down before."""
    rows = Member.objects.filter(organisation=organisation).exclude(left_on__lt=held.held_on)
    known = set(rows.values_list("pk", flat=True)) | set(stood or ())
    if not set(held.attended) <= known or not set(held.attended.values()) <= {*How}:
        raise Invalid({"came": _("Somebody on the list has left. Look at it once more.")})
    return dict(sorted(held.attended.items()))
