"""罗家洲: an old member with his posts and promises, and what his branch held; by real actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Literal

from genxu.organisation.branches.member_actions import correct_member
from genxu.organisation.branches.models import Member, Organisation
from genxu.organisation.branches.queries import organisations_of
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region
from genxu.team.meetings.actions import Held, note_meeting, offer_training
from genxu.team.members import actions
from genxu.team.members.models import Promise
from genxu.team.members.queries import deeds_this_year

from .context import LUO
from .material import DATA, Material, read
from .names import phone
from .people import Cast
from .rooting import NEW_PHONES, Rooting

HIS_PHONE = NEW_PHONES + 900


@dataclass(frozen=True, slots=True)
class Promises(Material):
    """One that was kept, one that stands."""

    kept: str
    kept_words: str
    standing: str


@dataclass(frozen=True, slots=True)
class MeetingScript(Material):
    """What was held so many days ago, and how many it reached."""

    days_ago: int
    kind: Literal["party_day", "lecture", "members", "committee", "group", "life", "training"]
    topic: str
    hours: Decimal
    came: int
    at_home: int


@dataclass(frozen=True, slots=True)
class TrainingScript(Material):
    days_ago: int
    topic: str
    hours: Decimal


@dataclass(frozen=True, slots=True)
class FlagsScript(Material):
    """One member, and what his branch and his township held."""

    posts: dict[str, str]
    promises: Promises
    meetings: tuple[MeetingScript, ...]
    training: TrainingScript


FLAGS = read(DATA / "flags.toml", FlagsScript)


def fly_flags(cast: Cast, now: datetime) -> int:
    """All of it; how many things happen."""
    r = Rooting(cast, now)
    branch = organisations_of([LUO])[LUO]
    present = branch.members.present().order_by("pk")
    his = present.filter(duty="", hamlet=LUO)[0]
    r.plan(90, 9, partial(_signs_in, r, his.pk))
    for kind, about in FLAGS.posts.items():
        r.plan(88, 19, partial(_take_on, his.pk, kind, about))
    r.plan(86, 19, partial(_promise, r, his.pk, FLAGS.promises.kept, 60))
    r.plan(30, 19, partial(_promise, r, his.pk, FLAGS.promises.standing, -60))
    r.plan(40, 18, partial(_keep, his.pk))
    r.plan(85, 19, partial(_show, his.pk))
    r.plan(1, 20, partial(_has_read, his.pk))
    keys = list(present.values_list("pk", flat=True))
    for script in FLAGS.meetings:
        r.plan(script.days_ago, 21, partial(_note, r, branch, keys, script))
    r.plan(FLAGS.training.days_ago, 17, partial(_train, r))
    return r.moments.live()


def _member(pk: int) -> Member:
    return Member.objects.select_related("organisation", "hamlet", "account").get(pk=pk)


def _signs_in(r: Rooting, pk: int) -> None:
    one = _member(pk)
    correct_member(
        actor=r.township(LUO), organisation=one.organisation, member=one, name=one.name,
        kind=one.kind, phone=one.phone or phone(HIS_PHONE), background=one.background,
        signs_in=True,
    )  # fmt: skip


def _take_on(pk: int, kind: str, about: str) -> None:
    one = _member(pk)
    assert one.account
    actions.take_post(actor=one.account.actor(), member=one, kind=kind, about=about)


def _promise(r: Rooting, pk: int, text: str, days_ago: int) -> None:
    one, due = _member(pk), r.today - timedelta(days=days_ago)
    assert one.account
    actions.give_promise(actor=one.account.actor(), member=one, text=text, due_on=due)


def _keep(pk: int) -> None:
    one, words = _member(pk), FLAGS.promises.kept_words
    assert one.account
    promise = Promise.objects.get(member=one, text=FLAGS.promises.kept)
    actions.keep_promise(actor=one.account.actor(), promise=promise, words=words)


def _show(pk: int) -> None:
    one = _member(pk)
    assert one.account
    actions.show_membership(actor=one.account.actor(), member=one, shown=True)


def _has_read(pk: int) -> None:
    one = _member(pk)
    assert one.account
    keys = [deed.key for deed in deeds_this_year(one)]
    actions.read_deeds(actor=one.account.actor(), member=one, keys=keys)


def _note(r: Rooting, branch: Organisation, keys: list[int], script: MeetingScript) -> None:
    reached = keys[: script.came + script.at_home]
    attended = dict.fromkeys(reached[: script.came], "came")
    attended |= dict.fromkeys(reached[script.came :], "at_home")
    day = r.today - timedelta(days=script.days_ago)
    note_meeting(
        actor=r.secretary(LUO), hamlet=branch.hamlet, organisation=branch,
        held=Held(script.kind, day, script.topic, script.hours, attended),
    )  # fmt: skip


def _train(r: Rooting) -> None:
    offer_training(
        actor=r.township(LUO), place=Region.objects.get(code=LUO[: LENGTHS[Level.TOWNSHIP]]),
        held_on=r.today - timedelta(days=FLAGS.training.days_ago), topic=FLAGS.training.topic,
        hours=FLAGS.training.hours,
    )  # fmt: skip
