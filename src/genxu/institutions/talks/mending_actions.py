"""Putting right what was written down of a talk; what stood before is kept and shown."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.codes import replaced_code
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.institutions.matters.actions import check_not_touched, withdraw_matter
from genxu.institutions.matters.models import Matter, Suggestion, Voice
from genxu.institutions.matters.workflow import State as MatterState
from genxu.people.models import Household

from . import rules
from .actions import (
    LIMITS,
    Gathering,
    Said,
    check_gathering,
    check_nobody_spoke,
    check_said,
    raiser_of,
    write_said,
    wrong_household,
    wrong_words,
)
from .models import FACTS, Photo, Raised, Talk
from .workflow import TAKE_IN

WORDS_LIMIT = Talk.WORDS_LIMIT


@action(rules.mend_talk, locks="talk")
def correct_talk(*, actor: Actor, talk: Talk, gathering: Gathering, words: str) -> Talk:
    """Date, place, topic, heads, host, recorder, with the reason. On another day it has another
    number, agenda and place among the talks, and so has what follows it."""
    talk.check_step("correct")
    check_gathering(gathering, uncounted=talk.head_count is None)
    check_said(talk.hamlet, [], gathering.topic)
    if gathering.head_count == 0 and talk.raised.exists():
        raise Invalid({"head_count": _("Something was said there, so somebody came.")})
    words = required(words, WORDS_LIMIT)
    facts = {name: getattr(gathering, name) for name in FACTS}
    facts |= {name: facts[name].strip() for name in LIMITS}
    if all(getattr(talk, name) == value for name, value in facts.items()):
        raise Invalid({"words": _("Nothing is changed yet.")})
    talk = talk.advance(actor, "correct", words=words, **facts)
    talk.said_that_day()
    return talk


@action(rules.correct_said, locks="talk", notes=("suggestion",))
def correct_said(
    *,
    actor: Actor,
    talk: Talk,
    suggestion: Suggestion,
    text: str,
    words: str,
    household: Household | None = None,
    name: str = "",
    reply: str = "",
) -> Talk:
    """What was said, by whom, and what was replied, with the reason. If somebody else said it, a
    receipt that was given out opens nothing any more: she has a new one."""
    suggestion = _of(talk, suggestion)
    new_reply = reply if reply.strip() != suggestion.reply else ""  # of before it was shut
    if suggestion.response != Suggestion.Response.TAKEN_UP:
        new_reply = reply
    wrong = wrong_words(Said(text, suggestion.response, new_reply, household, name))
    wrong += wrong_household(household, talk.hamlet_id) if household else []
    if wrong:
        raise Invalid(dict(wrong))
    words = required(words, WORDS_LIMIT)
    fields = {"text": text.strip(), "reply": reply.strip(), **raiser_of(household, name)}
    before = {field: getattr(suggestion, field) for field in fields}
    changed = {field for field, value in fields.items() if before[field] != value}
    if not changed:
        raise Invalid({"words": _("Nothing is changed yet.")})
    replaced: dict[str, Any] = {field: before[field] for field in sorted(changed)}
    if changed - {"text", "reply"}:
        replaced["who"] = suggestion.raiser or str(suggestion.get_raised_by_display())
        fields |= replaced_code() if suggestion.printed_at else {}
    for field, value in fields.items():
        setattr(suggestion, field, value)
    suggestion.save(update_fields=list(fields))
    about = {"suggestion": suggestion, "replaced": replaced}
    return talk.advance(actor, "correct_said", words=words, about=about)


def _of(talk: Talk, suggestion: Suggestion) -> Suggestion:
    """The suggestion as it is now; ``Invalid`` if it was made elsewhere."""
    rows = Suggestion.objects.select_related("household").filter(raised__talk=talk)
    found = rows.filter(pk=suggestion.pk).first()
    if found is None:
        raise Invalid({"suggestion": _("This was not said at this talk.")})
    return found


@action(rules.mend_talk, locks="talk")
def add_said(*, actor: Actor, talk: Talk, said: Sequence[Said]) -> Talk:
    """What was said too, and forgotten when the talk was written down."""
    talk.check_step("add")
    if not said:
        raise Invalid({"text": _("Please write down what was said.")})
    check_nobody_spoke(talk.head_count, said)
    check_said(talk.hamlet, said, "")
    write_said(actor, talk, said, after=_last_place(talk))
    return talk.advance(actor, "add")


def _last_place(talk: Talk) -> int:
    last = talk.raised.order_by("-position").first()
    return last.position if last else 0


def _both_locked(*, talk: Talk, other: Talk, **_rest: Any) -> None:
    """In the order of their keys: two who join them crosswise do not wait for each other."""
    rows = Talk.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk__in=[talk.pk, other.pk]).order_by("pk"))


@action(rules.mend_talk, locks="talk", notes=("other",), first=_both_locked)
def join_talks(*, actor: Actor, talk: Talk, other: Talk, words: str = "") -> Talk:
    """The same evening was written down twice: what was said here, and the pictures, move to the
    ``other``, which stands; this one leads there."""
    other = _double_of(talk, other)
    if other.nobody_came and talk.raised.exists():
        raise Invalid({"other": _("There nobody came, it says; join that one with this instead.")})
    for n, raised in enumerate(talk.raised.order_by("position"), _last_place(other) + 1):
        Raised.objects.filter(pk=raised.pk).update(talk=other, position=n)
    Photo.objects.filter(talk=talk).update(talk=other)
    other.said_that_day()
    other.version += 1
    other.save(update_fields=["version"])
    other.remember(actor, TAKE_IN, other.state)
    return talk.advance(actor, "join", words=words, joined_to=other)


def check_has_others(talk: Talk, **_parts: Any) -> None:
    """``Conflict`` in a hamlet that has no other talk."""
    if not Talk.objects.standing().filter(hamlet=talk.hamlet_id).exclude(pk=talk.pk).exists():
        raise Conflict(_("There is no other talk of this hamlet."))


def _double_of(talk: Talk, other: Talk) -> Talk:
    found = Talk.objects.standing().filter(hamlet=talk.hamlet_id, pk=other.pk).first()
    if found is None or found.pk == talk.pk:
        raise Invalid({"other": _("Choose another talk of this hamlet that stands.")})
    return found


@action(rules.mend_talk, locks="talk")
def withdraw_talk(*, actor: Actor, talk: Talk, words: str) -> Talk:
    """It was written down by mistake. What was said there goes with it, and the matters behind
    which nobody else stands, as long as nobody has dealt with them."""
    words = required(words, WORDS_LIMIT)
    talk.check_step("withdraw")
    check_can_be_withdrawn(talk)
    matters = Matter.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=_own(talk))
    for matter in matters.order_by("pk"):
        withdraw_matter(actor, matter, words)
    said = Suggestion.objects.filter(raised__talk=talk)
    joined = Voice.objects.filter(suggestion__in=said).exclude(matter__state=MatterState.WITHDRAWN)
    replaced = {"voices": list(joined.order_by("pk").values_list("matter_id", "suggestion_id"))}
    joined.delete()
    said.update(withdrawn_on=clock.today())
    return talk.advance(actor, "withdraw", words=words, about={"replaced": replaced})


def _own(talk: Talk) -> set[int]:
    """The matters that only suggestions of this talk are behind."""
    voices = Voice.objects.filter(suggestion__raised__talk=talk)
    others = Voice.objects.filter(matter__in=voices.values("matter")).exclude(
        suggestion__in=voices.values("suggestion")
    )
    found = set(voices.values_list("matter_id", flat=True))
    return found - set(others.values_list("matter_id", flat=True))


def check_can_be_withdrawn(talk: Talk, **_parts: Any) -> None:
    """``Conflict`` that says which matter stands against it: somebody has dealt with it, or one
    who spoke here has judged it."""
    check_not_touched(_own(talk))
    judged = Matter.objects.filter(verdicts__suggestion__raised__talk=talk).order_by("pk").first()
    if judged is not None:
        message = _("Matter No. %(n)s was judged by who raised it here already.")
        raise Conflict(message % {"n": judged.pk})


def goes_with(talk: Talk) -> int:
    """How many matters are withdrawn with a talk."""
    return len(_own(talk))
