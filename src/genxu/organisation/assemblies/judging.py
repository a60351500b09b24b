"""Whether a vote counts and carried, and if not, what was missing: pure, in whole numbers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from .bodies import BODIES, Basis, Body


@dataclass(frozen=True, slots=True)
class Judgement:
    """``valid``: the meeting could decide; ``carried``: it did, in favour (never if not valid).

    ``reasons`` say in plain words, with the numbers, what was missing.
    """

    valid: bool
    carried: bool
    reasons: tuple[str, ...] = ()


def judge(
    body: str,
    basis: str,
    due: int,
    present: int,
    in_favour: int,
    against: int,
    abstained: int,
    notice_days: int,
) -> Judgement:
    """Judge one vote by the rule of its body; ``ValueError`` for numbers that cannot be."""
    rule = BODIES[body]
    if due < 1 or not 0 <= present <= due:
        raise ValueError(f"{present} present of {due} due")
    if min(in_favour, against, abstained) < 0 or in_favour + against + abstained > present:
        raise ValueError(f"{in_favour}, {against}, {abstained} votes of {present} present")
    missing = tuple(_missing(rule, basis, due, present, notice_days))
    if missing:
        return Judgement(valid=False, carried=False, reasons=missing)
    if in_favour >= rule.votes_of(due, present):
        return Judgement(valid=True, carried=True)
    return Judgement(True, False, (_too_few_votes(rule, basis, due, present, in_favour),))


def _missing(rule: Body, basis: str, due: int, present: int, notice_days: int) -> list[str]:
    """What the meeting lacked to be able to decide."""
    found = []
    if notice_days < rule.notice_days:
        words = ngettext(
            "Notice was given %(n)s day before; the rule wants %(needed)s days.",
            "Notice was given %(n)s days before; the rule wants %(needed)s days.",
            notice_days,
        )
        found.append(words % {"n": notice_days, "needed": rule.notice_days})
    needed = rule.quorum_of(basis, due)
    if present < needed:
        words = _("%(came)s came, and %(needed)s have to be there (%(share)s of the %(due)s due).")
        found.append(words % {
            "came": counted(basis, present), "needed": counted(basis, needed),
            "share": rule.quorum[Basis(basis)].words, "due": counted(basis, due),
        })  # fmt: skip
    return found


def _too_few_votes(rule: Body, basis: str, due: int, present: int, in_favour: int) -> str:
    if rule.of_due:
        words = _("%(favour)s in favour, and it takes %(needed)s (%(share)s of the %(all)s due).")
    else:
        words = _("%(favour)s in favour, and it takes %(needed)s (%(share)s of the %(all)s there).")
    return words % {
        "favour": counted(basis, in_favour), "needed": rule.votes_of(due, present),
        "share": rule.majority.words, "all": counted(basis, due if rule.of_due else present),
    }  # fmt: skip


def counted(basis: str, number: int) -> str:
    """A number with what it counts: 40 户, 12 人."""
    if basis == Basis.HOUSEHOLDS:
        return ngettext("%(n)s household", "%(n)s households", number) % {"n": number}
    said = npgettext("those who met", "%(n)s person", "%(n)s persons", number)
    return said % {"n": number}
