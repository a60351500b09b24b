"""Recording a talk: one form makes the minutes, the suggestions, the matters and the agenda."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_new
from genxu.core.codes import code_values
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import too_long
from genxu.institutions.announcements.actions import pass_with_talk
from genxu.institutions.announcements.models import Wish
from genxu.institutions.matters.models import (
    TEXT_LIMIT,
    TITLE_LIMIT,
    WORDS_LIMIT,
    Matter,
    Suggestion,
    Voice,
)
from genxu.institutions.matters.opening import NewMatter, check_title, register, title_from
from genxu.institutions.matters.queries import joinable
from genxu.institutions.matters.workflow import SHARED_TIERS, Tier
from genxu.people.models import Household
from genxu.people.privacy import named_person
from genxu.regions.models import Region

from . import rules
from .models import Photo, Raised, Talk

HEADS_LIMIT = 2000
LONG_AGO = timedelta(days=5 * 366)
LIMITS = {"venue": 60, "topic": 60, "host": 40, "recorder": 40}
SUGGESTIONS_LIMIT = 60
Response = Suggestion.Response


@dataclass(frozen=True)
class Said:
    """One suggestion as the secretary noted it.

    ``household`` or ``name`` say who raised it, neither means nobody named. A suggestion taken up
    opens a matter, or joins the one in ``joins``; ``tier`` triages the new matter at once,
    ``title`` is what it is called where the first sentence is too long, or names somebody.
    ``wish`` is the key of the line for the talk that it was, if somebody had sent it before.
    """

    text: str
    response: str
    reply: str = ""
    household: Household | None = None
    name: str = ""
    tier: str = ""
    joins: Matter | None = None
    title: str = ""
    wish: int | None = None

    @property
    def shown_title(self) -> str:
        """What the matter that it opens is called."""
        return self.title.strip() or title_from(self.text)


@dataclass(frozen=True)
class Gathering:
    """When and where people met, about what, and how many they were: 0 if nobody came, None if
    nobody counted. What was said stands for itself: then neither that nor the topic is needed."""

    held_on: date
    venue: str
    topic: str
    head_count: int | None
    host: str
    recorder: str
    photos: "Sequence[ContentFile[bytes]]" = field(default=())


class AlreadyRecorded(Conflict):
    """Of this evening a talk of the hamlet stands already."""


@action(rules.record_talk, locks="hamlet")
def record_talk(
    *,
    actor: Actor,
    hamlet: Region,
    gathering: Gathering,
    said: Sequence[Said],
    another: bool = False,
    wishes: Sequence[Wish] = (),
) -> Talk:
    """Write down a talk of a hamlet with all that was said, and open what was taken up.

    A second one of the same evening is taken for the same, unless it is said to be ``another``.
    ``wishes`` are the lines that had been sent for it and stood on her form: taken, or left.
    """
    if said and not gathering.topic.strip():
        gathering = replace(gathering, topic=_("Evening talk"))
    check_gathering(gathering, uncounted=bool(said))
    check_said(hamlet, said, gathering.topic)
    check_nobody_spoke(gathering.head_count, said)
    if not another:
        check_is_the_only(hamlet, gathering.held_on)
    talk = Talk(
        hamlet=hamlet,
        held_on=gathering.held_on,
        venue=gathering.venue.strip(),
        topic=gathering.topic.strip(),
        head_count=gathering.head_count,
        host=gathering.host.strip(),
        recorder=gathering.recorder.strip(),
        recorded_by_id=actor.account_id,
        recorded_at=clock.now(),
    )
    insert_new([talk])
    write_said(actor, talk, said)
    for photo in gathering.photos:
        Photo.objects.create(talk=talk, file=photo)
    taken = [one.wish for one in said if one.wish]
    pass_with_talk(actor, hamlet, talk.held_on, wishes, taken)
    return talk


def check_is_the_only(hamlet: Region, day: date) -> None:
    """``AlreadyRecorded`` if a talk of the hamlet on that day stands."""
    if Talk.objects.standing().filter(hamlet=hamlet, held_on=day).exists():
        raise AlreadyRecorded(
            _("Of this day a talk of the hamlet is recorded already. Look whether it is the same.")
        )


def check_nobody_spoke(head_count: int | None, said: Sequence[Said]) -> None:
    """Where nobody came, nobody said anything."""
    if head_count == 0 and said:
        message = _("If nobody came, nothing was said; how many were there?")
        raise Invalid({"head_count": message})


def write_said(actor: Actor, talk: Talk, said: Sequence[Said], after: int = 0) -> None:
    """The suggestions made at a talk, in their places ``after`` those it has, with what they
    open; part of an action."""
    suggestions = [_suggestion(talk, one) for one in said]
    insert_new(suggestions)
    insert_new(
        [
            Raised(talk=talk, suggestion=suggestion, position=n)
            for n, suggestion in enumerate(suggestions, after + 1)
        ]
    )
    _open_matters(actor, talk.hamlet, said, suggestions)


def _open_matters(
    actor: Actor, hamlet: Region, said: Sequence[Said], suggestions: Sequence[Suggestion]
) -> None:
    taken_up = [
        (one, suggestion)
        for one, suggestion in zip(said, suggestions, strict=True)
        if one.response == Response.TAKEN_UP
    ]
    new = [
        NewMatter(suggestion, one.shown_title, one.tier)
        for one, suggestion in taken_up
        if one.joins is None
    ]
    if new:
        register(actor=actor, hamlet=hamlet, new=new)
    insert_new(
        [
            Voice(matter=one.joins, suggestion=suggestion)
            for one, suggestion in taken_up
            if one.joins
        ]
    )


def _suggestion(talk: Talk, one: Said) -> Suggestion:
    return Suggestion(
        hamlet_id=talk.hamlet_id,
        said_on=talk.held_on,
        text=one.text.strip(),
        **raiser_of(one.household, one.name),
        response=one.response,
        reply=one.reply.strip(),
        recorded_at=clock.now(),
        **code_values(),
    )


def raiser_of(household: Household | None, name: str) -> dict[str, Any]:
    """Who raised a suggestion, as its fields say it: a household, somebody by name, nobody."""
    name = "" if household else name.strip()
    raised_by = Suggestion.RaisedBy.RESIDENT if name else Suggestion.RaisedBy.NOBODY
    return {
        "household_id": household.pk if household else None,
        "raiser_name": name,
        "raised_by": Suggestion.RaisedBy.HOUSEHOLD if household else raised_by,
    }


def check_gathering(gathering: Gathering, *, uncounted: bool) -> None:
    """Raise ``Invalid`` with a sentence for each field that is wrong; ``uncounted``: whether it may
    be left open how many came."""
    wrong: dict[str, Any] = {}
    if gathering.held_on > clock.today():
        wrong["held_on"] = _("A talk that is still to come cannot be recorded yet.")
    elif gathering.held_on < clock.today() - LONG_AGO:
        wrong["held_on"] = _("That is more than five years ago; is the year right?")
    if gathering.head_count is None:
        if not uncounted:
            wrong["head_count"] = _("This is still missing.")
    elif not 0 <= gathering.head_count <= HEADS_LIMIT:
        message = _("The head count must lie between 0 and %(limit)s.")
        wrong["head_count"] = message % {"limit": HEADS_LIMIT}
    for name in LIMITS:
        text = getattr(gathering, name).strip()
        limit = LIMITS[name]
        if not text:
            wrong[name] = _("This is still missing.")
        elif len(text) > limit:
            wrong[name] = too_long(limit)
    if wrong:
        raise Invalid(wrong)


def check_said(hamlet: Region, said: Sequence[Said], topic: str) -> None:
    """Raise ``Invalid``; the field is named ``said-N-…`` with N from 0.

    The topic and the titles of common matters are public and must not name anybody.
    """
    if len(said) > SUGGESTIONS_LIMIT:
        message = _("At most %(limit)s suggestions fit on one talk.")
        raise Invalid({"said": message % {"limit": SUGGESTIONS_LIMIT}})
    wrong: dict[str, Any] = {}
    open_here = set(joinable(hamlet).values_list("pk", flat=True)) if _any_joins(said) else set()
    public = [topic, *(one.shown_title for one in said if _opens_shared(one))]
    known = [one.name for one in said]
    named = bool(named_person("\n".join(public), hamlet, known))  # one query for all
    if named and (found := named_person(topic, hamlet, known)):
        message = _("Everybody can read the topic: please leave out “%(name)s”.")
        wrong["topic"] = message % {"name": found}
    for n, one in enumerate(said):
        in_this = _wrong_in(one, hamlet, open_here, known if named else None)
        wrong |= {f"said-{n}-{name}": text for name, text in in_this}
    if wrong:
        raise Invalid(wrong)


def _opens_shared(one: Said) -> bool:
    return one.tier in SHARED_TIERS and one.response == Response.TAKEN_UP and not one.joins


def _any_joins(said: Sequence[Said]) -> bool:
    return any(one.joins for one in said)


def wrong_words(one: Said) -> list[tuple[str, Any]]:
    """What is wrong with the words of a suggestion: (field, sentence) each."""
    wrong: list[tuple[str, Any]] = []
    text = one.text.strip()
    if not text:
        wrong.append(("text", _("Please write down what was said.")))
    elif len(text) > TEXT_LIMIT:
        wrong.append(("text", too_long(TEXT_LIMIT)))
    if len(one.title.strip()) > TITLE_LIMIT:
        wrong.append(("title", too_long(TITLE_LIMIT)))
    if len(one.reply) > WORDS_LIMIT:
        wrong.append(("reply", too_long(WORDS_LIMIT)))
    if len(one.name) > 40:
        wrong.append(("who", too_long(40)))
    if one.response not in Response:
        wrong.append(("response", _("Please choose what was made of it.")))
    elif one.response == Response.TAKEN_UP and one.reply.strip():
        message = _("It is taken up: what becomes of it is the reply. Please leave this empty.")
        wrong.append(("reply", message))
    elif one.response == Response.DECLINED and not one.reply.strip():
        wrong.append(("reply", _("Please say why it was declined; she has a right to know.")))
    elif one.response == Response.ANSWERED and not one.reply.strip():
        wrong.append(("reply", _("Please write down the answer that was given.")))
    if one.tier and one.tier not in Tier:
        wrong.append(("tier", _("Please choose one of the three tiers.")))
    return wrong


def wrong_household(household: Household, hamlet: str) -> list[tuple[str, Any]]:
    if household.hamlet_id == hamlet:
        return []
    return [("who", _("That household is of another hamlet."))]


def _wrong_in(
    one: Said, hamlet: Region, open_here: set[int], known: list[str] | None
) -> list[tuple[str, Any]]:
    wrong = wrong_words(one)
    if one.household:
        wrong += wrong_household(one.household, hamlet.code)
    if one.joins and one.joins.pk not in open_here:
        wrong.append(("joins", _("That matter is not open in this hamlet.")))
    if known is not None and not wrong and _opens_shared(one):
        try:
            check_title(one.shown_title, one.tier, hamlet, known, "title")
        except Invalid as error:
            wrong += error.fields.items()
    return wrong
