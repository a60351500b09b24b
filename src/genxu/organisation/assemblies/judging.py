"""Whether a vote counts and carried, and if not, what was missing: pure, in whole numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from .bodies import Basis, Rule


@dataclass(frozen=True, slots=True)
class Judgement:
    """``valid``: the meeting could decide; ``carried``: it did, in favour (never if not valid).

    ``reasons`` say in plain words, with the numbers, what was missing.
    """

    valid: bool
    carried: bool
    reasons: tuple[str, ...] = ()


def judge(
    rule: Rule,
    kind: str,
    basis: str,
    due: int,
    present: int,
    votes: tuple[int, int, int],
    notice_days: int | None,
) -> Judgement:
    """Judge one vote (in favour, against, abstained) on a question of a kind by the rule of its
    meeting; ``notice_days`` is None if no notice is recorded. ``ValueError`` for numbers that
    cannot be."""
    if due < 1 or not 0 <= present <= due:
        raise ValueError(f"{present} present of {due} due")
    if min(votes) < 0 or sum(votes) > present:
        raise ValueError(f"{votes} votes of {present} present")
    missing = tuple(_missing(rule, kind, basis, due, present, notice_days))
    if missing:
        return Judgement(valid=False, carried=False, reasons=missing)
    if votes[0] >= rule.votes_of(due, present, kind):
        return Judgement(valid=True, carried=True)
    return Judgement(True, False, (_too_few_votes(rule, kind, basis, due, present, votes[0]),))


def _missing(
    rule: Rule, kind: str, basis: str, due: int, present: int, notice_days: int | None
) -> Iterator[str]:
    """What the meeting lacked to be able to decide."""
    if kind not in rule.majorities:
        yield _("This is not for this meeting to decide.")
    if notice_days is None and rule.notice_days:
        words = _("No notice was recorded; the rule wants %(needed)s days.")
        yield words % {"needed": rule.notice_days}
    elif notice_days is not None and notice_days < rule.notice_days:
        words = ngettext(
            "Notice was given %(n)s day before; the rule wants %(needed)s days.",
            "Notice was given %(n)s days before; the rule wants %(needed)s days.",
            notice_days,
        )
        yield words % {"n": notice_days, "needed": rule.notice_days}
    needed = rule.quorum_of(basis, due)
    if present < needed:
        words = _("%(came)s came, and %(needed)s have to be there (%(share)s of the %(due)s due).")
        yield words % {
            "came": counted(basis, present), "needed": counted(basis, needed),
            "share": rule.quorum[Basis(basis)].words, "due": counted(basis, due),
        }  # fmt: skip


def _too_few_votes(
    rule: Rule, kind: str, basis: str, due: int, present: int, in_favour: int
) -> str:
    if rule.of_due:
        words = _("%(favour)s in favour, and it takes %(needed)s (%(share)s of the %(all)s due).")
    else:
        words = _("%(favour)s in favour, and it takes %(needed)s (%(share)s of the %(all)s there).")
    return words % {
        "favour": counted(basis, in_favour), "needed": rule.votes_of(due, present, kind),
        "share": rule.majorities[kind].words,
        "all": counted(basis, due if rule.of_due else present),
    }  # fmt: skip


def counted(basis: str, number: int) -> str:
    """A number with what it counts: 40 户, 12 人."""
    if basis == Basis.HOUSEHOLDS:
        return ngettext("%(n)s household", "%(n)s households", number) % {"n": number}
    said = npgettext("those who met", "%(n)s person", "%(n)s persons", number)
    return said % {"n": number}
