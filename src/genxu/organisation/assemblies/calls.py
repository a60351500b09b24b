"""What an assembly is called for, how its notice was given, and what is wrong with either."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.errors import Invalid
from genxu.core.texts import readable, too_long
from genxu.people.privacy import named_person
from genxu.regions.models import Region

from .bodies import BODIES, Kind, Rule
from .models import NAME_LIMIT, QUESTION_LIMIT, TITLE_LIMIT, VENUE_LIMIT, NoticeWay

DUE_LIMIT = 100_000
QUESTIONS_LIMIT = 20
FARTHEST = timedelta(days=366)
LONG_AGO = timedelta(days=5 * 366)
MORE_DELEGATES_THAN = 20
HOUSEHOLDS_A_DELEGATE = (5, 15)
"""农村集体经济组织法 第二十八条: as a rule one delegate for so many households."""


@dataclass(frozen=True)
class Question:
    """One thing to say yes or no to, and what kind of thing it is."""

    text: str
    kind: str = Kind.PLAIN


@dataclass(frozen=True)
class Announcement:
    """That a person gave the notice: on which day, who, in which ways."""

    announced_on: date
    announced_by: str
    announced_ways: Sequence[str]


@dataclass(frozen=True)
class Call:
    """Who is to meet, when, where, on what, and how many are due by which count; of delegates,
    how many households chose them and how many are women. ``announcement`` if notice was given.
    """

    body: str
    title: str
    venue: str
    meets_at: datetime
    basis: str
    due: int
    questions: Sequence[Question]
    households: int | None = None
    women: int | None = None
    announcement: Announcement | None = None

    def cleaned(self) -> "Call":
        """Without the spaces at the edges; where the law leaves no choice, by its only basis."""
        rule = BODIES.get(self.body)
        basis, households, women = self.basis, self.households, self.women
        if rule and len(rule.quorum) == 1:
            (basis,) = rule.quorum
        if rule and not rule.delegates:
            households = women = None
        asked = [replace(one, text=readable(one.text)) for one in self.questions]
        return replace(
            self, title=readable(self.title), venue=readable(self.venue), basis=basis,
            questions=tuple(one for one in asked if one.text), households=households, women=women,
        )  # fmt: skip


def check_call(hamlet: Region, call: Call, given: date | None) -> None:
    """Raise ``Invalid`` with a sentence for each field that is wrong. ``given`` is the day of the
    notice that holds, if it was given: without it the days are counted from today."""
    if call.body not in BODIES:
        raise Invalid({"body": _("Please choose who is to meet.")})
    rule = BODIES[call.body]
    wrong = _wrong_words(hamlet, call) | wrong_times(call.meets_at, rule, given)
    wrong |= _wrong_kinds(call, rule) | _wrong_delegation(call)
    if call.basis not in rule.quorum:
        wrong["basis"] = _("Please choose: by adults or by households.")
    if not 1 <= call.due <= DUE_LIMIT:
        message = _("How many are due lies between 1 and %(limit)s.")
        wrong["due"] = message % {"limit": DUE_LIMIT}
    if wrong:
        raise Invalid(wrong)


def _wrong_words(hamlet: Region, call: Call) -> dict[str, Any]:
    """Title, venue and questions stand on the public page: complete, and without any name."""
    texts = {"title": call.title, "venue": call.venue}
    texts |= {f"question-{n}-text": one.text for n, one in enumerate(call.questions)}
    limits = {"title": TITLE_LIMIT, "venue": VENUE_LIMIT}
    wrong: dict[str, Any] = {}
    for name, text in texts.items():
        if not text:
            wrong[name] = _("This is still missing.")
        elif len(text) > (limit := limits.get(name, QUESTION_LIMIT)):
            wrong[name] = too_long(limit)
    if not call.questions:
        wrong["questions"] = _("Please write down what is to be decided.")
    elif len(call.questions) > QUESTIONS_LIMIT:
        message = _("At most %(limit)s questions fit on one meeting.")
        wrong["questions"] = message % {"limit": QUESTIONS_LIMIT}
    if not wrong and named_person("\n".join(texts.values()), hamlet):
        for name, text in texts.items():
            if found := named_person(text, hamlet):
                message = _("Everybody can read this: please leave out “%(name)s”.")
                wrong[name] = message % {"name": found}
    return wrong


def _wrong_kinds(call: Call, rule: Rule) -> dict[str, Any]:
    """What this body may not decide (农村集体经济组织法 第十五、二十六、二十八条)."""
    message = _("Only the members' meeting of the collective decides this (%(law)s).")
    source = BODIES["collective_members"].source
    return {
        f"question-{n}-kind": message % {"law": source}
        for n, one in enumerate(call.questions)
        if one.kind not in rule.majorities
    }


def _wrong_delegation(call: Call) -> dict[str, Any]:
    """农村集体经济组织法 第二十八条: more than twenty delegates, some of them women."""
    if not BODIES[call.body].delegates:
        return {}
    wrong: dict[str, Any] = {}
    if call.due <= MORE_DELEGATES_THAN:
        message = _("There are to be more than %(n)s delegates (%(law)s).")
        wrong["due"] = message % {"n": MORE_DELEGATES_THAN, "law": BODIES[call.body].source}
    if not call.households or call.households < 1:
        wrong["households"] = _("Please say how many households chose them.")
    if not call.women or call.women < 1:
        message = _("Some of the delegates are to be women (%(law)s): how many are?")
        wrong["women"] = message % {"law": BODIES[call.body].source}
    elif call.women > call.due:
        wrong["women"] = _("That is more than all who are due.")
    return wrong


def is_usual(households: int | None, delegates: int) -> bool:
    """Whether as many households chose one delegate as the law foresees as a rule."""
    least, most = HOUSEHOLDS_A_DELEGATE
    return households is None or least * delegates <= households <= most * delegates


def wrong_times(meets_at: datetime, rule: Rule, given: date | None) -> dict[str, Any]:
    """What is wrong with the day on which it meets, by the day of its notice."""
    today, day = clock.today(), timezone.localdate(meets_at)
    if day > today + FARTHEST:
        return {"meets_on": _("That is more than a year ahead; is the date right?")}
    if day < today - LONG_AGO:
        return {"meets_on": _("That is more than five years ago; is the year right?")}
    if given is None and meets_at <= clock.now():
        if not rule.notice_days:
            return {}
        return {"announced_on": _("It has met already: when was the notice given, how, by whom?")}
    earliest = (given or today) + timedelta(days=rule.notice_days)
    if day >= earliest:
        return {}
    if not rule.notice_days:
        return {"meets_on": _("It cannot meet before notice of it is given.")}
    message = _("It can meet on %(day)s at the earliest: %(n)s days after the notice (%(source)s).")
    told = {"day": date_format(earliest), "n": rule.notice_days, "source": rule.source}
    return {"meets_on": message % told}


def announced(found: Announcement, since: date | None) -> Announcement:
    """The notice as it is kept; ``Invalid`` without a day, a giver or a way. ``since`` is the day
    on which what it says came to be: it cannot have been given before."""
    by = readable(found.announced_by)
    ways = [way for way in NoticeWay.values if way in found.announced_ways]
    wrong: dict[str, Any] = {}
    if found.announced_on > clock.today():
        message = _("Notice is given today or was given before; a later day cannot count yet.")
        wrong["announced_on"] = message
    elif since and found.announced_on < since:
        message = _("What it says is of %(day)s: notice of that was given then or later.")
        wrong["announced_on"] = message % {"day": date_format(since)}
    if not by:
        wrong["announced_by"] = _("Please say who gave the notice.")
    elif len(by) > NAME_LIMIT:
        wrong["announced_by"] = too_long(NAME_LIMIT)
    if not ways:
        wrong["announced_ways"] = _("Please say how the notice was given.")
    if wrong:
        raise Invalid(wrong)
    return Announcement(found.announced_on, by, ways)
