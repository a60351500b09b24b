"""Disputes: noted, talked over, agreed, ended, passed on, talked over once more."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.calendar import years_on
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import optional, required
from genxu.people.models import Account
from genxu.people.raising import raise_matter, standing_of
from genxu.people.roles import Role
from genxu.regions.models import Region

from . import rules
from .choosing import WhoRow, check_no_side, check_peacemaker, day_between, join, judged
from .models import LINE_LIMIT, STORY_LIMIT, TERMS_LIMIT, Dispute, Meeting, Side, sides_of
from .workflow import BEGIN, State

LONG_AGO = timedelta(days=5 * 366)
"""A dispute of earlier years may be noted late; before that the year is a slip of the pen."""
TIER_ABOVE = "specialist"
"""专业事提级办: what could not be settled here goes a level up."""
LONGEST = 20
"""So many years away may be the day by which something agreed is done."""


@action(rules.begin_dispute, locks="hamlet", notes=("told_on",))
def begin_dispute(
    *,
    actor: Actor,
    hamlet: Region,
    kind: str,
    story: str,
    told_on: date,
    sides: Sequence[WhoRow],
    peacemaker: Account | None = None,
    from_matter: int | None = None,
) -> Dispute:
    """Told to the secretary, or to whoever settles it himself; who is a side does neither."""
    if not actor.holds([Role.SECRETARY], hamlet.code):
        peacemaker = Account.objects.filter(pk=actor.account_id or 0).get()
    check_peacemaker(hamlet.code, peacemaker)
    facts = _facts(kind, story, told_on)
    _check_matter(hamlet, from_matter)
    rows = judged(hamlet, sides)
    dispute = Dispute.objects.create(
        hamlet=hamlet, peacemaker=peacemaker, from_matter=from_matter, **facts
    )
    join(dispute, rows)
    check_no_side(dispute, actor)
    dispute.remember(actor, BEGIN, "")
    return dispute


def _facts(kind: str, story: str, told_on: date) -> dict[str, Any]:
    if kind not in Dispute.Kind:
        raise Invalid({"kind": _("Please choose one of those offered.")})
    story = required(story, STORY_LIMIT, "story")
    return {
        "kind": kind,
        "story": story,
        "told_on": day_between(told_on, clock.today() - LONG_AGO, "told_on"),
    }


def _check_matter(hamlet: Region, number: int | None) -> None:
    """A number that is none of the hamlet's matters is a slip of the pen."""
    known = standing_of([number])
    if number is not None and (number not in known or known[number].hamlet != hamlet.code):
        raise Invalid({"from_matter": _("There is no matter with this number in the hamlet.")})


@action(rules.settle_dispute, locks="dispute", notes=("told_on",))
def correct_dispute(
    *, actor: Actor, dispute: Dispute, kind: str, story: str, told_on: date, words: str = ""
) -> Dispute:
    """What was noted wrongly; what stood before is kept."""
    dispute.check_step("correct")
    facts = _facts(kind, story, told_on)
    if dispute.meetings.filter(struck=False, day__lt=told_on).exists():
        raise Invalid({"told_on": _("The sides talked it over before that day.")})
    return dispute.advance(actor, "correct", words=words, **facts)


@action(rules.settle_dispute, locks="dispute")
def add_side(*, actor: Actor, dispute: Dispute, sides: Sequence[WhoRow]) -> Dispute:
    """Somebody else has a part in it, too."""
    dispute.check_step("add_side")
    join(dispute, judged(dispute.hamlet, sides, sides_of(dispute)))
    vars(dispute).pop("_known", None)
    check_no_side(dispute, actor)
    return dispute.advance(actor, "add_side")


@action(rules.settle_dispute, locks="dispute")
def name_peacemaker(*, actor: Actor, dispute: Dispute, peacemaker: Account, words: str) -> Dispute:
    """Chosen or accepted by the sides (人民调解法 23), with a note of how they said so; who is
    related to one of them steps aside by it."""
    dispute.check_step("name")
    words = required(words, dispute.WORDS_LIMIT)
    check_peacemaker(dispute.hamlet_id, peacemaker)
    if dispute.peacemaker_id == peacemaker.pk:
        raise Conflict(_("That is the peacemaker already."))
    dispute.peacemaker = peacemaker
    check_no_side(dispute, actor)
    return dispute.advance(actor, "name", words=words)


# --- talked over ---------------------------------------------------------------------------------


@action(rules.settle_dispute, locks="dispute", notes=("day",))
def note_meeting(
    *, actor: Actor, dispute: Dispute, day: date, came: Sequence[Side], words: str = ""
) -> Dispute:
    """A talk of the sides; that nobody came is an answer, too."""
    dispute.check_step("meet")
    if any(side.dispute_id != dispute.pk for side in came):
        raise Invalid({"came": _("Please choose one of those offered.")})
    day = day_between(day, dispute.told_on, "day")
    words = optional(words, dispute.WORDS_LIMIT)
    meeting = Meeting.objects.create(
        hamlet_id=dispute.hamlet_id, dispute=dispute, day=day, words=words
    )
    meeting.came.set(came)
    return dispute.advance(actor, "meet")


def check_talked(dispute: Dispute, **_parts: Any) -> None:
    """``Conflict`` where there is no talk to strike out."""
    if not dispute.meetings.filter(struck=False).exists():
        raise Conflict(_("No talk of the sides stands here."))


@action(rules.settle_dispute, locks="dispute")
def strike_meeting(*, actor: Actor, dispute: Dispute, meeting: Meeting, words: str) -> Dispute:
    """It was noted wrongly: it stays, struck out, with the reason."""
    dispute.check_step("strike")
    words = required(words, dispute.WORDS_LIMIT)
    if meeting.dispute_id != dispute.pk or meeting.struck:
        raise Invalid({"meeting": _("Please choose one of those offered.")})
    Meeting.objects.filter(pk=meeting.pk).update(struck=True)
    return dispute.advance(actor, "strike", words=words)


# --- agreed --------------------------------------------------------------------------------------


@action(rules.settle_dispute, locks="dispute", notes=("until",))
def draft_agreement(
    *, actor: Actor, dispute: Dispute, terms: str, manner: str = "", until: date | None = None
) -> Dispute:
    """What is to be agreed, how and until when it is done (人民调解法 29): printed to be signed."""
    dispute.check_step("draft")
    facts = _terms(dispute, terms, manner, until)
    return dispute.advance(actor, "draft", agreed_on=None, look_back_on=None, **facts)


@action(rules.settle_dispute, locks="dispute", notes=("until", "agreed_on"))
def agree_dispute(
    *,
    actor: Actor,
    dispute: Dispute,
    terms: str,
    agreed_on: date,
    yes: Mapping[int, str],
    manner: str = "",
    until: date | None = None,
) -> Dispute:
    """Each side has said yes, and how: where all signed or gave their thumb it is on paper
    (人民调解法 29), otherwise by word of mouth, and this is the note of it (28)."""
    dispute.check_step("agree")
    facts = _terms(dispute, terms, manner, until)
    day = day_between(agreed_on, dispute.first_day, "agreed_on")
    if until and until < day:
        raise Invalid({"until": _("That is before the day on which they agreed.")})
    _write_yes(dispute, yes)
    way = Dispute.Way.WORD if Side.Yes.WORD in yes.values() else Dispute.Way.WRITTEN
    return dispute.advance(actor, "agree", way=way, **facts, **dispute.agree_on(day))


def _write_yes(dispute: Dispute, yes: Mapping[int, str]) -> None:
    """``Invalid`` names each side that has said none; what they answered before is of before."""
    sides = sides_of(dispute)
    missing = {f"yes_{one.pk}": _("How did this side say yes?")
               for one in sides if yes.get(one.pk) not in Side.Yes}  # fmt: skip
    if missing:
        raise Invalid(missing)
    for one in sides:
        Side.objects.filter(pk=one.pk).update(
            yes=yes[one.pk], answer="", answered_on=None, word_by=""
        )


def _terms(dispute: Dispute, terms: str, manner: str, until: date | None) -> dict[str, Any]:
    if until and until < dispute.told_on:
        raise Invalid({"until": _("That is before the day on which it was told.")})
    if until and until > years_on(clock.today(), LONGEST):
        raise Invalid({"until": _("That is more than twenty years away; is the year right?")})
    return {
        "terms": required(terms, TERMS_LIMIT, "terms"),
        "manner": optional(manner, LINE_LIMIT, "manner"),
        "until": until,
    }


@action(rules.settle_dispute, locks="dispute")
def amend_agreement(*, actor: Actor, dispute: Dispute, words: str) -> Dispute:
    """Written down otherwise than they agreed: nobody puts it right without a new yes of each."""
    dispute.check_step("amend")
    words = required(words, dispute.WORDS_LIMIT)
    dispute.sides.update(yes="", answer="", answered_on=None, word_by="")
    none: dict[str, Any] = {"agreed_on": None, "look_back_on": None, "way": ""}
    return dispute.advance(actor, "amend", words=words, **none)


# --- ended ---------------------------------------------------------------------------------------


@action(rules.settle_dispute, locks="dispute")
def end_dispute(*, actor: Actor, dispute: Dispute, words: str = "") -> Dispute:
    """No agreement: an honourable end. The sides are told what ways remain (人民调解法 26)."""
    return dispute.advance(actor, "end", words=words)


@action(rules.end_own_dispute, locks="dispute", also_ended=True)
def end_own_dispute(*, actor: Actor, dispute: Dispute, side: Side) -> Dispute:
    """One tap on a side's own page; nobody asks her why."""
    return dispute.advance(actor, "end_own")


@action(rules.settle_dispute, locks="dispute")
def send_up(*, actor: Actor, dispute: Dispute, agreed: bool) -> Dispute:
    """With the consent of the sides it becomes a matter for the level above. It says neither
    who nor of what kind: in a hamlet the kind is a name."""
    check_not_sent(dispute)
    dispute.check_step("send_up")
    if not agreed:
        raise Invalid({"agreed": _("Only if all sides agree.")})
    text = _("Two sides could not agree in the hamlet. They ask the level above for help.")
    number = raise_matter(actor=actor, hamlet=dispute.hamlet, text=text, tier=TIER_ABOVE)
    return dispute.advance(actor, "send_up", matter=number)


def check_not_sent(dispute: Dispute, **_parts: Any) -> None:
    """Once is enough."""
    if dispute.matter is not None:
        raise Conflict(_("It was passed on already."))


@action(rules.settle_dispute, locks="dispute")
def withdraw_dispute(*, actor: Actor, dispute: Dispute, words: str) -> Dispute:
    """There never was such a dispute, or it stands here twice."""
    words = required(words, dispute.WORDS_LIMIT)
    return dispute.advance(actor, "withdraw", words=words)


@action(rules.settle_dispute, locks="dispute")
def reopen_dispute(*, actor: Actor, dispute: Dispute, words: str) -> Dispute:
    """Once after its end; a second time the ways of the law are better."""
    check_not_reopened(dispute)
    dispute.check_step("reopen")
    words = required(words, dispute.WORDS_LIMIT)
    return dispute.advance(
        actor, "reopen", words=words, target=State.TALKED, reopened=True, again_on=clock.today()
    )


def check_not_reopened(dispute: Dispute, **_parts: Any) -> None:
    """``Conflict`` for a second time."""
    if dispute.reopened:
        raise Conflict(_("It was talked over once more already. The ways of the law remain."))
