"""专项治理: what some counties see to everywhere, told by real actions; most hamlets of the
prefecture that have nothing to say are written in bulk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from genxu.core.access import Actor, system
from genxu.people.history import begin_many
from genxu.people.roles import Role
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region
from genxu.team.campaigns import actions, campaign_actions
from genxu.team.campaigns.actions import Given
from genxu.team.campaigns.models import Campaign, Part, PartStep, Sample
from genxu.team.campaigns.passing import let_days_pass
from genxu.team.campaigns.plans import Asked, Plan
from genxu.team.campaigns.queries import households_of
from genxu.team.campaigns.workflow import Said

from .material import DATA, Material, read
from .people import Cast
from .rooting import Rooting


@dataclass(frozen=True, slots=True)
class SaidScript(Material):
    """What one hamlet said: values in the order of its doors, ``rest`` for the others; without
    values that there is nothing."""

    hamlet: str
    days_ago: int
    values: tuple[int, ...] = ()
    rest: int | None = None
    by: Role = Role.SECRETARY


@dataclass(frozen=True, slots=True)
class LookScript(Material):
    """How long ago a sample was drawn, and looked at."""

    draw: int
    look: int


@dataclass(frozen=True, slots=True)
class CampaignScript(Material):
    county: str
    name: str
    why: str
    question: str
    opened: int
    until: int
    spoken_in_bulk: float
    fact: str = ""
    kind: str = ""
    looks_for: tuple[str, ...] = ()
    since: int | None = None
    said: tuple[SaidScript, ...] = ()
    look: LookScript | None = None


@dataclass(frozen=True, slots=True)
class CampaignsScript(Material):
    campaigns: tuple[CampaignScript, ...]


_VILLAGE = LENGTHS[Level.VILLAGE]
SCRIPT = read(DATA / "campaigns.toml", CampaignsScript)


def see_to_everywhere(cast: Cast, rng: Random, now: datetime) -> int:
    """All of them, day by day; how many things happen."""
    r = Rooting(cast, now)
    for script in SCRIPT.campaigns:
        _Told(r, cast, rng, script).plan()
    return r.moments.live()


@dataclass(slots=True)
class _Told:
    r: Rooting
    cast: Cast
    rng: Random
    script: CampaignScript

    def plan(self) -> None:
        script, plan = self.script, self.r.plan
        plan(script.opened, 9, self._open)
        plan(script.opened - 3, 17, self._speak_in_bulk)
        for said in script.said:
            plan(said.days_ago, 19, partial(self._say, said))
        if look := script.look:
            plan(look.draw, 10, self._draw)
            plan(look.look, 15, self._look)
        plan(script.until - 1, 1, let_days_pass)

    @property
    def county(self) -> Actor:
        return self.cast[Role.COUNTY_STAFF, self.script.county].actor()

    @property
    def campaign(self) -> Campaign:
        return Campaign.objects.get(place=self.script.county, name=self.script.name)

    def _open(self) -> None:
        script = self.script
        facts = [Asked(script.fact, script.kind)] if script.fact else []
        since = None if script.since is None else self.r.today - timedelta(days=script.since)
        plan = Plan(
            script.name, script.why, self.r.today - timedelta(days=script.until),
            script.question, since, script.looks_for, facts,
        )  # fmt: skip
        place = Region.objects.get(code=script.county)
        one = campaign_actions.prepare_campaign(actor=self.county, hamlet=place, plan=plan)
        campaign_actions.open_campaign(actor=self.county, campaign=one)

    def _say(self, said: SaidScript) -> None:
        part = Part.objects.get(campaign=self.campaign, hamlet=said.hamlet)
        place = said.hamlet if said.by == Role.SECRETARY else said.hamlet[:_VILLAGE]
        actor = self.cast[said.by, place].actor()
        if not said.values:
            actions.say_nothing(actor=actor, part=part)
            return
        given = [
            Given(part.campaign.asked[0].pk, key, value) for key, value in self._of(said, part)
        ]
        part = actions.answer_part(actor=actor, part=part, given=given)
        actions.say_done(actor=actor, part=part)

    def _of(self, said: SaidScript, part: Part) -> list[tuple[int | None, int | None]]:
        if not part.campaign.asks.by_household:
            return [(None, said.values[0])]
        doors = list(households_of(part).values_list("pk", flat=True))
        rest = [said.rest] * (len(doors) - len(said.values))
        return list(zip(doors, [*said.values, *rest], strict=True))

    def _draw(self) -> None:
        campaign_actions.draw_sample(actor=self.county, campaign=self.campaign)

    def _look(self) -> None:
        """Whoever it was given to was there."""
        for sample in Sample.objects.waiting().filter(part__campaign=self.campaign).order_by("pk"):
            role = (
                Role.COUNTY_STAFF
                if len(sample.checker_id) == LENGTHS[Level.COUNTY]
                else Role.TOWNSHIP_STAFF
            )
            actions.agree(actor=self.cast[role, sample.checker_id].actor(), sample=sample)

    def _speak_in_bulk(self) -> None:
        """Hamlets in which nobody of the cast serves: a share of them has nothing to say."""
        if self.campaign.asks.settles:
            return  # where the records know of something, "nothing" would be no true word
        rows = self.campaign.parts.filter(state=Said.OPEN).order_by("hamlet")
        served = {code for _role, code in self.cast}
        free = [(pk, code) for pk, code in rows.values_list("pk", "hamlet")
                if code not in served and code[:_VILLAGE] not in served]  # fmt: skip
        chosen = [row for row in free if self.rng.random() < self.script.spoken_in_bulk]
        keys = [pk for pk, _code in chosen]
        for n in range(0, len(keys), 500):
            Part.objects.filter(pk__in=keys[n : n + 500]).update(state=Said.NOTHING, version=2)
        begin_many(PartStep, chosen, system("demonstration"), "nothing", Said.NOTHING, Said.OPEN)
