"""When a vote of each body counts: quorum, majority, notice. One entry a body, with its source.

All is counted in whole numbers. The sources: 村民委员会组织法 in the text of 2018 (amended on
2025-10-28, in force since 2026-01-01: the numbers here are those of 2018); 农村集体经济组织法,
in force since 2025-05-01; 中国共产党支部工作条例(试行), 2018. If one of them is amended, its entry
here is what changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.promises import StrOrPromise


class BodyName(models.TextChoices):
    VILLAGERS_MEETING = "villagers_meeting", _("Villagers' meeting")
    REPRESENTATIVES = "representatives", _("Villagers' representatives")
    GROUP_MEETING = "group_meeting", _("Villagers' group meeting")
    COLLECTIVE_MEMBERS = "collective_members", _("Collective members' meeting")
    COLLECTIVE_BOARD = "collective_board", _("Collective board")
    PARTY_MEMBERS = "party_members", _("Party members' meeting")


class Basis(models.TextChoices):
    """What is counted: adults or households where the law leaves the choice, else persons due."""

    ADULTS = "adults", _("By adults: everybody of 18 years and more")
    HOUSEHOLDS = "households", _("By households: one person speaks for each")
    PERSONS = "persons", _("By the persons due to attend")


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole: to be reached, or (``above``) to be passed."""

    parts: int
    of: int
    above: bool
    words: StrOrPromise

    def needed(self, whole: int) -> int:
        """The smallest whole number that is enough."""
        if self.above:
            return whole * self.parts // self.of + 1
        return -(-whole * self.parts // self.of)


MORE_THAN_HALF = Share(1, 2, True, _("more than half"))
AT_LEAST_HALF = Share(1, 2, False, _("half"))
TWO_THIRDS = Share(2, 3, False, _("two thirds"))


@dataclass(frozen=True)
class Body:
    """What makes a vote of a body count.

    ``quorum`` is the share of those due who must come, by the basis on which they are counted;
    ``majority`` the share that must be in favour, ``of_due``: of those due, else of those present.
    ``notice_days`` are the days between the notice and the meeting. ``public`` results stand on
    the hamlet's public page.
    """

    quorum: Mapping[Basis, Share]
    majority: Share
    source: StrOrPromise
    hint: StrOrPromise
    of_due: bool = False
    notice_days: int = 0
    proxies: bool = False
    odd_size: tuple[int, int] | None = None
    public: bool = True

    def quorum_of(self, basis: str, due: int) -> int:
        """How many have to come."""
        return self.quorum[Basis(basis)].needed(due)

    def fits_size(self, due: int) -> bool:
        """Whether so many members are what the law foresees: for a board an odd number."""
        if self.odd_size is None:
            return True
        least, most = self.odd_size
        return least <= due <= most and due % 2 == 1

    def votes_of(self, due: int, present: int) -> int:
        """How many have to be in favour."""
        return self.majority.needed(due if self.of_due else present)


def villagers_meeting() -> Body:
    """村民委员会组织法 (2018) 第二十一、二十二条: more than half of the adults, or two thirds
    of the households; more than half of those present; ten days' notice."""
    return Body(
        quorum={Basis.ADULTS: MORE_THAN_HALF, Basis.HOUSEHOLDS: TWO_THIRDS},
        majority=MORE_THAN_HALF,
        notice_days=10,
        source=_("Organic Law of Villagers' Committees, articles 21 and 22"),
        hint=_("All adults of the village are due, or all its households, not only the hamlet's."),
    )


def representatives() -> Body:
    """村民委员会组织法 (2018) 第二十六条: two thirds of the representatives; more than half
    of those present. The law names no time of notice."""
    return Body(
        quorum={Basis.PERSONS: TWO_THIRDS},
        majority=MORE_THAN_HALF,
        source=_("Organic Law of Villagers' Committees, article 26"),
        hint=_("All representatives of the village are due. They decide what the villagers' "
               "meeting handed to them, no more."),
    )  # fmt: skip


def group_meeting() -> Body:
    """村民委员会组织法 (2018) 第二十八条: two thirds of the adults or of the households of the
    group; more than half of those present; what was decided is made public in the group."""
    return Body(
        quorum={Basis.ADULTS: TWO_THIRDS, Basis.HOUSEHOLDS: TWO_THIRDS},
        majority=MORE_THAN_HALF,
        source=_("Organic Law of Villagers' Committees, article 28"),
        hint=_("A hamlet is not a group: where several groups live in it, each one decides "
               "on its own property in a meeting of its own."),
    )  # fmt: skip


def collective_members() -> Body:
    """农村集体经济组织法 第二十六、二十七条: two thirds of the able members, online or by a proxy
    of the same household too; two thirds of all members of the meeting; ten days' notice.

    The meeting consists of all members who are fully able to act (第二十六条): these are the due.
    """
    return Body(
        quorum={Basis.PERSONS: TWO_THIRDS},
        majority=TWO_THIRDS,
        of_due=True,
        notice_days=10,
        proxies=True,
        source=_("Law on Rural Collective Economic Organisations, articles 26 and 27"),
        hint=_("All grown-up members who can act for themselves are due. A proxy must be of the "
               "same household and bring it in writing."),
    )  # fmt: skip


def collective_board() -> Body:
    """农村集体经济组织法 第二十九、三十一条: an odd number of three to seven; two thirds attend;
    more than half of all members of the board."""
    return Body(
        quorum={Basis.PERSONS: TWO_THIRDS},
        majority=MORE_THAN_HALF,
        of_due=True,
        odd_size=(3, 7),
        source=_("Law on Rural Collective Economic Organisations, articles 29 and 31"),
        hint=_("All members of the board are due: an odd number from three to seven."),
    )


def party_members() -> Body:
    """中国共产党支部工作条例(试行) 第十一条: usually once a quarter; at least half of the voting
    members present; more than half of the voting members who are due. What it decides is not
    published."""
    return Body(
        quorum={Basis.PERSONS: AT_LEAST_HALF},
        majority=MORE_THAN_HALF,
        of_due=True,
        public=False,
        source=_("Regulations on the Work of Party Branches, article 11"),
        hint=_("Only full members who may vote are due. It meets once a quarter as a rule."),
    )


BODIES: dict[str, Body] = {
    BodyName.VILLAGERS_MEETING: villagers_meeting(),
    BodyName.REPRESENTATIVES: representatives(),
    BodyName.GROUP_MEETING: group_meeting(),
    BodyName.COLLECTIVE_MEMBERS: collective_members(),
    BodyName.COLLECTIVE_BOARD: collective_board(),
    BodyName.PARTY_MEMBERS: party_members(),
}
PUBLIC = tuple(name for name, body in BODIES.items() if body.public)
