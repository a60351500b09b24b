"""The life of one matter as it may go, told as dated events: pure, no database.

The rules are those of the workflow; a test plays the lives through its table.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from genxu.institutions.matters.deadlines import Deadline, deadline
from genxu.institutions.matters.workflow import Answer, State, Tier
from genxu.regions.codes import Level, ancestors_of, level_of

from .dice import below, pick
from .words import WORDS, Case, put

GOOD = (Answer.VERY_SATISFIED,) * 9 + (Answer.SATISFIED,) * 12 + (Answer.FAIRLY_SATISFIED,) * 3
BAD = (Answer.DISSATISFIED,) * 4 + (Answer.VERY_DISSATISFIED,)
LATELY = timedelta(days=60)
"""What was left lying longer ago has been seen to since."""
CLIMB = {"village": 1, "township": 2, "county": 3}


@dataclass(slots=True)
class Event:
    """One step: its name, when, where it was taken, the states around it, the words."""

    step: str
    at: datetime
    place: str
    from_state: str
    to_state: str
    due_at: datetime
    words: str = ""
    answer: str = ""


@dataclass(slots=True)
class Life:
    """A matter's way up to the present, and where it stands."""

    hamlet: str
    title: str
    tier: str
    urgency: str
    start: datetime
    due_at: datetime
    remind_at: datetime
    place: str
    events: list[Event] = field(default_factory=list)
    state: str = State.REGISTERED
    round: int = 1
    assignee_name: str = ""
    extension: str = "none"
    extension_days: int = 0
    result: str = ""

    @property
    def done_at(self) -> datetime | None:
        """When it was last reported done, if it still is."""
        if self.state not in (State.DONE, State.ASKED_BACK, State.CLOSED, State.UNCONFIRMED):
            return None
        return next(e.at for e in reversed(self.events) if e.step == "finish")

    def done_on(self, day: datetime) -> bool:
        """Whether it counted as done at the end of that day."""
        state = ""
        for event in self.events:
            if event.at > day:
                break
            state = event.to_state
        return state in (State.DONE, State.ASKED_BACK, State.CLOSED, State.UNCONFIRMED)


class Teller:
    """Tells one life; ``quick`` keeps it short and to a good end."""

    def __init__(
        self,
        rng: Random,
        case: Case,
        title: str,
        hamlet: str,
        start: datetime,
        now: datetime,
        spot: str,
        quick: bool = False,
    ) -> None:
        limit = deadline(start, case.tier, case.urgency)
        self.rng, self.case, self.now, self.spot = rng, case, now, spot
        self.quick = quick
        self.at = self.began = start
        self.life = Life(
            hamlet, title, case.tier, case.urgency, start, limit.due_at, limit.remind_at, hamlet
        )

    def tell(self) -> Life:
        """The whole life, cut off at the present."""
        self._story()
        return self.life

    def _pick(self, words: tuple[str, ...]) -> str:
        return put(pick(self.rng, words), self.spot) if words else ""

    def _go(self, step: str, target: str, days: float, words: str = "") -> bool:
        """Take a step so many days later, at a decent hour; False when that is in the future."""
        rng = self.rng
        moment = self.at + timedelta(days=days)
        if days >= 0.5:
            moment = moment.replace(hour=8 + below(rng, 11), minute=below(rng, 60))
        if moment <= self.at:
            moment = self.at + timedelta(minutes=3 + below(rng, 40))
        if moment > self.now:
            return False
        life = self.life
        life.events.append(Event(step, moment, life.place, life.state, target, life.due_at, words))
        life.state, self.at = target, moment
        return True

    def _story(self) -> None:
        """Taken up, worked on, ended; cut off wherever the present comes first."""
        life = self.life
        due = life.due_at
        life.events.append(Event("register", self.at, life.hamlet, "", State.REGISTERED, due))
        pace = 0.35 if self.quick or self.case.urgency == "urgent" else 1.0
        if self._take_up(pace) and self._work(pace):
            self._end()

    def _take_up(self, pace: float) -> bool:
        life, rng, case = self.life, self.rng, self.case
        if not self._go("triage", State.TRIAGED, rng.random() * 2 * pace):
            return False
        if not self.quick and rng.random() < 0.08 and self.now - life.start < LATELY:
            return False  # it lies unassigned, and falls overdue
        helper = WORDS.helpers[case.tier][int(rng.random() * 2.999) % 2]
        if not self._go("assign", State.ASSIGNED, rng.random() * 2 * pace):
            return False
        life.assignee_name = helper
        return self._go("start", State.UNDER_WAY, rng.random() * 2 * pace, self._pick(case.work))

    def _work(self, pace: float) -> bool:
        rng, case = self.rng, self.case
        if case.tier == "specialist" and not self._climb(pace):
            return False
        if not self.quick and rng.random() < 0.06:
            self._extend()
        slow = 4.0 if not self.quick and rng.random() < 0.07 else 1.0
        span = {Tier.PERSONAL: 1.5, Tier.COMMON: 5.0, Tier.SPECIALIST: 6.0}[case.tier]
        if not self._finish(span * rng.random() * pace * slow, self._pick(case.results)):
            return False
        if self.quick or rng.random() >= 0.06:
            return True
        return self._verdict(pick(rng, BAD), self._pick(case.bad + WORDS.bad)) and self._finish(
            1 + rng.random() * 6, self._pick(case.results)
        )

    def _finish(self, days: float, words: str) -> bool:
        if not self._go("finish", State.DONE, days, words):
            return False
        self.life.result = words
        return self._go("ask_back", State.ASKED_BACK, 0.6 + self.rng.random() * 2)

    def _climb(self, pace: float) -> bool:
        life, rng, case = self.life, self.rng, self.case
        above = [
            code
            for code in reversed(ancestors_of(life.hamlet))
            if level_of(code) in (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY)
        ]
        for code in above[: CLIMB[case.specialist_top or "village"]]:
            if not self._go("pass_up", State.ASSIGNED, 0.5 + rng.random() * 2.5 * pace,
                            life.title):  # fmt: skip
                return False
            life.place, life.assignee_name = code, ""
        if not self._go("answer", State.UNDER_WAY, 1 + rng.random() * 6 * pace,
                        self._pick(case.level_answers)):  # fmt: skip
            return False
        life.place, life.assignee_name = life.hamlet, WORDS.helpers[life.tier][0]
        return True

    def _extend(self) -> None:
        life, rng = self.life, self.rng
        if self.at >= life.due_at or life.urgency == "urgent":
            return
        if not self._go("ask_extension", life.state, 0.1, self._pick(WORDS.extension_reasons)):
            return
        life.extension, life.extension_days = "asked", 5
        if self._go("decide_extension", life.state, rng.random(), WORDS.extension_granted):
            life.extension = "approved"
            self._due(deadline(self.began, life.tier, life.urgency, 5).reminding_after(self.at))

    def _due(self, limit: Deadline) -> None:
        """Another deadline, from the last step on."""
        life = self.life
        life.due_at, life.remind_at = limit.due_at, limit.remind_at
        life.events[-1].due_at = limit.due_at

    def _verdict(self, answer: Answer, words: str) -> bool:
        target = State.UNDER_WAY if answer in BAD else State.CLOSED
        if not self._go("give_verdict", target, self.rng.random() * 2, words):
            return False
        self.life.events[-1].answer = answer
        if target == State.UNDER_WAY:
            life = self.life
            life.round += 1
            self.began = self.at
            self._due(deadline(self.at, life.tier, life.urgency))
            life.extension, life.extension_days = "none", 0
        return True

    def _end(self) -> None:
        """The verdict of whoever raised it; or three tries that reach nobody."""
        rng, case = self.rng, self.case
        if not self.quick and rng.random() < 0.05:
            for _n in range(2):
                if not self._go("ask_back", State.ASKED_BACK, 1.5 + rng.random() * 2.5,
                                self._pick(WORDS.try_notes)):  # fmt: skip
                    return
            self._go("close_unconfirmed", State.UNCONFIRMED, 1 + rng.random())
            return
        words = self._pick(case.good + WORDS.good) if rng.random() < 0.6 else ""
        if self._go("give_verdict", State.CLOSED, rng.random() * 1.5, words):
            self.life.events[-1].answer = pick(rng, GOOD)
