"""Re-election, extension and the end of a standing Party organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.calendar import months_further
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.people.numbers import Word

from . import rules, thresholds
from .actions import WORDS_LIMIT, release
from .member_actions import assign_duties
from .models import REMIND_BEFORE, Election, Organisation
from .offices import follow_heads


@dataclass(frozen=True)
class Count:
    """What was counted at the meeting: who may vote, who of them came, who voted for it."""

    held_on: date
    due: int
    present: int
    in_favour: int


@action(rules.re_elect, locks="organisation", notes=("number_is",))
def re_elect(
    *,
    actor: Actor,
    organisation: Organisation,
    count: Count,
    duties: Sequence[tuple[int, str]],
    number_is: str = "",
) -> Organisation:
    """换届: a valid count begins a new term; who leads may have changed."""
    organisation.check_step("re_elect")
    _check_day(actor, organisation, count.held_on)
    _check_count(organisation, count)
    assign_duties(organisation, duties)
    Election.objects.create(
        organisation=organisation, hamlet_id=organisation.hamlet_id, held_on=count.held_on,
        due=count.due, present=count.present, in_favour=count.in_favour,
    )  # fmt: skip
    done = organisation.advance(actor, "re_elect",
        term_ends_on=thresholds.end_of_term(count.held_on), extended=False,
    )  # fmt: skip
    follow_heads([done.pk], Word(actor, number_is))
    return done


def _check_day(actor: Actor, organisation: Organisation, day: date) -> None:
    """条例 chapter 6: an early election needs the approval of the level above."""
    happened(day, "held_on")
    began = _began_on(organisation)
    if began and day <= began:
        raise Invalid({"held_on": _("The term that is running began after that day.")})
    ends = organisation.term_ends_on
    if ends is None:
        return
    if thresholds.is_too_early(day, ends):
        message = _(
            "An election is early by a year at most, and this term runs until %(day)s "
            "(Regulations on Party branches, 2018, chapter 6). "
            "If somebody else is to lead, change the duties."
        )
        raise Invalid({"held_on": message % {"day": ends.isoformat()}})
    if day < ends - REMIND_BEFORE and not actor.holds(rules.TOWNSHIP, organisation.hamlet_id):
        message = _(
            "The term runs until %(day)s: an early election needs the township's approval, so the "
            "township records it (Regulations on Party branches, 2018, chapter 6)."
        )
        raise Invalid({"held_on": message % {"day": ends.isoformat()}})


def _began_on(organisation: Organisation) -> date | None:
    """The first day of the term that is running."""
    last = organisation.elections.order_by("-held_on").first()
    return last.held_on if last else organisation.founded_on


def _check_count(organisation: Organisation, count: Count) -> None:
    for name in ("due", "present", "in_favour"):
        if getattr(count, name) < (1 if name == "due" else 0):
            raise Invalid({name: _("Please give a whole number.")})
    voters = organisation.members.present().filter(kind="full").count()
    if count.due > voters:
        message = _(
            "Only %(voters)s on the list may vote: full members who are not on probation within "
            "the Party (Party constitution, articles 7 and 42)."
        )
        raise Invalid({"due": message % {"voters": voters}})
    numbers = (count.due, count.present, count.in_favour)
    wrong = thresholds.count_faults(*numbers) or thresholds.why_void(organisation.kind, *numbers)
    if wrong:
        raise Invalid(wrong)


@action(rules.extend_term, locks="organisation", notes=("months",))
def extend_term(
    *,
    actor: Actor,
    organisation: Organisation,
    months: int,
    words: str,
) -> Organisation:
    """延期: by so many months, a year at most, once in a term (条例 chapter 6)."""
    organisation.check_step("extend")
    if not 1 <= months <= thresholds.MONTHS_EARLY_OR_LATE:
        message = _(
            "A term is extended by %(months)s months at most "
            "(Regulations on Party branches, 2018, chapter 6)."
        )
        raise Invalid({"months": message % {"months": thresholds.MONTHS_EARLY_OR_LATE}})
    ends = check_can_be_extended(organisation)
    words = required(words, WORDS_LIMIT)
    return organisation.advance(actor, "extend", words=words, extended=True,
        term_ends_on=months_further([_began_on(organisation) or ends], ends, months),
    )  # fmt: skip


def check_can_be_extended(organisation: Organisation) -> date:
    """When its term ends; ``Conflict`` without one, or if it was extended before."""
    if organisation.term_ends_on is None:
        raise Conflict(_("A party group has no term that could be extended."))
    if organisation.extended:
        raise Conflict(_("A term is extended only once; now it takes a re-election."))
    return organisation.term_ends_on


@action(rules.close_organisation, locks="organisation")
def close_organisation(*, actor: Actor, organisation: Organisation, words: str) -> Organisation:
    """撤销 with the reason: hamlets are free, nobody leads it, its members are listed no more."""
    today, words = clock.today(), required(words, WORDS_LIMIT)
    done = organisation.advance(actor, "close", words=words, closed_on=today)
    follow_heads([done.pk], Word(actor))
    release(actor, done, today)
    return done
