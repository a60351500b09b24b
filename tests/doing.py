"""What the cast does in many tests: talks held, matters brought to where a test begins."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from genxu.core import clock
from genxu.core.access import Actor, Permission
from genxu.core.codes import grouped
from genxu.core.keyring import COOKIE, add_code
from genxu.institutions.matters import actions, ending_actions, verdict_actions
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.institutions.matters.receipt_views import holder_of
from genxu.institutions.matters.workflow import State
from genxu.institutions.talks import mending_actions
from genxu.institutions.talks.actions import Gathering, Said, record_talk
from genxu.institutions.talks.models import Talk
from genxu.people.models import HouseholdLink
from genxu.regions.codes import Level, level_of
from genxu.team.volunteers.models import Certificate, Volunteer

from .cast import FAR, HOME, NEIGHBOUR, Cast

SECRETARIES = {HOME: "secretary", NEIGHBOUR: "neighbour_secretary", FAR: "far_secretary"}
HANDLERS = {
    Level.VILLAGE: "village_staff",
    Level.TOWNSHIP: "township_staff",
    Level.COUNTY: "county_staff",
}
WAY = (State.TRIAGED, State.ASSIGNED, State.UNDER_WAY, State.DONE, State.ASKED_BACK)


def gathering(**changes: Any) -> Gathering:
    values: dict[str, Any] = {
        "held_on": clock.today(),
        "venue": "晒谷场",
        "topic": "村湾道路",
        "head_count": 23,
        "host": "罗测春",
        "recorder": "罗测春",
    }
    return Gathering(**values | changes)


def taken_up(text: str = "晒谷场边的路灯坏了", **changes: Any) -> Said:
    return Said(**{"text": text, "response": Suggestion.Response.TAKEN_UP} | changes)


def hold_talk(cast: Cast, *said: Said, hamlet: str = HOME, **changes: Any) -> Talk:
    """A talk recorded by the hamlet's secretary; many tests hold several on one day."""
    return record_talk(
        actor=cast.actor(SECRETARIES[hamlet]),
        hamlet=cast.hamlet(hamlet),
        gathering=gathering(**changes),
        said=said,
        another=True,
    )


def suggestions_of(talk: Talk) -> list[Suggestion]:
    return list(talk.suggestions.order_by("raised__position"))


def raise_matter(
    cast: Cast,
    state: str = State.UNDER_WAY,
    tier: str = "common",
    hamlet: str = HOME,
    text: str = "晒谷场边的路灯坏了",
    assignee: str = "",
    household: bool = False,
) -> Matter:
    """A matter raised at a talk and brought to a state by the hamlet's secretary."""
    said = taken_up(text, household=cast.households(hamlet)[0] if household else None)
    talk = hold_talk(cast, said, hamlet=hamlet)
    matter = Matter.objects.get(suggestions__raised__talk=talk)
    return bring_to(cast, matter, state, tier, assignee)


def bring_to(
    cast: Cast, matter: Matter, state: str, tier: str = "common", assignee: str = ""
) -> Matter:
    """Take a newly registered matter to a state, step by step."""
    secretary = cast.actor(SECRETARIES[matter.hamlet_id])
    if state == State.REGISTERED:
        return matter
    if state == State.WITHDRAWN:
        return _withdrawn(cast, matter)
    if state == State.RETURNED:
        return _give_back(cast, bring_to(cast, matter, State.ASSIGNED, tier, "centre_household"))
    if state in (State.EXPLAINED, State.REFERRED, State.NO_AGREEMENT):
        matter = bring_to(cast, matter, State.UNDER_WAY, tier, assignee)
        if state == State.EXPLAINED:
            return explained(cast, matter)
        matter = refused_thrice(cast, matter)
        if state == State.REFERRED:
            return matter
        return ending_actions.note_no_agreement(
            actor=handler(cast, matter), matter=matter, words="两边都不肯让"
        )
    steps = WAY[: WAY.index(State(state)) + 1] if state in WAY else WAY
    for target in steps:
        matter = _go(cast, secretary, matter, target, tier, assignee)
    if state == State.CLOSED:
        return verdict(matter, "satisfied")
    if state == State.UNCONFIRMED:
        return rest(cast, matter)
    return matter


def _withdrawn(cast: Cast, matter: Matter) -> Matter:
    """With its talk, which was written down by mistake."""
    talk = Talk.objects.get(raised__suggestion__in=matter.suggestions.all())
    actor = cast.actor(SECRETARIES[matter.hamlet_id])
    mending_actions.withdraw_talk(actor=actor, talk=talk, words="记错了湾")
    return fresh(matter)


def explained(cast: Cast, matter: Matter, part: str = "") -> Matter:
    """It cannot be done: said by the level that has it, or by a part of the cast."""
    who = cast.actor(part) if part else handler(cast, matter)
    return ending_actions.explain_matter(
        actor=who, matter=matter, words="要占基本农田", basis="《土地管理法》第三十五条"
    )


def refused_thrice(cast: Cast, matter: Matter) -> Matter:
    """Done three times, and three times she said that it is not settled: the village judges."""
    secretary = cast.actor(SECRETARIES[matter.hamlet_id])
    while matter.state != State.REFERRED:
        if matter.state == State.UNDER_WAY:
            matter = actions.finish_matter(actor=secretary, matter=matter, words="又修了")
        matter = verdict(matter, "dissatisfied")
    return matter


def _go(cast: Cast, who: Actor, matter: Matter, target: State, tier: str, assignee: str) -> Matter:
    if target == State.TRIAGED:
        return actions.triage_matter(actor=who, matter=matter, tier=tier)
    if target == State.ASSIGNED:
        account = cast.accounts[assignee] if assignee else None
        return actions.assign_matter(
            actor=who, matter=matter, assignee=account, assignee_name="村湾理事会"
        )
    if target == State.UNDER_WAY:
        return actions.start_matter(actor=who, matter=matter, words="去看过了")
    if target == State.DONE:
        return actions.finish_matter(actor=who, matter=matter, words="换了两盏灯")
    return ending_actions.ask_back_matter(actor=who, matter=matter, words="上门问过")


def _give_back(cast: Cast, matter: Matter) -> Matter:
    helper = cast.actor("centre_household")
    return actions.return_matter(actor=helper, matter=matter, words="一个人办不了")


def rest(cast: Cast, matter: Matter) -> Matter:
    """Two more tries on two more days, then the matter rests as unconfirmed."""
    secretary = cast.actor(SECRETARIES[matter.hamlet_id])
    start = clock.now()
    for day in (1, 2):
        with clock.at(start + timedelta(days=day)):
            ending_actions.ask_back_matter(actor=secretary, matter=matter)
            if day == 2:
                matter = ending_actions.close_unconfirmed_matter(actor=secretary, matter=matter)
    return matter


def verdict(matter: Matter, answer: str, suggestion: Suggestion | None = None) -> Matter:
    """The resident's own answer, by her receipt."""
    suggestion = suggestion or matter.suggestions.order_by("pk")[0]
    return verdict_actions.give_verdict(
        actor=holder_of(suggestion), matter=matter, suggestion=suggestion, answer=answer
    )


def noted(
    cast: Cast, matter: Matter, answer: str, part: str = "village_staff", **told: Any
) -> Matter:
    """What the first of those who raised it said to somebody, noted down."""
    suggestion = told.pop("suggestion", None) or matter.suggestions.order_by("pk")[0]
    return verdict_actions.note_verdict(
        actor=cast.actor(part), matter=matter, suggestion=suggestion, answer=answer, **told
    )


def handler(cast: Cast, matter: Matter) -> Actor:
    """Whoever of the cast works where the matter lies."""
    level, far = level_of(matter.place_id), FAR.startswith(matter.place_id)
    above = HANDLERS.get(level)
    part = f"far_{above}" if above and far else above or SECRETARIES[matter.hamlet_id]
    return cast.actor(part)


def climb(cast: Cast, matter: Matter, level: Level) -> Matter:
    """Pass a specialist matter up, one level at a time, until it lies with ``level``."""
    while level_of(matter.place_id) != level:
        matter = actions.pass_up_matter(
            actor=handler(cast, matter), matter=matter, words="湾里办不了"
        )
    return matter


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def who_may(cast: Cast, permission: Permission, **targets: Any) -> set[str]:
    """The parts of the cast to whom a permission says yes."""
    return {part for part in cast.accounts if permission(cast.actor(part), **targets)}


def step_url(step: str, matter: Matter) -> str:
    return reverse(f"matter_{step}", args=[matter.pk])


def take(client: Client, step: str, matter: Matter, **data: Any) -> Any:
    """Send the form of a step as the page would."""
    sent = {"version": matter.version, "client_id": str(uuid4()), **data}
    return client.post(step_url(step, matter), sent)


def hold(client: Client, *codes: str) -> Client:
    """Let a browser hold these codes, as if their slips had been scanned."""
    for code in codes:
        request = RequestFactory().get("/")
        request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
        client.cookies[COOKIE] = add_code(request, HttpResponse(), code).cookies[COOKIE].value
    return client


def stands_in(text: str, code: str) -> bool:
    """Whether a text holds a code, however it is written."""
    return code in text or grouped(code) in text or code.lower() in text


def codes_in(text: str) -> list[str]:
    """The codes of receipts, households, volunteers and certificates that a text holds."""
    kinds: tuple[Any, ...] = (Suggestion, HouseholdLink, Volunteer, Certificate)
    rows = [row for kind in kinds for row in kind.objects.all()]
    return [row.code for row in rows if stands_in(text, row.code)]


def form_errors(response: Any, form: str = "form") -> dict[str, Any]:
    """Field → sentences of the form that came back."""
    return dict(response.context[form].errors)


def page_text(response: Any) -> str:
    return str(response.content.decode())


def do_what_waits() -> int:
    """Run the tasks that wait in the queue, as the process beside the server does; how many."""
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="test", excluded_queue_names=[],
    )  # fmt: skip
    waiting = list(DBTaskResult.objects.ready())
    for one in waiting:
        one.claim("test")
        worker.run_task(one)
    return len(waiting)
