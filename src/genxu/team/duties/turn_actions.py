"""Swapping turns, standing in, and noting what was found on the day."""

from datetime import timedelta

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.people.raising import raise_matter

from . import rules
from .models import DutyDay, Found, OnRota, Rota, Turn
from .plans import Note
from .queries import person_of, turn_of

LATE = timedelta(days=31)
"""So long afterwards it can still be told who stood in, and what was found."""


@action(rules.offer_turn, locks="rota")
def offer_turn(*, actor: Actor, rota: Rota, turn: Turn) -> Turn:
    """Whoever of the rota likes may take it; until then it stays hers."""
    turn = _to_come(rota, turn)
    if turn.is_offered:
        raise Conflict(_("It is offered already."))
    turn.offered_at = clock.now()
    turn.save(update_fields=["offered_at"])
    rota.advance(actor, "offer", about={"day": turn.day, "person": turn.person})
    return turn


@action(rules.withdraw_turn, locks="rota")
def withdraw_turn(*, actor: Actor, rota: Rota, turn: Turn) -> Turn:
    """She can come after all, as long as nobody has taken it."""
    turn = _to_come(rota, turn)
    if not turn.is_offered:
        raise Conflict(_("%(name)s has this turn now.") % {"name": turn.person})
    turn.offered_at = None
    turn.save(update_fields=["offered_at"])
    rota.advance(actor, "withdraw", about={"day": turn.day, "person": turn.person})
    return turn


@action(rules.take_turn, locks="rota")
def take_turn(*, actor: Actor, rota: Rota, turn: Turn, person: OnRota) -> Turn:
    """The first has it; whoever comes second reads who that was."""
    turn, person = _to_come(rota, turn), person_of(rota, person.pk)
    if turn.person_id == person.pk:
        raise Conflict(_("That is your own turn."))
    if not turn.is_offered:
        raise Conflict(_("%(name)s has this turn now.") % {"name": turn.person})
    _pass_on(rota, turn, person, Turn.How.SWAPPED)
    rota.advance(actor, "take", about=_about(turn))
    return turn


@action(rules.hand_turn, locks="rota")
def hand_turn(
    *, actor: Actor, rota: Rota, turn: Turn, person: OnRota, back: Turn | None = None
) -> Turn:
    """As two have told the secretary: the one comes for the other, ``back`` in exchange."""
    turn, person = _to_come(rota, turn), person_of(rota, person.pk)
    if turn.person_id == person.pk:
        raise Invalid({"person": _("That is whose turn it is already.")})
    before = turn.person
    if back is not None:
        back = _to_come(rota, back)
        if back.person_id != person.pk:
            raise Invalid({"back": _("That is not a turn of the one who comes instead.")})
    _pass_on(rota, turn, person, Turn.How.SWAPPED)
    rota.advance(actor, "hand", about=_about(turn))
    if back is not None:
        _pass_on(rota, back, before, Turn.How.SWAPPED)
        rota.advance(actor, "hand", about=_about(back))
    return turn


@action(rules.stand_in, locks="rota")
def stand_in(*, actor: Actor, rota: Rota, turn: Turn, person: OnRota) -> Turn:
    """Somebody came in another one's place, told on the day or afterwards."""
    rota.check_step("stand_in")
    turn, person = turn_of(rota, turn.pk), person_of(rota, person.pk)
    _check_is_due(turn)
    if not (spoken := rules.speaks_for(actor, rota, person)):
        raise Denied(spoken.reason)
    if turn.person_id == person.pk:
        raise Invalid({"person": _("That is whose turn it is already.")})
    _pass_on(rota, turn, person, Turn.How.TAKEN_OVER)
    rota.advance(actor, "stand_in", about=_about(turn))
    return turn


@action(rules.note_day, locks="rota")
def note_day(*, actor: Actor, rota: Rota, turn: Turn, note: Note) -> DutyDay:
    """What was found on the day of a turn; what is to be seen to becomes a matter. Noted anew it is
    corrected: what stood before is kept beside it, and a matter that was opened goes on."""
    if rota.is_draft:
        raise Conflict(_("The rota is not made known yet."))
    turn, note = turn_of(rota, turn.pk), note.cleaned()
    _check_is_due(turn)
    _check_note(rota, note)
    noted = rota.noted.filter(day=turn.day).first() or DutyDay(
        rota=rota, hamlet_id=rota.hamlet_id, day=turn.day
    )
    if noted.pk:
        noted.before = [*noted.before, [noted.found, noted.head_count]]
    noted.found, noted.head_count = note.found, note.head_count
    noted.noted_on, noted.by_id = clock.today(), actor.account_id
    if note.found == Found.SOMETHING:
        noted.matter = raise_matter(actor=actor, hamlet=rota.hamlet, text=note.text)
    noted.save()
    return noted


def _to_come(rota: Rota, turn: Turn) -> Turn:
    """The turn as it is now; ``Conflict`` where nothing can be swapped any more."""
    rota.check_step("offer")
    turn = turn_of(rota, turn.pk)
    if turn.is_over:
        raise Conflict(_("That day is over: say who stood in."))
    return turn


def _pass_on(rota: Rota, turn: Turn, person: OnRota, how: Turn.How) -> None:
    if rota.turns.filter(day=turn.day, person=person).exclude(pk=turn.pk).exists():
        told = _("%(name)s has a turn on that day already.") % {"name": person}
        raise Invalid({"person": told})
    turn.person, turn.instead_of, turn.how, turn.offered_at = person, turn.person, how, None
    turn.save()


def _about(turn: Turn) -> dict[str, object]:
    return {"day": turn.day, "person": turn.instead_of, "other": turn.person}


def _check_is_due(turn: Turn) -> None:
    if turn.day > clock.today():
        raise Conflict(_("That day is still to come."))
    if turn.day < clock.today() - LATE:
        raise Conflict(_("That is more than a month ago; it stays as it is."))


def _check_note(rota: Rota, note: Note) -> None:
    if note.found not in Found.values:
        raise Invalid({"found": _("Please choose one of those offered.")})
    if note.found == Found.SOMETHING and not note.text:
        raise Invalid({"text": _("Please say what is to be seen to.")})
    if note.head_count is not None and not 0 <= note.head_count <= 999:
        raise Invalid({"head_count": _("0 to 999 people.")})
