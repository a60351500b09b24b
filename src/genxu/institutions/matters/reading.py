"""That a matter was read: personal ones are sensitive, and one that was sent up is opened by it."""

from datetime import datetime

from genxu.core.access import Actor
from genxu.core.journal import note_read
from genxu.core.models import JournalEntry

from . import rules
from .models import Matter, MatterStep
from .workflow import COUNT_ANEW, SHARED_TIERS

OF_THE_SENDER = ("urge", COUNT_ANEW)
"""Steps that nobody takes where it lies."""


def sent_up(matter: Matter) -> MatterStep | None:
    """The step that sent it to where it lies, if nobody there has taken one since."""
    last = matter.steps.exclude(step__in=OF_THE_SENDER).order_by("-pk").first()
    return last if last and last.step == "pass_up" else None


def opened_at(matter: Matter, sent: MatterStep) -> datetime | None:
    """When somebody opened it where it was sent. That is the reading which the journal notes: it
    is there anyway, sealed, and no page has to write into the matter by being looked at."""
    read = JournalEntry.objects.filter(
        detail__office__endswith=f"@{matter.place_id}",
        subject_type=matter._meta.label_lower, subject_id=str(matter.pk),
        action=rules.read_matter.name, reading=True, at__gte=sent.at,
    )  # fmt: skip
    first = read.order_by("pk").first()
    return first.at if first else None


def note_reading(actor: Actor, matter: Matter) -> None:
    """Log that a personal matter, or one that may turn out to be, was read; and that one which was
    sent up was opened there."""
    if matter.tier not in SHARED_TIERS or _opens(actor, matter):
        note_read(actor=actor, action=rules.read_matter.name, subject=matter)


def _opens(actor: Actor, matter: Matter) -> bool:
    if matter.place_id == matter.hamlet_id or not rules.handles(actor, matter):
        return False
    sent = sent_up(matter)
    return sent is not None and opened_at(matter, sent) is None
