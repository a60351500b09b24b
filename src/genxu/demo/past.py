"""Years of talks in the hamlets of the demonstration, written in bulk.

The numbers of 崇阳县 up to the day of the article are met by telling as many lives as it counted;
nothing is written into a figure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.db.models import Min
from django.utils import timezone

from genxu.core.bulk import insert_rows
from genxu.core.codes import CODE_FIELDS, CODE_LENGTH, CODE_LETTERS, code_values
from genxu.institutions.matters.models import (
    AskingBack,
    Matter,
    MatterStep,
    Suggestion,
    Verdict,
    Voice,
)
from genxu.institutions.talks.models import Raised, Talk
from genxu.people.models import Household
from genxu.regions.models import Region

from .article import ARTICLE, ARTICLE_DAY, CHONGYANG, CST, NAMED_HAMLETS, START
from .dice import below, pick
from .lives import BAD, Event, Life, Teller
from .names import person_name
from .words import WORDS, Case, Topic, pick_spot, put, topics_of_month

COUNTIES_TALKS, CHONGYANG_TALKS = 2600, 4200
STORY_DAYS = 75
"""For so long the named hamlets have their own stories; the others go on as before."""


@dataclass(slots=True)
class SaidThen:
    """A suggestion of the past with its place in its talk."""

    case: Case
    text: str
    spot: str
    response: str
    household: int | None
    lives: list[Life] = field(default_factory=list)


@dataclass(slots=True)
class TalkThen:
    """A talk of the past."""

    hamlet: str
    at: datetime
    topic: Topic
    said: list[SaidThen]


class Past:
    """Makes the past of some hamlets, first in memory, then in the database."""

    def __init__(self, rng: Random, hamlets: Sequence[Region], now: datetime) -> None:
        self.rng = rng
        self.hamlets = [hamlet.code for hamlet in hamlets]
        self.now = now
        self.talks: list[TalkThen] = []

    def hold_talks(
        self, codes: Sequence[str], count: int, start: date, end: date, said: int
    ) -> list[TalkThen]:
        """So many talks with so many suggestions in all, spread over hamlets and evenings."""
        rng = self.rng
        span = (end - start).days
        held: set[tuple[str, int]] = set()
        while len(held) < count:
            held.add((pick(rng, codes), below(rng, span + 1)))
        talks = [self._talk(code, start + timedelta(days=n)) for code, n in sorted(held)]
        for n in range(said):
            talk = talks[n] if n < len(talks) else pick(rng, talks)
            if len(talk.said) < 5:
                self._say(talk)
            else:
                self._say(next(t for t in talks if len(t.said) < 3))
        self.talks += talks
        return talks

    def _talk(self, code: str, day: date) -> TalkThen:
        rng = self.rng
        at = datetime(day.year, day.month, day.day, 19, below(rng, 60), tzinfo=CST)
        return TalkThen(code, at, pick(rng, topics_of_month(day.month)), [])

    def _say(self, talk: TalkThen) -> None:
        rng = self.rng
        case = pick(rng, talk.topic.cases)
        spot = pick_spot(rng)
        die = rng.random()
        response = "taken_up" if die < 0.85 else "answered" if die < 0.94 else "declined"
        household = 1 + below(rng, 12) if rng.random() < 0.8 else None
        talk.said.append(SaidThen(case, put(case.said, spot), spot, response, household))

    def live(self, talk: TalkThen, said: SaidThen, title: str, *, quick: bool = False) -> Life:
        """Tell a life for a suggestion and put it there."""
        start = talk.at + timedelta(hours=2)
        life = Teller(
            self.rng, said.case, put(title, said.spot), talk.hamlet, start, self.now, said.spot,
            quick=quick,
        ).tell()  # fmt: skip
        said.lives.append(life)
        return life

    def live_all(self, talks: Sequence[TalkThen], second: float) -> None:
        """A life for each suggestion taken up; for a share of them a second one."""
        for talk in talks:
            for said in talk.said:
                if said.response != "taken_up":
                    continue
                self.live(talk, said, said.case.title)
                if self.rng.random() < second and said.case.second_title:
                    self.live(talk, said, said.case.second_title)


def live_past(rng: Random, hamlets: Sequence[Region], now: datetime, *, small: bool) -> Past:
    """All that was talked about and done, up to where the stories of the named hamlets begin."""
    past = Past(rng, hamlets, now)
    today = timezone.localdate(now)
    if small:
        _small_past(past, today - timedelta(days=STORY_DAYS))
        return past
    by_county: dict[str, list[str]] = {}
    for code in past.hamlets:
        by_county.setdefault(code[:6], []).append(code)
    _article_past(past, by_county[CHONGYANG])
    for county, codes in sorted(by_county.items()):
        _county_past(past, county, codes, today)
    return past


def _small_past(past: Past, end: date) -> None:
    """Two years of talks in the named hamlets."""
    past.live_all(past.hold_talks(past.hamlets, 240, end - timedelta(days=700), end, 330), 0.15)


def _article_past(past: Past, hamlets: Sequence[str]) -> None:
    """崇阳县 up to the article's day: its talks, its suggestions, its matters done."""
    talks = past.hold_talks(hamlets, ARTICLE["talks"], START, ARTICLE_DAY, ARTICLE["suggestions"])
    past.live_all(talks, 0.0)
    evening = datetime(ARTICLE_DAY.year, ARTICLE_DAY.month, ARTICLE_DAY.day, 23, 59, 59, tzinfo=CST)
    done = sum(life.done_on(evening) for talk in talks for said in talk.said for life in said.lives)
    early = [
        (talk, said)
        for talk in talks
        if talk.at < evening - timedelta(days=60)
        for said in talk.said
        if said.lives
    ]
    past.rng.shuffle(early)
    for talk, said in early:
        if done == ARTICLE["matters_done"]:
            return
        title = said.case.second_title or WORDS.follow_up.replace("{title}", said.case.title)
        done += past.live(talk, said, title, quick=True).done_on(evening)
    raise RuntimeError(f"only {done} matters done by the article's day")


def _county_past(past: Past, county: str, codes: list[str], today: date) -> None:
    """Its talks up to today; lately only where no story is told."""
    is_chongyang = county == CHONGYANG
    start = ARTICLE_DAY + timedelta(days=1) if is_chongyang else date(2022, 1, 10)
    count = CHONGYANG_TALKS if is_chongyang else COUNTIES_TALKS
    before = today - timedelta(days=STORY_DAYS)
    past.live_all(past.hold_talks(codes, count, start, before, count * 5 // 4), 0.12)
    free = [code for code in codes if code not in NAMED_HAMLETS]
    lately = count * STORY_DAYS // (before - start).days
    yesterday = today - timedelta(days=1)
    newest = past.hold_talks(free, lately, before + timedelta(days=1), yesterday, lately * 5 // 4)
    past.live_all(newest, 0.12)


def write_past(past: Past) -> dict[str, int]:
    """Write everything in the order of time to the database."""
    talks = sorted(past.talks, key=lambda talk: (talk.at, talk.hamlet))
    households = _household_keys(past.hamlets)
    rng = past.rng
    insert_rows(Talk, _TALK, _talk_rows(rng, talks))
    said = [(t, s) for t in talks for s in t.said]
    insert_rows(Suggestion, _SUGGESTION, _suggestion_rows(rng, said, households))
    insert_rows(Raised, ("suggestion", "talk", "position"), _raised_rows(talks))
    lives = [(n, life) for n, (_t, s) in enumerate(said, 1) for life in s.lives]
    insert_rows(Matter, _MATTER, _matter_rows(lives))
    insert_rows(Voice, ("matter", "suggestion"), ((m, s) for m, (s, _l) in enumerate(lives, 1)))
    insert_rows(MatterStep, _STEP, _step_rows(lives))
    insert_rows(Verdict, _VERDICT, _verdict_rows(lives))
    insert_rows(AskingBack, ("matter", "round", "on", "at"), _try_rows(lives))
    return {"talks": len(talks), "suggestions": len(said), "matters": len(lives)}


_TALK = ("id", "hamlet", "held_on", "venue", "topic", "head_count", "host", "recorder",
         "recorded_at")  # fmt: skip
_SUGGESTION = ("id", "hamlet", "said_on", "text", "raised_by", "household", "raiser_name",
               "response", "reply", "source", "recorded_at", *CODE_FIELDS)  # fmt: skip
_MATTER = ("id", "hamlet", "place", "title", "state", "tier", "urgency", "registered_at",
           "remind_at", "due_at", "done_on", "assignee_name", "extension", "extension_days",
           "result", "round", "version")  # fmt: skip
_STEP = ("matter", "hamlet", "place", "step", "from_state", "to_state", "at", "on", "words",
         "due_at")  # fmt: skip
_VERDICT = ("matter", "suggestion", "hamlet", "round", "answer", "words", "by_voice", "on", "at",
            "stands_from", "heard_by", "heard_on", "heard_how")  # fmt: skip


def _household_keys(hamlets: Sequence[str]) -> dict[str, int]:
    """The key of each hamlet's first household: they were written one after the other."""
    rows = Household.objects.values_list("hamlet").annotate(first=Min("pk")).order_by()
    return dict(rows)


def _talk_rows(rng: Random, talks: Sequence[TalkThen]) -> Iterator[tuple[object, ...]]:
    """Those of a hamlet have one host, and one place drawn by its code."""
    hosts: dict[str, str] = {}
    places = WORDS.meeting_places
    for key, talk in enumerate(talks, 1):
        host = hosts.setdefault(talk.hamlet, person_name(rng))
        venue = places[int(talk.hamlet) % 9973 % len(places)]
        heads = 12 + below(rng, 40)
        yield (key, talk.hamlet, talk.at.date(), venue, talk.topic.name, heads, host,
               host, (talk.at + timedelta(hours=2)).astimezone(UTC))  # fmt: skip


def _suggestion_rows(
    rng: Random, said: Sequence[tuple[TalkThen, SaidThen]], households: dict[str, int]
) -> Iterator[tuple[object, ...]]:
    for key, (talk, one) in enumerate(said, 1):
        raised_by, household = "nobody", None
        if one.household:
            raised_by, household = "household", households[talk.hamlet] + one.household - 1
        words = {"taken_up": (), "answered": one.case.answers, "declined": one.case.declines}
        reply = words[one.response]
        text = put(pick(rng, reply), one.spot) if reply else ""
        code = code_values("".join(rng.choices(CODE_LETTERS, k=CODE_LENGTH)))
        yield (key, talk.hamlet, talk.at.date(), one.text, raised_by, household, "", one.response,
               text, "talk",
               (talk.at + timedelta(hours=2)).astimezone(UTC), *code.values())  # fmt: skip


def _raised_rows(talks: Sequence[TalkThen]) -> Iterator[tuple[int, int, int]]:
    key = 0
    for talk_key, talk in enumerate(talks, 1):
        for position in range(1, len(talk.said) + 1):
            key += 1
            yield key, talk_key, position


Lives = Sequence[tuple[int, Life]]


def _matter_rows(lives: Lives) -> Iterator[tuple[object, ...]]:
    for key, (_suggestion, one) in enumerate(lives, 1):
        done = one.done_at
        yield (key, one.hamlet, one.place, one.title, str(one.state), str(one.tier),
               str(one.urgency), one.start.astimezone(UTC), one.remind_at.astimezone(UTC),
               one.due_at.astimezone(UTC), done.date() if done else None, one.assignee_name,
               one.extension, one.extension_days, one.result, one.round,
               len(one.events))  # fmt: skip


def _step_rows(lives: Lives) -> Iterator[tuple[object, ...]]:
    for key, (_suggestion, one) in enumerate(lives, 1):
        for n, e in enumerate(one.events):
            step = "note_verdict" if _is_noted(key, n, e) else e.step
            yield (key, one.hamlet, e.place, step, str(e.from_state), str(e.to_state),
                   e.at.astimezone(UTC), e.at.date(), e.words,
                   e.due_at.astimezone(UTC))  # fmt: skip


def _is_noted(key: int, n: int, e: Event) -> bool:
    """Some of the bad words were given by word of mouth."""
    return e.answer in BAD and (key + n) % 3 == 0


def _verdict_rows(lives: Lives) -> Iterator[tuple[object, ...]]:
    for key, (suggestion, one) in enumerate(lives, 1):
        turn = 1
        for n, e in enumerate(one.events):
            if e.answer:
                by_voice = _is_noted(key, n, e)
                day = e.at.date()
                heard = (WORDS.hearer, day, "in_person") if by_voice else ("", None, "")
                yield (key, suggestion, one.hamlet, turn, str(e.answer), e.words, by_voice, day,
                       e.at.astimezone(UTC), day, *heard)  # fmt: skip
                turn += e.to_state == "under_way"


def _try_rows(lives: Lives) -> Iterator[tuple[int, int, date, datetime]]:
    for key, (_suggestion, one) in enumerate(lives, 1):
        turn = 1
        days: dict[tuple[int, date], datetime] = {}
        for e in one.events:
            if e.step == "ask_back":
                days.setdefault((turn, e.at.date()), e.at.astimezone(UTC))
            turn += e.step == "give_verdict" and e.to_state == "under_way"
        for (turn_then, day), at in sorted(days.items()):
            yield key, turn_then, day, at
