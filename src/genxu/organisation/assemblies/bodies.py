"""When a vote of each body counts: quorum, majority, notice. One entry a body, with its source.

All is counted in whole numbers. The sources: 村民委员会组织法 in the text of 2018 (amended on
2025-10-28, in force since 2026-01-01: the numbers here are those of 2018); 农村集体经济组织法,
in force since 2025-05-01; 中国共产党支部工作条例(试行), 2018. If one of them is amended, its entry
here is what changes; meetings that have begun keep the numbers they began with (``kept``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from genxu.core.promises import StrOrPromise


class BodyName(models.TextChoices):
    VILLAGERS_MEETING = "villagers_meeting", _("Villagers' meeting")
    REPRESENTATIVES = "representatives", _("Villagers' representatives")
    GROUP_MEETING = "group_meeting", _("Villagers' group meeting")
    COLLECTIVE_MEMBERS = "collective_members", _("Collective members' meeting")
    COLLECTIVE_DELEGATES = "collective_delegates", _("Collective delegates' meeting")
    COLLECTIVE_BOARD = "collective_board", _("Collective board")
    PARTY_MEMBERS = "party_members", _("Party members' meeting")


class Basis(models.TextChoices):
    """What is counted: adults or households where the law leaves the choice, else persons due."""

    ADULTS = "adults", _("By adults: everybody of 18 years and more")
    HOUSEHOLDS = "households", _("By households: one person speaks for each")
    PERSONS = "persons", _("By the persons due to attend")


class Kind(models.TextChoices):
    """What a question is about, where the majority or who may decide depends on it."""

    PLAIN = "plain", _("Anything else")
    CHARTER = "charter", _("The charter of the collective")
    MEMBERSHIP = "membership", _("Who is a member")
    SHARES = "shares", _("How land or shares are divided")
    COMPENSATION = "compensation", _("How compensation for land is shared out")
    ENDING = "ending", _("Merging, dividing or ending the collective")
    NON_MEMBER_SHARE = "non_member_share", _("A share for somebody who is no member")


SHARE_WORDS: dict[tuple[int, int, bool], StrOrPromise] = {
    (1, 2, True): _("more than half"),
    (1, 2, False): _("half"),
    (2, 3, False): _("two thirds"),
    (3, 4, False): _("three quarters"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole: to be reached, or (``above``) to be passed."""

    parts: int
    of: int
    above: bool

    def needed(self, whole: int) -> int:
        """The smallest whole number that is enough."""
        if self.above:
            return whole * self.parts // self.of + 1
        return -(-whole * self.parts // self.of)

    @property
    def words(self) -> StrOrPromise:
        return SHARE_WORDS.get((self.parts, self.of, self.above), f"{self.parts}/{self.of}")

    @property
    def kept(self) -> list[Any]:
        return [self.parts, self.of, self.above]


MORE_THAN_HALF = Share(1, 2, True)
AT_LEAST_HALF = Share(1, 2, False)
TWO_THIRDS = Share(2, 3, False)
THREE_QUARTERS = Share(3, 4, False)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What makes a vote count, as a meeting keeps it from its beginning.

    ``quorum`` is the share of those due who must come, by the basis on which they are counted;
    ``majorities`` the share that must be in favour by the kind of the question (a kind that is
    missing is not this body's to decide), ``of_due``: of those due, else of those present.
    ``notice_days`` are the days between the notice and the meeting. ``proxies`` is how many each
    of those who came may hold, ``papers`` whether votes may be fetched at the door. ``law`` is
    the source in English, ``version`` the text of it, by its year or the day it came into force.
    """

    quorum: Mapping[str, Share]
    majorities: Mapping[str, Share]
    law: str
    version: str
    of_due: bool = False
    notice_days: int = 0
    proxies: int = 0
    papers: bool = False

    @property
    def source(self) -> str:
        told = gettext("%(law)s (text of %(version)s)")
        return told % {"law": gettext(self.law), "version": self.version}

    @property
    def majority(self) -> Share:
        """What most questions take."""
        return self.majorities[Kind.PLAIN]

    @property
    def special(self) -> list[tuple[StrOrPromise, Share]]:
        """The kinds of questions that take another majority than most."""
        others = self.majorities.items()
        return [(Kind(kind).label, share) for kind, share in others if share != self.majority]

    def quorum_of(self, basis: str, due: int) -> int:
        """How many have to come."""
        return self.quorum[Basis(basis)].needed(due)

    def votes_of(self, due: int, present: int, kind: str = Kind.PLAIN) -> int:
        """How many have to be in favour."""
        return self.majorities[kind].needed(due if self.of_due else present)

    @property
    def kept(self) -> dict[str, Any]:
        """The numbers as the row of a meeting keeps them."""
        return {
            "quorum": {str(basis): share.kept for basis, share in self.quorum.items()},
            "majorities": {str(kind): share.kept for kind, share in self.majorities.items()},
            "law": self.law, "version": self.version, "of_due": self.of_due,
            "notice_days": self.notice_days, "proxies": self.proxies, "papers": self.papers,
        }  # fmt: skip

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """The rule that a row keeps."""
        shares = {
            name: {key: Share(*share) for key, share in kept[name].items()}
            for name in ("quorum", "majorities")
        }
        return cls(**{**kept, **shares})


@dataclass(frozen=True, kw_only=True)
class Body(Rule):
    """A body with its rule as the law has it now. ``public`` results stand on the hamlet's public
    page; ``odd_size`` is what the law foresees of a board; ``delegates``: who comes was chosen by
    households, and how is looked at (``delegation``)."""

    hint: StrOrPromise
    odd_size: tuple[int, int] | None = None
    public: bool = True
    delegates: bool = False

    def fits_size(self, due: int) -> bool:
        """Whether so many members are what the law foresees: for a board an odd number."""
        if self.odd_size is None:
            return True
        least, most = self.odd_size
        return least <= due <= most and due % 2 == 1


def _plainly(share: Share) -> Mapping[str, Share]:
    return {Kind.PLAIN: share}


ORGANIC_LAW = {
    21: gettext_noop("Organic Law of Villagers' Committees, articles 21 and 22"),
    26: gettext_noop("Organic Law of Villagers' Committees, article 26"),
    28: gettext_noop("Organic Law of Villagers' Committees, article 28"),
}
COLLECTIVE_LAW = {
    26: gettext_noop("Law on Rural Collective Economic Organisations, articles 15, 26 and 27"),
    28: gettext_noop("Law on Rural Collective Economic Organisations, article 28"),
    29: gettext_noop("Law on Rural Collective Economic Organisations, articles 29 and 31"),
}
PARTY_BRANCHES = gettext_noop("Regulations on the Work of Party Branches, article 11")


def villagers_meeting() -> Body:
    """村民委员会组织法 (2018) 第二十一、二十二条: more than half of the adults, or two thirds
    of the households; more than half of those present; ten days' notice."""
    return Body(
        quorum={Basis.ADULTS: MORE_THAN_HALF, Basis.HOUSEHOLDS: TWO_THIRDS},
        majorities=_plainly(MORE_THAN_HALF),
        notice_days=10,
        papers=True,
        law=ORGANIC_LAW[21],
        version="2018",
        hint=_("All adults of the village are due, or all its households, not only the hamlet's."),
    )


def representatives() -> Body:
    """村民委员会组织法 (2018) 第二十六条: two thirds of the representatives; more than half
    of those present. The law names no time of notice."""
    return Body(
        quorum={Basis.PERSONS: TWO_THIRDS},
        majorities=_plainly(MORE_THAN_HALF),
        papers=True,
        law=ORGANIC_LAW[26],
        version="2018",
        hint=_("All representatives of the village are due. They decide what the villagers' "
               "meeting handed to them, no more."),
    )  # fmt: skip


def group_meeting() -> Body:
    """村民委员会组织法 (2018) 第二十八条: two thirds of the adults or of the households of the
    group; more than half of those present; what was decided is made public in the group."""
    return Body(
        quorum={Basis.ADULTS: TWO_THIRDS, Basis.HOUSEHOLDS: TWO_THIRDS},
        majorities=_plainly(MORE_THAN_HALF),
        papers=True,
        law=ORGANIC_LAW[28],
        version="2018",
        hint=_("A hamlet is not a group: where several groups live in it, each one decides "
               "on its own property in a meeting of its own."),
    )  # fmt: skip


def collective_members() -> Body:
    """农村集体经济组织法 第二十六、二十七条: two thirds of the able members, on site, online or by
    a written proxy of the same household, and no paper at the door; two thirds of all members of
    the meeting; ten days' notice. 第十五条: three quarters of all members to give one who is no
    member a share.

    The meeting consists of all members who are fully able to act (第二十六条): these are the due.
    How many proxies one may hold the law leaves open: one (custom).
    """
    return Body(
        quorum={Basis.PERSONS: TWO_THIRDS},
        majorities={
            **dict.fromkeys(Kind.values, TWO_THIRDS),
            Kind.NON_MEMBER_SHARE: THREE_QUARTERS,
        },
        of_due=True,
        notice_days=10,
        proxies=1,
        law=COLLECTIVE_LAW[26],
        version="2025-05-01",
        hint=_("All grown-up members who can act for themselves are due. A proxy must be of the "
               "same household and bring it in writing."),
    )  # fmt: skip


def collective_delegates() -> Body:
    """农村集体经济组织法 第二十八条: more than twenty delegates, some of them women, as a rule one
    for five to fifteen households; two thirds of all delegates. It decides nothing of the
    charter, of membership, of how land or shares are divided, of compensation, of merging or
    ending, nor of a share for one who is no member (第十五条): those are for the members' meeting.
    """
    return Body(
        quorum={Basis.PERSONS: TWO_THIRDS},
        majorities=_plainly(TWO_THIRDS),
        of_due=True,
        notice_days=10,
        delegates=True,
        law=COLLECTIVE_LAW[28],
        version="2025-05-01",
        hint=_("All delegates are due: more than twenty, women among them. The charter, "
               "membership, land and shares, compensation and the end of the collective are not "
               "theirs to decide."),
    )  # fmt: skip


def collective_board() -> Body:
    """农村集体经济组织法 第二十九、三十一条: an odd number of three to seven; two thirds attend;
    more than half of all members of the board."""
    return Body(
        quorum={Basis.PERSONS: TWO_THIRDS},
        majorities=_plainly(MORE_THAN_HALF),
        of_due=True,
        odd_size=(3, 7),
        law=COLLECTIVE_LAW[29],
        version="2025-05-01",
        hint=_("All members of the board are due: an odd number from three to seven."),
    )


def party_members() -> Body:
    """中国共产党支部工作条例(试行) 第十一条: usually once a quarter; at least half of the voting
    members present; more than half of the voting members who are due. What it decides is not
    published."""
    return Body(
        quorum={Basis.PERSONS: AT_LEAST_HALF},
        majorities=_plainly(MORE_THAN_HALF),
        of_due=True,
        public=False,
        law=PARTY_BRANCHES,
        version="2018",
        hint=_("Only full members who may vote are due. It meets once a quarter as a rule."),
    )


BODIES: dict[str, Body] = {
    BodyName.VILLAGERS_MEETING: villagers_meeting(),
    BodyName.REPRESENTATIVES: representatives(),
    BodyName.GROUP_MEETING: group_meeting(),
    BodyName.COLLECTIVE_MEMBERS: collective_members(),
    BodyName.COLLECTIVE_DELEGATES: collective_delegates(),
    BodyName.COLLECTIVE_BOARD: collective_board(),
    BodyName.PARTY_MEMBERS: party_members(),
}
PUBLIC = tuple(name for name, body in BODIES.items() if body.public)
COLLECTIVE = tuple(name for name in BODIES if name.startswith("collective"))
