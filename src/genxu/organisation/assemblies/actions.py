"""Convening an assembly, changing its notice, calling it off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_new
from genxu.core.errors import Invalid
from genxu.core.texts import readable, required, too_long
from genxu.people.privacy import named_person
from genxu.regions.models import Region

from . import rules
from .bodies import BODIES
from .models import QUESTION_LIMIT, TITLE_LIMIT, VENUE_LIMIT, WORDS_LIMIT, Assembly, Motion
from .workflow import CONVENE

DUE_LIMIT = 100_000
QUESTIONS_LIMIT = 20
FARTHEST = timedelta(days=366)
LONG_AGO = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Call:
    """What the notice of an assembly says, and how many are due by which count."""

    body: str
    title: str
    venue: str
    meets_at: datetime
    announced_on: date
    basis: str
    due: int
    questions: Sequence[str]

    def cleaned(self) -> "Call":
        """Without the spaces at the edges; where the law leaves no choice, by its only basis."""
        rule = BODIES.get(self.body)
        basis = self.basis
        if rule and len(rule.quorum) == 1:
            (basis,) = rule.quorum
        questions = tuple(one for asked in self.questions if (one := readable(asked)))
        return replace(
            self,
            title=readable(self.title),
            venue=readable(self.venue),
            basis=basis,
            questions=questions,
        )


@action(rules.convene_assembly)
def convene_assembly(*, actor: Actor, hamlet: Region, call: Call) -> Assembly:
    """Announce a meeting with its questions; too short a notice is refused."""
    call = call.cleaned()
    check_call(hamlet, call)
    assembly = Assembly(hamlet=hamlet, convened_by_id=actor.account_id)
    _write(assembly, call)
    assembly.save()
    _write_questions(assembly, call.questions)
    assembly.remember(actor, CONVENE, "")
    return assembly


@action(rules.change_assembly, locks="assembly")
def change_assembly(*, actor: Actor, assembly: Assembly, call: Call) -> Assembly:
    """Change what was announced before it is held: the notice is then of today."""
    assembly.check_step("change")
    call = replace(call.cleaned(), announced_on=assembly.announced_on)
    asked = list(assembly.motions.order_by("position").values_list("text", flat=True))
    if assembly.has_begun and list(call.questions) != asked:
        message = _("It has begun: what it decides on was announced and stays as it is.")
        raise Invalid({"questions": message})
    if not assembly.has_begun and _announces_anew(assembly, call, asked):
        call = replace(call, announced_on=clock.today())
    check_call(assembly.hamlet, call)
    _write(assembly, call)
    assembly.advance(actor, "change")
    if list(call.questions) != asked:
        assembly.motions.all().delete()
        _write_questions(assembly, call.questions)

    return assembly


@action(rules.cancel_assembly, locks="assembly")
def cancel_assembly(*, actor: Actor, assembly: Assembly, words: str) -> Assembly:
    """Call it off before it is held, and say why."""
    missing = _("Please say why; those who were invited will ask.")
    words = required(words, WORDS_LIMIT, missing=missing)
    return assembly.advance(actor, "cancel", words=words)


def _announces_anew(assembly: Assembly, call: Call, asked: list[str]) -> bool:
    """Whether time, place or questions are others than those announced."""
    was = (assembly.meets_at, assembly.venue, asked)
    return was != (call.meets_at, call.venue, list(call.questions))


def _write(assembly: Assembly, call: Call) -> None:
    for name in ("body", "title", "venue", "meets_at", "announced_on", "basis", "due"):
        setattr(assembly, name, getattr(call, name))


def _write_questions(assembly: Assembly, questions: Sequence[str]) -> None:
    insert_new(
        [Motion(assembly=assembly, position=n, text=text) for n, text in enumerate(questions, 1)]
    )


def check_call(hamlet: Region, call: Call) -> None:
    """Raise ``Invalid`` with a sentence for each field that is wrong."""
    if call.body not in BODIES:
        raise Invalid({"body": _("Please choose who is to meet.")})
    wrong = _wrong_words(hamlet, call) | _wrong_times(call)
    if call.basis not in BODIES[call.body].quorum:
        wrong["basis"] = _("Please choose: by adults or by households.")
    if not 1 <= call.due <= DUE_LIMIT:
        message = _("How many are due lies between 1 and %(limit)s.")
        wrong["due"] = message % {"limit": DUE_LIMIT}
    if wrong:
        raise Invalid(wrong)


def _wrong_words(hamlet: Region, call: Call) -> dict[str, Any]:
    """Title, venue and questions stand on the public page: complete, and without any name."""
    wrong: dict[str, Any] = {}
    for name, limit in (("title", TITLE_LIMIT), ("venue", VENUE_LIMIT)):
        text = getattr(call, name)
        if not text:
            wrong[name] = _("This is still missing.")
        elif len(text) > limit:
            wrong[name] = too_long(limit)
    if not call.questions:
        wrong["questions"] = _("Please write down what is to be decided.")
    elif len(call.questions) > QUESTIONS_LIMIT:
        message = _("At most %(limit)s questions fit on one meeting.")
        wrong["questions"] = message % {"limit": QUESTIONS_LIMIT}
    elif any(len(one) > QUESTION_LIMIT for one in call.questions):
        wrong["questions"] = too_long(QUESTION_LIMIT)
    texts = {"title": call.title, "venue": call.venue, "questions": "\n".join(call.questions)}
    if not wrong and named_person("\n".join(texts.values()), hamlet):
        for name, text in texts.items():
            if found := named_person(text, hamlet):
                message = _("Everybody can read this: please leave out “%(name)s”.")
                wrong[name] = message % {"name": found}
    return wrong


def _wrong_times(call: Call) -> dict[str, Any]:
    today, day = clock.today(), timezone.localdate(call.meets_at)
    if call.announced_on > today:
        message = _("Notice is given today or was given before; a later day cannot count yet.")
        return {"announced_on": message}
    if day > today + FARTHEST:
        return {"meets_on": _("That is more than a year ahead; is the date right?")}
    if day < today - LONG_AGO:
        return {"meets_on": _("That is more than five years ago; is the year right?")}
    rule = BODIES[call.body]
    earliest = call.announced_on + timedelta(days=rule.notice_days)
    if day >= earliest:
        return {}
    if not rule.notice_days:
        return {"meets_on": _("It cannot meet before notice of it is given.")}
    message = _("It can meet on %(day)s at the earliest: %(n)s days after the notice (%(source)s).")
    told = {"day": date_format(earliest), "n": rule.notice_days, "source": rule.source}
    return {"meets_on": message % told}
