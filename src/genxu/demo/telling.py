"""Plays the stories of the named hamlets: every talk and every step through the real actions."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from genxu.core.access import Actor
from genxu.institutions.matters import actions, ending_actions, verdict_actions
from genxu.institutions.matters.models import Matter, Suggestion, Verdict
from genxu.institutions.matters.receipt_views import holder_of
from genxu.institutions.matters.workflow import REOPENING, State, Tier
from genxu.institutions.talks.actions import Gathering, Said, record_talk
from genxu.organisation.centre_households.models import Coverage
from genxu.people.models import Household
from genxu.people.roles import Role
from genxu.regions.codes import Level, level_of, parent_of
from genxu.regions.models import Region

from .moments import Moments, moment
from .people import Cast
from .stories import STORIES, HamletScript, MatterScript, SuggestionScript, TalkScript
from .words import WORDS

ROLE_AT = {
    Level.HAMLET: Role.SECRETARY,
    Level.VILLAGE: Role.VILLAGE_STAFF,
    Level.TOWNSHIP: Role.TOWNSHIP_STAFF,
    Level.COUNTY: Role.COUNTY_STAFF,
    Level.PREFECTURE: Role.CITY_STAFF,
}
MORE_DAYS = 10


class Telling:
    """One hamlet's story: collects its moments, then lives through them in order."""

    def __init__(self, script: HamletScript, cast: Cast, now: datetime) -> None:
        self.script, self.cast, self.now = script, cast, now
        self.hamlet = Region.objects.get(code=script.code)
        living = Household.objects.living_here().filter(hamlet=self.hamlet)
        self.households = list(living.order_by("number"))
        self.neighbours = list(living.filter(pk__in=_looked_after_by_the_cast(self.hamlet)))
        self.matters: dict[str, Matter] = {}
        self.moments = Moments(now)
        self.turn = 0

    def tell(self) -> None:
        for talk in self.script.talks:
            self._plan_talk(talk)
        self.moments.live()

    def _plan_talk(self, talk: TalkScript) -> None:
        day = timezone.localdate(self.now) - timedelta(days=talk.days_ago)
        evening = moment(day, talk.at.hour, talk.at.minute)
        self.moments.plan(evening + timedelta(hours=1), partial(self._record, talk, evening))
        for suggestion in talk.suggestions:
            for matter in suggestion.matters:
                self._plan_steps(evening, matter)

    def _plan_steps(self, evening: datetime, matter: MatterScript) -> None:
        last = evening + timedelta(hours=1, minutes=10)
        for n, (step, offset, words) in enumerate(matter.path):
            day = timezone.localdate(evening) + timedelta(days=offset)
            last = max(moment(day, 8 + min(n, 9), n * 17 % 60), last + timedelta(minutes=7))
            self.moments.plan(last, partial(self._step, matter, step, words))

    def actor(self, role: str, code: str) -> Actor:
        return self.cast[role, code].actor()

    @property
    def secretary(self) -> Actor:
        return self.actor(Role.SECRETARY, self.hamlet.code)

    def _record(self, talk: TalkScript, evening: datetime) -> None:
        secretary = self.secretary
        made = record_talk(
            actor=secretary,
            hamlet=self.hamlet,
            gathering=Gathering(
                held_on=timezone.localdate(evening),
                venue=talk.venue,
                topic=talk.topic,
                head_count=talk.head_count,
                host=secretary.name,
                recorder=secretary.name,
            ),
            said=[self._said(one) for one in talk.suggestions],
        )
        suggestions = list(made.suggestions.order_by("raised__position"))
        for one, suggestion in zip(talk.suggestions, suggestions, strict=True):
            self._open(one, suggestion)

    def _said(self, one: SuggestionScript) -> Said:
        self.turn += 1
        personal = any(matter.tier is Tier.PERSONAL for matter in one.matters)
        among = self.neighbours if personal and self.neighbours else self.households
        household = among[self.turn * 7 % len(among)]
        return Said(
            text=one.said,
            response=one.response,
            reply=one.reply,
            household=household if one.who == "household" else None,
            name=household.head_name if one.who == "resident" else "",
            joins=self.matters[one.joins] if one.joins else None,
        )

    def _open(self, one: SuggestionScript, suggestion: Suggestion) -> None:
        for n, script in enumerate(one.matters):
            if n == 0:
                self.matters[script.key] = suggestion.matters.order_by("-pk")[0]
            else:
                self.matters[script.key] = actions.open_matter(
                    actor=self.secretary, suggestion=suggestion, title=script.title
                )

    def _step(self, script: MatterScript, step: str, words: str) -> None:
        matter = Matter.objects.get(pk=self.matters[script.key].pk)
        name, _colon, answer = step.partition(":")
        if name == "verdict":
            self._verdict(matter, answer, words)
        elif name == "noted":
            self._noted(matter, answer, words)
        else:
            STEPS[name](self, matter, script, words)

    def handler(self, matter: Matter) -> Actor:
        """Whoever works where the matter lies."""
        return self.actor(ROLE_AT[level_of(matter.place_id)], matter.place_id)

    def _verdict(self, matter: Matter, answer: str, words: str) -> None:
        """Everyone who raised it says so; a bad word alone is enough to reopen."""
        for suggestion in matter.suggestions.select_related("hamlet").order_by("pk"):
            who = holder_of(suggestion)
            verdict_actions.give_verdict(
                actor=who, matter=matter, suggestion=suggestion, answer=answer, words=words
            )
            if answer in REOPENING:
                return

    def _noted(self, matter: Matter, answer: str, words: str) -> None:
        """Said to the village's staff, who did not do the work."""
        village = parent_of(self.hamlet.code)
        assert village
        verdict_actions.note_verdict(
            actor=self.actor(Role.VILLAGE_STAFF, village),
            matter=matter,
            suggestion=matter.suggestions.order_by("pk")[0],
            answer=answer,
            words=words,
            heard_how=Verdict.How.BY_PHONE,
        )

    def triage(self, matter: Matter, script: MatterScript, words: str) -> None:
        actions.triage_matter(
            actor=self.secretary,
            matter=matter,
            tier=script.tier,
            urgency=script.urgency,
            title=script.title,
        )

    def assign(self, matter: Matter, script: MatterScript, words: str) -> None:
        if matter.state == State.ASSIGNED:
            return  # a personal matter goes to the household's own centre household by itself
        account = None
        if script.tier is Tier.PERSONAL or _given_back(script):
            account = self.cast[Role.CENTRE_HOUSEHOLD, self.hamlet.code]
        actions.assign_matter(
            actor=self.handler(matter),
            matter=matter,
            assignee=account,
            assignee_name=WORDS.helpers[script.tier][0],
            words=words,
        )

    def give_back(self, matter: Matter, script: MatterScript, words: str) -> None:
        at_hamlet = matter.place_id == self.hamlet.code
        who = (
            self.actor(Role.CENTRE_HOUSEHOLD, self.hamlet.code)
            if at_hamlet
            else self.handler(matter)
        )
        actions.return_matter(actor=who, matter=matter, words=words)

    def approve(self, matter: Matter, script: MatterScript, words: str) -> None:
        above = parent_of(matter.place_id) or ""
        actions.decide_extension(
            actor=self.actor(ROLE_AT[level_of(above)], above),
            matter=matter,
            approved=True,
            words=words,
        )

    def pass_on(self, matter: Matter, script: MatterScript, words: str) -> None:
        actions.pass_on_matter(
            actor=self.handler(matter),
            matter=matter,
            assignee_name=WORDS.helpers[script.tier][0],
            words=words or script.title,
        )

    def ask_extension(self, matter: Matter, script: MatterScript, words: str) -> None:
        actions.ask_extension(
            actor=self.handler(matter), matter=matter, days=MORE_DAYS, words=words or script.title
        )

    def explain(self, matter: Matter, script: MatterScript, words: str) -> None:
        reason, _line, law = words.rpartition("\n")
        ending_actions.explain_matter(
            actor=self.handler(matter), matter=matter, words=reason, basis=law
        )


def _looked_after_by_the_cast(hamlet: Region) -> "QuerySet[Coverage, int]":
    """The households of the centre household that has an account; its own left out."""
    rows = Coverage.objects.now().filter(hamlet=hamlet, centre_household__account__isnull=False)
    return rows.exclude(household=F("centre_household__household")).values_list(
        "household", flat=True
    )


def _given_back(script: MatterScript) -> bool:
    return any(step == "return" for step, _day, _words in script.path)


def _by_handler(action: Any, *, needs_words: bool) -> Callable[..., None]:
    def run(telling: Telling, matter: Matter, script: MatterScript, words: str) -> None:
        said = words or (script.title if needs_words else "")
        action(actor=telling.handler(matter), matter=matter, words=said)

    return run


def _close(telling: Telling, matter: Matter, script: MatterScript, words: str) -> None:
    ending_actions.close_unconfirmed_matter(actor=telling.secretary, matter=matter)


STEPS: dict[str, Callable[..., None]] = {
    "triage": Telling.triage,
    "assign": Telling.assign,
    "start": _by_handler(actions.start_matter, needs_words=False),
    "pass_up": _by_handler(actions.pass_up_matter, needs_words=True),
    "answer": _by_handler(actions.answer_matter, needs_words=True),
    "pass_on": Telling.pass_on,
    "return": Telling.give_back,
    "ask_extension": Telling.ask_extension,
    "approve_extension": Telling.approve,
    "finish": _by_handler(actions.finish_matter, needs_words=True),
    "ask_back": _by_handler(ending_actions.ask_back_matter, needs_words=False),
    "close_unconfirmed": _close,
    "explain": Telling.explain,
    "no_agreement": _by_handler(ending_actions.note_no_agreement, needs_words=True),
}


def tell_stories(cast: Cast, now: datetime) -> int:
    """All six stories; how many talks they have."""
    for script in STORIES:
        Telling(script, cast, now).tell()
    return sum(len(script.talks) for script in STORIES)
