"""The law of the journal: no column of it depends on anything sensitive that was typed.

Every argument of every action is a row, noted, plain or sensitive. A new one fails here until its
app says which in its ``tests/examples.py``: ``PLAIN`` (a set) or ``SENSITIVE`` (name → "words",
"names" or "phones"), each by ``app.action.argument``, as is a noted text that is a choice of an
enumeration, in ``CODES``; what no address does (rows of a spreadsheet)
it does there in ``take_batches(cast)``. What is noted is an id, a day, a number, a code or a
choice. And each action that the examples of the matrix take is run twice, with values that differ
only in what is sensitive: both runs must write the same entries.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from hashlib import sha256
from itertools import chain, combinations
from typing import Any, get_args, get_origin
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from genxu.core.actions import Action
from genxu.core.declared import declared
from genxu.core.errors import Refusal
from genxu.core.models import JournalEntry, Submission
from genxu.institutions.matters.receipt_views import holder_of
from genxu.institutions.matters.verdict_actions import give_verdict
from genxu.institutions.talks.actions import Said
from genxu.institutions.talks.mending_actions import correct_said
from genxu.organisation.branches.member_intake import record_members
from genxu.organisation.branches.models import Member
from genxu.organisation.branches.organisation_intake import register_organisations
from genxu.organisation.branches.rows import MemberRow, OrganisationRow
from genxu.organisation.branches.term_actions import re_elect
from genxu.organisation.branches.tests import factories as branches
from genxu.organisation.centre_households.models import Duty
from genxu.organisation.centre_households.tests import factories as centres
from genxu.organisation.centre_households.workflow import Leaving
from genxu.organisation.councils.tests import factories as councils
from genxu.people.actions import give_number, open_account, set_password
from genxu.people.household_actions import erase_household, set_needs
from genxu.people.models import HouseholdNeed
from genxu.people.tests.factories import enter_rows, row

from .cast import FAR, HOME, NOW, OPERATOR, Cast, Enter
from .doing import hold_talk, raise_matter
from .test_access import EVERYBODY, EXAMPLES, all_actions, expected, status

Vary = Callable[[Any], "st.SearchStrategy[Any]"]
"""Other values for an argument, given the one it has."""


def text(longest: int, shortest: int = 1) -> Vary:
    drawn = st.text("路灯坏了天气好修塘渠桥", min_size=shortest, max_size=longest)
    return lambda old: drawn if old else st.one_of(st.just(""), drawn)


def names(_old: Any) -> "st.SearchStrategy[Any]":
    return st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=4).map(lambda rest: f"易测{rest}")


def phones(_old: Any) -> "st.SearchStrategy[Any]":
    return st.integers(0, 10**8 - 1).map(lambda n: f"137{n:08d}")


def one_of(choices: Any) -> Vary:
    return lambda old: st.sampled_from([old, *choices])


def some_of(choices: Any) -> Vary:
    return lambda old: st.lists(st.sampled_from(list(choices)), unique=True)


def swapped(old: Any) -> "st.SearchStrategy[Any]":
    """The same duties among other members."""
    people = [pk for pk, _duty in old]
    return st.permutations([duty for _pk, duty in old]).map(
        lambda duties: list(zip(people, duties, strict=True))
    )


WORDS, NAMED = text(30), names
SENSITIVE: dict[str, Vary] = {
    "words": WORDS, "reason": WORDS, "statement": WORDS, "text": WORDS, "reply": WORDS,
    "title": WORDS, "topic": WORDS, "venue": text(20),
    "host": NAMED, "recorder": NAMED, "name": NAMED, "head_name": NAMED, "person_name": NAMED,
    "assignee_name": NAMED, "phone": phones, "password": text(20, 12),
    "head_count": lambda old: st.integers(1, 9), "kinds": some_of(HouseholdNeed.Kind.values),
    "agreed": lambda old: st.just(True) if old else st.booleans(),
    "background": one_of(Member.Background.values), "certificate": lambda old: st.just(old),
    "branches.add_member.kind": one_of(Member.Kind.values),
    "branches.correct_member.kind": one_of(Member.Kind.values),
    "branches.record_members.kind": one_of(Member.Kind.values),
    "branches.record_members.duty": lambda old: st.just(old),
    "branches.change_duties.duties": swapped, "branches.re_elect.duties": swapped,
    # it must be the one in the register: it finds the household
    "centre_households.register_centre_households.head_name": lambda old: st.just(old),
    "centre_households.end_service.reason": one_of(Leaving.values),
    "duties": some_of(Duty.values), "ending": WORDS,
    "in_favour": lambda old: st.integers(0, old), "against": lambda old: st.integers(0, old),
    "abstained": lambda old: st.integers(0, old), "path": lambda old: st.just(old),
}  # fmt: skip
"""By name, or by action and name: what says something of a person, or was typed freely."""

PLAIN = {
    "version", "round", "wanted", "shown", "phone_shown", "in_background", "for_the_worker", "site",
    "formed_on", "term_ends_on", "appointed_on", "founded_on", "years", "pairs", "count",
    # of what is called together, counted, said
    "body", "meets_at", "announced_on", "basis", "due", "held_on", "present", "in_person",
    "online", "proxies", "papers", "response", "tier",
    # of rows and seats
    "hamlet", "number", "household_number", "kind", "duty", "groups", "leads", "code", "level",
    "parent", "rows", "seats",
    # names of places, not of people
    "regions.add_hamlet.name", "regions.import_regions.name", "branches.draft_organisation.name",
    "branches.change_draft.name", "branches.register_organisations.name",
    # never noted, and of no effect on the row that the entry names
    "say", "file", "look", "found", "staged", "marked", "match", "sheet", "header_row", "headers",
    "columns", "photos",
}  # fmt: skip
"""Nothing sensitive, or files, or held by the fields below it."""

KINDS: dict[str, Vary] = {
    "words": WORDS, "names": NAMED, "phones": phones, "ticks": lambda _old: st.booleans(),
}  # fmt: skip
SENSITIVE |= {
    name: KINDS[kind]
    for told in declared("tests.examples", "SENSITIVE")
    for name, kind in told.items()
}
PLAIN |= set(chain.from_iterable(declared("tests.examples", "PLAIN")))

CODES = {
    "tier", "urgency", "answer", "kind", "what", "scale", "old", "new", "source", "hamlets", "role",
    "who", "heard_how",
} | set(chain.from_iterable(declared("tests.examples", "CODES")))  # fmt: skip
"""Noted texts: choices of an enumeration, place codes, and where a batch of rows came from."""


def arguments(one: Action[Any, Any]) -> dict[str, Any]:
    parameters = inspect.signature(one.body).parameters.values()
    return {p.name: p.annotation for p in parameters if p.name != "actor"}


def parts(annotation: Any) -> Iterator[Any]:
    """A type and all that it is made of."""
    yield annotation
    for inner in get_args(annotation):
        yield from parts(inner)


def is_row(annotation: Any) -> bool:
    return any(isinstance(one, type) and issubclass(one, Model) for one in parts(annotation))


def fields_of(annotation: Any) -> list[tuple[str, Any]]:
    return [(f.name, f.type) for one in parts(annotation) if is_dataclass(one) for f in fields(one)]


def unclassified(action: str, name: str, annotation: Any) -> list[str]:
    if inner := fields_of(annotation):
        return [one for part in inner for one in unclassified(action, *part)]
    known = {name, f"{action}.{name}"} & (set(SENSITIVE) | PLAIN)
    return [] if known or is_row(annotation) else [f"{action}.{name}"]


def strategy(action: str, name: str) -> Vary | None:
    exact = f"{action}.{name}"
    return None if exact in PLAIN else SENSITIVE.get(exact) or SENSITIVE.get(name)


ALL = {name: one for name, one in all_actions().items() if not name.startswith("tests.")}


# --- what is noted -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(ALL))
def test_each_argument_is_noted_a_row_plain_or_sensitive(name: str) -> None:
    given = arguments(ALL[name]).items()
    kept = [one for one in given if one[0] not in ALL[name].notes]
    left = [part for one in kept for part in unclassified(name, *one)]
    assert not left, f"say in tests/examples.py of the app, PLAIN or SENSITIVE: {left}"


def is_code(action: str, argument: str) -> bool:
    return bool({argument, f"{action}.{argument}"} & CODES)


def is_plain(action: str, argument: str, annotation: Any) -> bool:
    kinds = {bool, int, date, type(None)}
    inner = [one for one in parts(annotation) if not get_origin(one) and one is not Ellipsis]
    return all(
        one in kinds
        or is_row(one)
        or (isinstance(one, type) and issubclass(one, Enum))
        or (one is str and (is_code(action, argument) or get_origin(annotation) is Mapping))
        for one in inner
    )


def test_what_an_app_says_of_an_argument_it_says_of_one_action() -> None:
    """A name alone would say it of every action of every app."""
    told = [one for room in ("PLAIN", "SENSITIVE", "CODES")
            for said in declared("tests.examples", room) for one in said]  # fmt: skip
    assert [one for one in told if one.rpartition(".")[0] not in ALL] == []


@pytest.mark.parametrize("name", sorted(ALL))
def test_what_is_noted_is_an_id_a_day_a_number_a_code_or_a_choice(name: str) -> None:
    one = ALL[name]
    for argument in one.notes:
        assert is_plain(name, argument, arguments(one)[argument]), argument
        assert is_code(name, argument) or strategy(name, argument) is None, argument
        assert f"{name}.{argument}" not in SENSITIVE, argument


# --- two runs that differ only in what is sensitive ----------------------------------------------


def again(value: Any) -> Any:
    """The row as the database has it, not as an earlier run left it in memory."""
    if isinstance(value, Model):
        return type(value)._base_manager.get(pk=value.pk)
    if isinstance(value, list | tuple) and value and isinstance(value[0], Model):
        return [again(one) for one in value]
    return value


def entries_of(one: Action[Any, Any], values: dict[str, Any]) -> list[dict[str, Any]]:
    """What a run writes into the journal; the run is taken back."""
    last = JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with transaction.atomic():
        RUN(one, None, None, {name: again(value) for name, value in values.items()})
        columns = ("actor", "action", "place", "subject_type", "subject_id", "detail")
        written = list(JournalEntry.objects.filter(pk__gt=last).order_by("pk").values(*columns))
        transaction.set_rollback(True)
    for entry in written:  # the number of a new row is another one each time, on PostgreSQL
        rows = apps.get_model(entry["subject_type"])._base_manager
        if not rows.filter(pk=entry["subject_id"]).exists():
            entry["subject_id"] = "new"
    return written


Reached = set[tuple[str, str]]
RUN = Action._run


def varied(one: str, name: str, value: Any, data: Any, reached: Reached) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: varied(one, f.name, getattr(value, f.name), data, reached)
                   for f in fields(value)}  # fmt: skip
        return replace(value, **changed)
    if isinstance(value, list | tuple) and value and is_dataclass(value[0]):
        return [varied(one, name, part, data, reached) for part in value]
    draw = strategy(one, name)
    if draw is None:
        return value
    reached.add((one, name))
    return data.draw(draw(value))


def hold_the_law(one: Action[Any, Any], values: dict[str, Any], reached: Reached) -> None:
    open_to_change = {name: values[name] for name in values if name != "actor"}

    @settings(max_examples=3, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(data=st.data())
    def same(data: Any) -> None:
        runs = []
        for _n in range(2):
            other = {name: varied(one.name, name, value, data, touched)
                     for name, value in open_to_change.items()}  # fmt: skip
            try:
                runs.append(entries_of(one, values | other))
            except Refusal:
                reject()
        assert runs[0] == runs[1]
        assert runs[0], "no entry was written"
        reached.update(touched)

    touched: Reached = set()
    try:
        same()
    except Exception as error:
        raise AssertionError(f"{one.name} with {values}") from error


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Reached:
    """Each action that is taken, by whatever road, is first tried twice; what was varied."""
    reached: Reached = set()
    depth = [0]

    def run(one: Action[Any, Any], client_id: UUID | None, version: int | None, values: Any) -> Any:
        said = {(one.name, f"{name} {bool(value)}") for name, value in values.items()}
        new = one.name in ALL and not depth[0] and not said <= done
        depth[0] += 1
        try:
            if new:
                done.update(said)
                hold_the_law(one, values, reached)
            return RUN(one, client_id, version, values)
        finally:
            depth[0] -= 1

    done: Reached = set()
    monkeypatch.setattr(Action, "_run", run)
    return reached


def sensitive_arguments() -> Reached:
    found: Reached = set()
    for name, one in ALL.items():
        for argument, annotation in arguments(one).items():
            inner = [part for part, _type in fields_of(annotation)] or [argument]
            if argument not in one.notes:
                found |= {(name, part) for part in inner if strategy(name, part)}
    return found


def take_all_examples(cast: Cast, enter: Enter) -> None:
    for name, makes in EXAMPLES.items():
        for make in makes:
            with transaction.atomic():
                example = make(cast)
                if example.sent is not None:
                    want = {part: expected(name, example, part, "POST", cast) for part in EVERYBODY}
                    who = [part for part in EVERYBODY if want[part] in (200, 201, 302)]
                    if name not in SIGN_IN and who:
                        status(enter(who[0]), name, example, "POST")
                transaction.set_rollback(True)


SIGN_IN = {"account_login", "account_request_login_code", "account_confirm_login_code"}


def take_others(cast: Cast) -> None:
    """What no example of an address does."""
    matter = raise_matter(cast, "done")
    suggestion = matter.suggestions.get()
    give_verdict(actor=holder_of(suggestion), matter=matter, suggestion=suggestion,
                 answer="satisfied", words="好")  # fmt: skip
    branch = branches.founded(cast, hamlet=FAR)
    for member in branch.members.all():  # whoever of them leads needs one
        Member.objects.filter(pk=member.pk).update(phone=f"138{member.pk:08d}")
    with branches.days_before_end(cast, branch, 10):
        re_elect(actor=branches.township(cast, FAR), organisation=branch,
                 count=branches.count(), duties=branches.same_duties(branch))  # fmt: skip


def take_batches(cast: Cast) -> None:
    """Rows of spreadsheets, and the command line."""
    enter_rows(row(phone="13700000000"))
    centres.register(cast.hamlet(HOME), centres.row())
    councils.record(cast, councils.row())
    rows: Sequence[Any] = [OrganisationRow(HOME, "branch", "", NOW.date(), None)]
    place = cast.hamlet(HOME)
    register_organisations(actor=OPERATOR, place=place, rows=rows, count=1, hamlets=[HOME])
    rows = [MemberRow(HOME, "罗测仁", "", "full", "", "")]
    record_members(actor=OPERATOR, place=place, rows=rows, count=1, hamlets=[HOME])
    one = open_account(actor=OPERATOR, phone="13700000001", name="罗测智", password="gen-xu-2026-x")
    set_password(actor=OPERATOR, account=one, password="gen-xu-2027-y")
    give_number(actor=OPERATOR, account=one, phone="13700000003")
    talk = hold_talk(cast, Said("灯坏了", "answered", "明天修"))
    correct_said(actor=cast.actor("secretary"), talk=talk, suggestion=talk.suggestions.get(),
                 text="路灯坏了", words="写错了", reply="后天修")  # fmt: skip
    for take in declared("tests.examples", "take_batches"):
        take(cast)


def test_no_entry_depends_on_anything_sensitive(cast: Cast, enter: Enter, watched: Reached) -> None:
    take_all_examples(cast, enter)
    with transaction.atomic():
        take_batches(cast)
        take_others(cast)
        transaction.set_rollback(True)
    left = sorted(sensitive_arguments() - watched)
    assert not left, f"no example takes it with a value; EXAMPLES or take_batches do: {left}"


# --- the needs of a household ------------------------------------------------------------------


def needs_noted(cast: Cast, number: int, *kinds: str) -> JournalEntry:
    one = cast.households()[number]
    key = uuid4()
    set_needs.once(key, actor=cast.actor("secretary"), household=one, kinds=kinds, agreed=True)
    return JournalEntry.objects.get(client_id=key)


def test_the_needs_of_two_households_leave_entries_that_say_the_same(cast: Cast) -> None:
    first, second = needs_noted(cast, 0, "illness"), needs_noted(cast, 1, "hardship", "disability")
    for column in ("at", "actor", "action", "place", "subject_type", "detail"):
        assert getattr(first, column) == getattr(second, column)
    assert first.detail == {}


def everything_kept(entry: JournalEntry) -> str:
    row = JournalEntry.objects.filter(pk=entry.pk).values()[0]
    return str([row, *Submission.objects.filter(client_id=entry.client_id).values()])


def test_trying_all_subsets_finds_nothing(cast: Cast) -> None:
    """As the needs of four households were once read from the journal."""
    entry = needs_noted(cast, 0, "illness", "hardship")
    kept, pk = everything_kept(entry), int(entry.subject_id)
    kinds = HouseholdNeed.Kind.values
    subsets = chain.from_iterable(combinations(kinds, n) for n in range(len(kinds) + 1))
    for subset in subsets:
        for sent in (list(subset), sorted(subset)):
            for text_sent in (
                repr(["True", pk, sent]),
                f"{entry.client_id} {['True', pk, sent]!r}",
            ):
                assert sha256(text_sent.encode()).hexdigest()[:16] not in kept


def test_after_the_erasure_only_the_bare_entry_is_left(cast: Cast) -> None:
    entry = needs_noted(cast, 0, "illness")
    erase_household(actor=cast.actor("township_staff"), household=cast.households()[0])
    assert not Submission.objects.filter(client_id=entry.client_id).exists()
    assert not cast.households()[0].needs.exists()
    assert JournalEntry.objects.get(pk=entry.pk).detail == {}
