"""The shape of the stories of the six hamlets that the article names; ``telling`` and ``rooting``
play them."""

from dataclasses import dataclass
from datetime import time
from typing import Literal

from genxu.institutions.matters.workflow import Tier, Urgency
from genxu.organisation.assemblies.bodies import Basis, BodyName, Kind
from genxu.organisation.assemblies.models import NoticeWay

from .material import DATA, Lines, Material, read, read_all

StepName = Literal[
    "triage", "assign", "start", "pass_up", "answer", "pass_on", "return", "ask_extension",
    "approve_extension", "finish", "ask_back", "close_unconfirmed", "verdict:very_satisfied",
    "verdict:satisfied", "verdict:fairly_satisfied", "verdict:dissatisfied",
    "verdict:very_dissatisfied", "noted:satisfied", "explain", "no_agreement",
]  # fmt: skip
Step = tuple[StepName, int, str]
"""What is done, how many days after the talk, and the words; of ``explain`` the law is their last
line."""


@dataclass(frozen=True, slots=True)
class MatterScript(Material):
    """A matter and its way; without one it is only registered."""

    key: str
    title: str
    tier: Tier
    path: tuple[Step, ...]
    urgency: Urgency = Urgency.ORDINARY


@dataclass(frozen=True, slots=True)
class SuggestionScript(Material):
    """What was said, how it was met, the earlier matter that it joins, and what came of it."""

    said: str
    who: Literal["household", "resident", "nobody"]
    response: Literal["answered", "taken_up", "declined"]
    reply: str = ""
    joins: str | None = None
    matters: tuple[MatterScript, ...] = ()


@dataclass(frozen=True, slots=True)
class TalkScript(Material):
    """One evening talk; `topic` is as the secretary wrote it."""

    days_ago: int
    at: time
    topic: str
    venue: str
    head_count: int
    suggestions: tuple[SuggestionScript, ...]


@dataclass(frozen=True, slots=True)
class HamletScript(Material):
    """A hamlet of the article: its name, the code of its village, its talks."""

    name: str
    village: str
    talks: tuple[TalkScript, ...]

    @property
    def code(self) -> str:
        """It is the first hamlet of its village."""
        return f"{self.village}001"


@dataclass(frozen=True, slots=True)
class Candidates(Material):
    stands: str
    put_forward: str


@dataclass(frozen=True, slots=True)
class JointBranch(Material):
    name: str
    request: str


@dataclass(frozen=True, slots=True)
class Selected(Material):
    stands: str
    selection: str


@dataclass(frozen=True, slots=True)
class Newcomers(Material):
    resigned: str
    heads: Lines


@dataclass(frozen=True, slots=True)
class AssemblyScript(Material):
    """A meeting so many days ago (or ahead); with votes it has been held.

    ``kinds`` of the questions where they matter; ``recount``: the first one, the day after.
    """

    hamlet: str
    days_ago: int
    body: BodyName
    basis: Basis
    title: str
    venue: str
    questions: Lines
    due: int
    notice: tuple[NoticeWay, ...]
    kinds: tuple[Kind, ...] = ()
    in_person: int = 0
    online: int = 0
    papers: int = 0
    votes: tuple[tuple[int, int, int], ...] = ()
    recount: tuple[int, int, int] | None = None
    recounted_for: str = ""


@dataclass(frozen=True, slots=True)
class RootsScript(Material):
    """What happens these weeks in the organisation of the named hamlets."""

    candidates: Candidates
    joint_branch: JointBranch
    selected: Selected
    newcomers: Newcomers
    assemblies: tuple[AssemblyScript, ...]


STORIES = read_all(DATA / "stories", HamletScript)
"""The six hamlets, in the order of the article."""
ROOTS = read(DATA / "roots.toml", RootsScript)
