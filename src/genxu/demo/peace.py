"""罗家洲: what its old member settles between neighbours, by the real actions: one dispute settled,
one whose sides are to be asked, one under way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from genxu.core import clock
from genxu.core.access import Actor
from genxu.people.models import Account, Household
from genxu.people.own_access import holder_of
from genxu.regions.models import Region
from genxu.team.disputes import actions, answer_actions
from genxu.team.disputes.choosing import WhoRow
from genxu.team.disputes.models import Dispute, Side, sides_of
from genxu.team.members.models import Post

from .context import LUO
from .material import DATA, Material, read
from .people import Cast
from .rooting import Rooting


@dataclass(frozen=True, slots=True)
class TalkScript(Material):
    day: int
    came: int
    words: str


@dataclass(frozen=True, slots=True)
class DisputeScript(Material):
    """Days are so many days ago; what has no day has not happened."""

    kind: str
    by_himself: bool
    first: int
    second: int
    told: int
    story: str
    talks: tuple[TalkScript, ...]
    terms: str = ""
    manner: str = ""
    agreed: int = 0
    how: str = ""
    own_answer: int = 0
    noted_answer: int = 0


@dataclass(frozen=True, slots=True)
class PeaceScript(Material):
    disputes: tuple[DisputeScript, ...]


PEACE = read(DATA / "peace.toml", PeaceScript)


def make_peace(cast: Cast, now: datetime) -> int:
    """All of it; how many things happen."""
    r = Rooting(cast, now)
    for script in PEACE.disputes:
        _Settling(r, script).tell()
    return r.moments.live()


class _Settling:
    """One dispute, from the day on which it was told."""

    def __init__(self, r: Rooting, script: DisputeScript) -> None:
        self.r, self.script, self.key = r, script, 0

    def tell(self) -> None:
        plan, script = self.r.plan, self.script
        plan(script.told, 19, self._told)
        for talk in script.talks:
            plan(talk.day, 20, partial(self._talked, talk))
        if script.agreed:
            plan(script.agreed, 21, self._agreed)
        if script.own_answer:
            plan(script.own_answer, 18, self._own_word)
        if script.noted_answer:
            plan(script.noted_answer, 19, self._noted_word)

    @property
    def dispute(self) -> Dispute:
        return Dispute.objects.get(pk=self.key)

    @property
    def sides(self) -> list[Side]:
        return sides_of(self.dispute)

    def _door(self, n: int) -> WhoRow:
        rows = Household.objects.living_here().filter(hamlet=LUO).order_by("number")
        return WhoRow(rows[n])

    def _told(self) -> None:
        maker = _peacemaker()
        actor = maker.actor() if self.script.by_himself else self.r.secretary(LUO)
        made = actions.begin_dispute(
            actor=actor, hamlet=Region.objects.get(code=LUO), kind=self.script.kind,
            story=self.script.story, told_on=clock.today(), peacemaker=maker,
            sides=[self._door(self.script.first), self._door(self.script.second)],
        )  # fmt: skip
        self.key = made.pk

    def _talked(self, talk: TalkScript) -> None:
        actions.note_meeting(
            actor=_actor(), dispute=self.dispute, day=clock.today(),
            came=self.sides[: talk.came], words=talk.words,
        )  # fmt: skip

    def _agreed(self) -> None:
        script = self.script
        actions.agree_dispute(
            actor=_actor(), dispute=self.dispute, terms=script.terms, manner=script.manner,
            agreed_on=clock.today(), yes={one.pk: script.how for one in self.sides},
            until=clock.today() + timedelta(days=14),
        )  # fmt: skip

    def _own_word(self) -> None:
        side = self.sides[0]
        assert side.household is not None
        answer_actions.give_answer(
            actor=holder_of(side.household), dispute=self.dispute, side=side,
            answer=Side.Answer.HOLDS,
        )  # fmt: skip

    def _noted_word(self) -> None:
        actor = _actor()
        answer_actions.note_answer(
            actor=actor, dispute=self.dispute, side=self.sides[1], answer=Side.Answer.HOLDS,
            heard_by=actor.name, heard_on=clock.today(),
        )  # fmt: skip


def _peacemaker() -> Account:
    """The member of 罗家洲 who has taken on that post (flags.toml)."""
    post = Post.objects.select_related("member__account").get(hamlet=LUO, kind=Post.Kind.PEACE)
    assert post.member.account is not None
    return post.member.account


def _actor() -> Actor:
    return _peacemaker().actor()
