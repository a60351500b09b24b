"""What a hamlet says, and what somebody from elsewhere finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.people.models import Household
from genxu.people.privacy import named_person

from . import rules
from .counting import says_otherwise, tally_of
from .models import Answer, Part, Sample

Keyed = dict[tuple[int, int | None], Answer]


@dataclass(frozen=True)
class Given:
    """What is said of one household (None: of the hamlet): its fact and the value; none withdraws
    what was written."""

    fact: int
    household: int | None
    value: int | None


@action(rules.speak_in_campaign, locks="part")
def answer_part(*, actor: Actor, part: Part, given: Sequence[Given]) -> Part:
    """Facts that no record holds; what stood before stays readable."""
    part.check_step("answer")
    known = {(one.fact_id, one.household_id): one for one in part.answers.all()}
    _check_given(part, given)
    changed = [one for one in given if _stands(known, one) != one.value]
    if not changed:
        raise Conflict(_("Nothing new was written down."))
    _write(actor, part, known, changed)
    return part.advance(actor, "answer")


@action(rules.speak_in_campaign, locks="part")
def say_nothing(*, actor: Actor, part: Part) -> Part:
    """An honest zero is an answer; refused where the records know of something."""
    part.check_step("nothing")
    check_nothing(part)
    return part.advance(actor, "nothing", said_by_id=actor.account_id)


@action(rules.speak_in_campaign, locks="part")
def say_done(*, actor: Actor, part: Part) -> Part:
    """Refused with how many are left."""
    part.check_step("done")
    check_done(part)
    return part.advance(actor, "done", said_by_id=actor.account_id)


@action(rules.speak_in_campaign, locks="part")
def unsay(*, actor: Actor, part: Part, words: str = "") -> Part:
    """It was not so after all."""
    _check_names_nobody(part, words)
    return part.advance(actor, "unsay", words=words, said_by_id=None)


def _lock_part(sample: Sample, **_more: Any) -> None:
    """Whoever speaks and whoever looks follow each other."""
    list(Part.objects.select_for_update().filter(pk=sample.part_id).values_list("pk"))


@action(rules.look_at_sample, locks="sample", first=_lock_part)
def agree(*, actor: Actor, sample: Sample) -> Part:
    """Somebody from elsewhere was there."""
    check_waits(sample)
    return sample.part.advance(actor, "agree")


@action(rules.look_at_sample, locks="sample", first=_lock_part)
def send_back(*, actor: Actor, sample: Sample, words: str) -> Part:
    """With what was found; said anew, the same office looks again."""
    check_waits(sample)
    words = required(words, sample.part.WORDS_LIMIT)
    _check_names_nobody(sample.part, words)
    return sample.part.advance(actor, "send_back", words=words)


def _check_names_nobody(part: Part, words: str) -> None:
    """Offices read this that may not know which household is meant."""
    if found := named_person(words, part.hamlet):
        message = _("Others will read this: please leave out “%(name)s”.")
        raise Invalid({"words": message % {"name": found}})


def check_waits(sample: Sample) -> None:
    if not sample.part.campaign.runs:
        raise Conflict(_("This campaign does not run now."))
    sample.part.check_step("agree")


def check_runs(part: Part) -> None:
    """``Conflict`` with why nothing is said here any more."""
    if part.ended:
        raise Conflict(part.ended)


def check_nothing(part: Part) -> None:
    """``Conflict`` where something is known and open, or was written down here."""
    check_runs(part)
    if part.campaign.asks.settles:
        n = tally_of(part).left
        text = ngettext("The records know of %(n)s here that is not settled yet.",
                        "The records know of %(n)s here that are not settled yet.", n)  # fmt: skip
    else:
        n = says_otherwise(part)
        text = ngettext("Of %(n)s it is written down that there is something.",
                        "Of %(n)s it is written down that there is something.", n)  # fmt: skip
    if n:
        raise Conflict(text % {"n": n})


def check_done(part: Part) -> None:
    """``Conflict`` with how many are left, or what is still to be said."""
    check_runs(part)
    found = tally_of(part)
    if found.left:
        n = found.left
        raise Conflict(ngettext("%(n)s is left.", "%(n)s are left.", n) % {"n": n})
    if found.asks:
        raise Conflict(_("Write down what is asked of the hamlet first."))
    if not found.known:
        raise Conflict(_("The records know of nothing here: say that there is nothing."))


def check_asked(part: Part, *, by_household: bool) -> None:
    """``Conflict`` where such a thing is not asked."""
    check_runs(part)
    if not part.campaign.asked or part.campaign.asks.by_household != by_household:
        raise Conflict(_("That is not asked here."))


def _stands(known: Keyed, one: Given) -> int | None:
    there = known.get((one.fact, one.household))
    return there.value if there else None


def _check_given(part: Part, given: Iterable[Given]) -> None:
    """Only what is asked, of those that live here, within what can be."""
    facts = {fact.pk: fact for fact in part.campaign.asked}
    here: set[int | None] = {None}
    if part.campaign.asks.by_household:
        rows = Household.objects.living_here().filter(hamlet=part.hamlet_id)
        here = set(rows.values_list("pk", flat=True))
    for one in given:
        if one.fact not in facts or one.household not in here:
            raise Conflict(_("The list has changed. Look at it once more."))
        if one.value is not None and not 0 <= one.value <= facts[one.fact].most:
            raise Invalid({field_of(one): _("Please choose one of those offered.")})


def field_of(one: Given) -> str:
    """How its field is called in forms."""
    return f"fact_{one.fact}" + (f"_{one.household}" if one.household else "")


def _write(actor: Actor, part: Part, known: Keyed, changed: Iterable[Given]) -> None:
    today = clock.today()
    new: list[Answer] = []
    for one in changed:
        there = known.get((one.fact, one.household))
        if there is None:
            new.append(Answer(
                part=part, hamlet_id=part.hamlet_id, fact_id=one.fact, value=one.value,
                household_id=one.household, by_id=actor.account_id, on=today,
            ))  # fmt: skip
            continue
        there.before = [*there.before, [there.value, there.on.isoformat()]]
        there.value, there.by_id, there.on = one.value, actor.account_id, today
        there.save()
    Answer.objects.bulk_create(new)
