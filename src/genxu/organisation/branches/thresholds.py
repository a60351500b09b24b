"""The numbers by which a Party organisation stands: pure rules, no database.

条例 below is 《中国共产党支部工作条例（试行）》 of 2018; chapter 2 is on founding, 4 on meetings,
6 on committees. Each rule is a function or a constant of its own, with its source; each refusal
cites it. What a law says with 一般 ("generally") is a warning here, not a refusal.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from genxu.core.calendar import months_later, years_on

from .models import Member, Organisation

FULL_MEMBERS_OF_A_BRANCH = 3
"""条例 article 4: 凡是有正式党员3人以上的，都应当成立党支部."""
MEMBERS_GENERALLY_AT_MOST = 50
"""条例 article 4: 党支部党员人数一般不超过50人."""
UNITS_GENERALLY_AT_MOST = 5
"""条例 article 5: 联合党支部覆盖单位一般不超过5个."""
FULL_MEMBERS_OF_A_COMMITTEE = 7
"""条例 chapter 6: 有正式党员7人以上的党支部，应当设立党支部委员会."""
COMMITTEE_AT_LEAST, COMMITTEE_USUALLY, COMMITTEE_AT_MOST = 3, 5, 7
"""条例 chapter 6: 由3至5人组成，一般不超过7人."""
TERM_YEARS = 5
"""条例 chapter 6: 村、社区党支部委员会每届任期5年."""
MONTHS_EARLY_OR_LATE = 12
"""条例 chapter 6: 延长或者提前期限一般不超过1年, with the approval of the level above."""
MEETING_QUORUM = Fraction(1, 2)
"""条例 article 11: 表决必须有半数以上有表决权的党员到会方可进行."""
ELECTION_QUORUM = Fraction(4, 5)
"""《中国共产党基层组织选举工作条例》 (2020): 有选举权的到会人数不少于应到会人数的五分之四."""

Kind, Duty = Organisation.Kind, Member.Duty
COMMITTEE_SEATS = (Duty.ORGANISATION, Duty.PUBLICITY, Duty.DISCIPLINE, Duty.COMMITTEE)
"""Seats beside the secretary and the deputy, which only a branch with a committee has."""
ELECTED = (Duty.SECRETARY, Duty.DEPUTY, *COMMITTEE_SEATS)


def head_of(kind: str) -> Member.Duty:
    """The duty that leads an organisation of this kind."""
    return Duty.LEADER if kind == Kind.PARTY_GROUP else Duty.SECRETARY


def votes(kind: str) -> bool:
    """Full members vote and can be elected; those 预备 or 留党察看 do not (党章 articles 7, 42;
    基层组织选举工作条例, 2020)."""
    return kind == Member.Kind.FULL


@dataclass(frozen=True)
class Composition:
    """An organisation as the rules see it: how many, in which hamlets, with which duties.

    ``full`` counts the full members of each hamlet that is served; ``duties`` lists each duty
    held with whether its holder votes.
    """

    kind: str
    full: Mapping[str, int]
    members: int
    duties: Sequence[tuple[str, bool]] = field(default_factory=tuple)

    @property
    def full_members(self) -> int:
        return sum(self.full.values())

    @property
    def held(self) -> "Counter[str]":
        return Counter(duty for duty, _votes in self.duties if duty)


def faults(body: Composition) -> list[str]:
    """Why such an organisation may not be founded; none if it may."""
    return [*_present(size_fault(body), units_fault(body)), *duty_faults(body)]


def warnings(body: Composition) -> list[str]:
    """What is unusual, and allowed."""
    return _present(
        too_many_members(body), too_many_units(body), large_committee(body), could_be_branch(body)
    )


def _present(*found: str | None) -> list[str]:
    return [text for text in found if text]


def size_fault(body: Composition) -> str | None:
    """A branch, joint or not, needs three full members (条例 article 4); a group has no minimum."""
    if body.kind == Kind.PARTY_GROUP or body.full_members >= FULL_MEMBERS_OF_A_BRANCH:
        return None
    message = _(
        "A branch needs at least %(least)s full members; here there are %(full)s "
        "(Regulations on Party branches, 2018, article 4). "
        "With fewer, a joint branch with neighbours or a party group fits."
    )
    return message % {"least": FULL_MEMBERS_OF_A_BRANCH, "full": body.full_members}


def wrong_units(kind: str, units: int) -> str | None:
    """条例 article 5: a joint branch covers several units, any other organisation one."""
    if kind != Kind.JOINT_BRANCH and units > 1:
        return _(
            "Only a joint branch serves several hamlets "
            "(Regulations on Party branches, 2018, article 5)."
        )
    if kind == Kind.JOINT_BRANCH and units < 2:
        return _(
            "A joint branch serves at least two hamlets "
            "(Regulations on Party branches, 2018, article 5)."
        )
    return None


def units_fault(body: Composition) -> str | None:
    """条例 article 5: a joint branch is for units that have fewer than three full members each;
    any other organisation serves one hamlet."""
    wrong = wrong_units(body.kind, len(body.full))
    if wrong or body.kind != Kind.JOINT_BRANCH:
        return wrong
    if max(body.full.values()) < FULL_MEMBERS_OF_A_BRANCH:
        return None
    message = _(
        "A joint branch is for hamlets with fewer than %(least)s full members each; one of these "
        "has %(most)s and founds a branch of its own "
        "(Regulations on Party branches, 2018, articles 4 and 5)."
    )
    return message % {"least": FULL_MEMBERS_OF_A_BRANCH, "most": max(body.full.values())}


def duty_faults(body: Composition) -> list[str]:
    """What is wrong with who leads, and with the committee."""
    return _present(
        head_fault(body), strange_duty(body), elected_fault(body), deputy_fault(body),
        committee_fault(body),
    )  # fmt: skip


def head_fault(body: Composition) -> str | None:
    """条例 chapter 6: 设1名书记; chapter 4: 设立党小组组长. One of them, neither none nor two."""
    heads = body.held[head_of(body.kind)]
    if heads == 1:
        return None
    if body.kind == Kind.PARTY_GROUP:
        message = _(
            "A party group has one leader; here there are %(heads)s "
            "(Regulations on Party branches, 2018, chapter 4)."
        )
    else:
        message = _(
            "A branch has one secretary; here there are %(heads)s "
            "(Regulations on Party branches, 2018, chapter 6)."
        )
    return message % {"heads": heads}


def strange_duty(body: Composition) -> str | None:
    """The duties of a branch are not those of a group."""
    if body.kind == Kind.PARTY_GROUP and any(body.held[duty] for duty in ELECTED):
        return _("A party group has a leader and no other duties.")
    if body.kind != Kind.PARTY_GROUP and body.held[Duty.LEADER]:
        return _("A branch has a secretary; a leader is for a party group.")
    return None


def elected_fault(body: Composition) -> str | None:
    """Only who may vote can be elected (基层组织选举工作条例, 2020)."""
    if all(may_vote for duty, may_vote in body.duties if duty in ELECTED):
        return None
    return _(
        "Secretary, deputy and committee members must be full members able to vote: neither "
        "probationary nor on probation within the Party "
        "(Party constitution, articles 7 and 42)."
    )


def deputy_fault(body: Composition) -> str | None:
    """条例 chapter 6: 必要时可以设1名副书记."""
    if body.held[Duty.DEPUTY] <= 1:
        return None
    return _(
        "There is at most one deputy secretary (Regulations on Party branches, 2018, chapter 6)."
    )


def committee_size(body: Composition) -> int:
    """Secretary, deputy and the other seats together."""
    return sum(body.held[duty] for duty in ELECTED)


def committee_fault(body: Composition) -> str | None:
    """条例 chapter 6: from seven full members on a committee of three to seven, else none."""
    if body.kind == Kind.PARTY_GROUP:
        return None
    size, full = committee_size(body), body.full_members
    values = {"full": full, "needed": FULL_MEMBERS_OF_A_COMMITTEE, "size": size,
              "least": COMMITTEE_AT_LEAST, "most": COMMITTEE_AT_MOST}  # fmt: skip
    if full < FULL_MEMBERS_OF_A_COMMITTEE:
        if not any(body.held[duty] for duty in COMMITTEE_SEATS):
            return None
        message = _(
            "With %(full)s full members there is a secretary and, if needed, a deputy; a committee "
            "is for %(needed)s and more (Regulations on Party branches, 2018, chapter 6)."
        )
        return message % values
    if COMMITTEE_AT_LEAST <= size <= COMMITTEE_AT_MOST:
        return None
    message = _(
        "With %(full)s full members there is a committee of %(least)s to %(most)s, the secretary "
        "included; here it has %(size)s (Regulations on Party branches, 2018, chapter 6)."
    )
    return message % values


def too_many_members(body: Composition) -> str | None:
    if body.kind == Kind.PARTY_GROUP or body.members <= MEMBERS_GENERALLY_AT_MOST:
        return None
    message = _(
        "A branch generally has at most %(most)s members; here there are %(members)s "
        "(Regulations on Party branches, 2018, article 4)."
    )
    return message % {"most": MEMBERS_GENERALLY_AT_MOST, "members": body.members}


def too_many_units(body: Composition) -> str | None:
    if body.kind != Kind.JOINT_BRANCH or len(body.full) <= UNITS_GENERALLY_AT_MOST:
        return None
    message = _(
        "A joint branch generally serves at most %(most)s hamlets; here there are %(units)s "
        "(Regulations on Party branches, 2018, article 5)."
    )
    return message % {"most": UNITS_GENERALLY_AT_MOST, "units": len(body.full)}


def large_committee(body: Composition) -> str | None:
    size = committee_size(body)
    if body.full_members < FULL_MEMBERS_OF_A_COMMITTEE or not (
        COMMITTEE_USUALLY < size <= COMMITTEE_AT_MOST
    ):
        return None
    message = _(
        "A committee usually has %(least)s to %(usual)s members; here it has %(size)s "
        "(Regulations on Party branches, 2018, chapter 6)."
    )
    return message % {"least": COMMITTEE_AT_LEAST, "usual": COMMITTEE_USUALLY, "size": size}


def could_be_branch(body: Composition) -> str | None:
    """条例 article 4: with three full members a branch should be founded; whether the hamlet's
    economy and population allow it is for the township to weigh (the article)."""
    if body.kind != Kind.PARTY_GROUP or body.full_members < FULL_MEMBERS_OF_A_BRANCH:
        return None
    message = _(
        "With %(full)s full members a branch could be founded here "
        "(Regulations on Party branches, 2018, article 4)."
    )
    return message % {"full": body.full_members}


def count_faults(due: int, present: int, in_favour: int) -> dict[str, str]:
    """What cannot be true of a count, field by field, whatever the result."""
    found = {}
    if present > due:
        found["present"] = _("More came than may vote: %(present)s of %(due)s.") % {
            "present": present, "due": due}  # fmt: skip
    if in_favour > present:
        found["in_favour"] = _("More votes than voters present: %(votes)s of %(present)s.") % {
            "votes": in_favour, "present": present}  # fmt: skip
    return found


def why_void(kind: str, due: int, present: int, in_favour: int) -> dict[str, str]:
    """Why a count that may be true elects nobody, field by field; empty if it elects.

    A branch elects: four fifths of the voters must have come (基层组织选举工作条例, 2020). A group
    chooses its leader: half of them (条例 article 11). Both by more than half of those due.
    """
    quorum = MEETING_QUORUM if kind == Kind.PARTY_GROUP else ELECTION_QUORUM
    if present < quorum * due:
        return {"present": _too_few_came(kind) % {"present": present, "due": due}}
    if in_favour * 2 > due:
        return {}
    message = _(
        "Not elected: it takes more than half of the voters due, and %(votes)s of %(due)s voted "
        "for it (Regulations on Party branches, 2018, article 11)."
    )
    return {"in_favour": message % {"votes": in_favour, "due": due}}


def _too_few_came(kind: str) -> str:
    if kind == Kind.PARTY_GROUP:
        return _(
            "The meeting is not valid: at least half of the voters must come, and %(present)s of "
            "%(due)s did (Regulations on Party branches, 2018, article 11)."
        )
    return _(
        "The election is not valid: at least four fifths of the voters must come, and %(present)s "
        "of %(due)s did (Regulations on elections in primary Party organisations, 2020)."
    )


def end_of_term(day: date) -> date:
    """The day on which a term that begins on ``day`` ends."""
    return years_on(day, TERM_YEARS)


def term_of(kind: str, founded_on: date) -> date | None:
    """Until when it is elected: 支部委员会 has a term, a group's leader has none (条例 chapter 4:
    named by the branch or put forward by the group's members)."""
    return None if kind == Kind.PARTY_GROUP else end_of_term(founded_on)


def is_too_early(held_on: date, term_ends_on: date) -> bool:
    """条例 chapter 6: an election is early by generally at most a year."""
    return held_on < months_later(term_ends_on, -MONTHS_EARLY_OR_LATE)
