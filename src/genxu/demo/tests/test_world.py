"""The small world: built by the command, the same from the same seed, never over records."""

import hashlib
import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db import transaction
from django.db.models import Count

from bench import subjects as measured
from bench.pages import QUERIES
from genxu.cli import cli
from genxu.core import clock, journal, verifying
from genxu.core.access import system
from genxu.core.codes import has_code
from genxu.core.errors import Conflict, Denied
from genxu.core.figures import figures, shown
from genxu.demo.actions import build_world
from genxu.demo.article import ARTICLE_DAY
from genxu.demo.context import sample_link
from genxu.insight.counting import count_on
from genxu.institutions.matters.figures import overdue_on
from genxu.institutions.matters.models import Matter, MatterStep, Suggestion
from genxu.institutions.matters.workflow import STEPS, State
from genxu.institutions.talks.models import Talk
from genxu.organisation.assemblies.models import Assembly, Motion
from genxu.organisation.assemblies.queries import result_of
from genxu.organisation.branches.models import Organisation
from genxu.organisation.centre_households.models import CentreHousehold, Coverage
from genxu.organisation.councils.models import Council
from genxu.people.models import Account, Household, HouseholdLink
from genxu.regions.models import Region
from genxu.team.services.models import Errand
from tests.cast import CST, Cast
from tests.doing import hold_talk

TODAY = datetime(2026, 5, 13, 12, tzinfo=CST)
OPERATOR = system("demonstration")
KEPT_APART = {
    "password", "client_id", "last_login", "card", "code_mark", "code_sealed",
}  # fmt: skip
"""What is drawn at random for safety, and is not part of the world."""


KEYS = {"booked_by", "matter", "from_matter", "talk", "series"}
"""What holds the key of a row that another floor keeps, or that may be gone."""
NAMED = re.compile(r"\b([a-z_]+[:.])\d+\b")
"""A row named by its key in a text: account:7, matters.12."""


def build() -> None:
    with clock.at(TODAY):
        build_world(actor=OPERATOR, scale="small", seed=7, say=lambda text: None)


def digest() -> dict[str, str]:
    """A fingerprint of every table of ours, with keys counted from the first."""
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("genxu.") or model._meta.app_label == "core":
            continue
        rows = list(model._base_manager.order_by("pk").values())
        names = [f.attname for f in model._meta.concrete_fields if f.attname not in KEPT_APART]
        if model._meta.app_label == "insight":
            names.remove("id")  # counted anew in whatever order the database gives
        firsts = {
            name: min((row[name] for row in rows if isinstance(row[name], int)), default=0)
            for name in names
            if name == "id" or name.endswith("_id") or name in KEYS
        }
        text = [
            [_plain(row[n]) - firsts[n] if isinstance(row[n], int) and n in firsts
             else _plain(row[n]) for n in names]
            for row in rows
        ]  # fmt: skip
        whole = json.dumps(sorted(map(str, text)), ensure_ascii=False)
        found[model._meta.label] = hashlib.sha256(whole.encode()).hexdigest()
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dict):  # what a step replaced: keys of rows go on counting
        return str({name: "key" if _is_key(name, one) else one for name, one in value.items()})
    if isinstance(value, int) or value is None:
        return value
    return NAMED.sub(r"\1key", str(value))


def _is_key(name: str, value: Any) -> bool:
    return name.endswith("_id") and isinstance(value, int)


@pytest.fixture
def demonstration(settings: Any, empty_land: None) -> None:
    settings.DEMONSTRATION = True


@pytest.fixture
def small(demonstration: None) -> None:
    build()


def test_the_same_seed_gives_the_same_world(demonstration: None) -> None:
    made = []
    for _time in range(2):
        with transaction.atomic():
            build()
            made.append(digest())
            transaction.set_rollback(True)
    assert made[0] == made[1]


def test_the_world_is_sound(small: None) -> None:
    """One build, all that must hold of it."""
    _has_the_named_hamlets()
    _every_matter_s_steps_are_an_unbroken_chain()
    _the_states_of_matters_are_all_there()
    _the_organisation_waits_for_decisions()
    _the_figures_are_ready()
    _a_steward_has_his_day()
    _the_measured_pages_take_no_more_queries()
    assert journal.seal() > 0
    assert verifying.verify().sound
    with pytest.raises(Conflict):
        build()


def _has_the_named_hamlets() -> None:
    names = set(Region.objects.filter(level="hamlet").values_list("name", flat=True))
    assert names > {"罗家洲", "戴峰山屋场", "大屋梁", "朱家湾", "六组", "卢家大屋"}
    assert len(names) == 7
    assert Account.objects.count() >= 25
    assert Talk.objects.count() >= 240
    assert Suggestion.objects.count() >= 300


def _every_matter_s_steps_are_an_unbroken_chain() -> None:
    state: dict[int, str] = {}
    for step in MatterStep.objects.order_by("matter", "pk"):
        before = state.get(step.matter_id, "")
        assert step.from_state == before
        if before:
            assert before in STEPS[step.step].sources
        assert step.at <= TODAY
        state[step.matter_id] = step.to_state
    assert state == dict(Matter.objects.values_list("pk", "state"))


def _the_states_of_matters_are_all_there() -> None:
    found = set(Matter.objects.values_list("state", flat=True))
    # none happens to be given back today, and no evening was written down by mistake
    assert found >= set(State) - {State.RETURNED, State.WITHDRAWN}
    with clock.at(TODAY):
        assert Matter.objects.overdue().exists()
        assert overdue_on(TODAY.date()).exists()
    assert Matter.objects.filter(round__gt=1).exists()


def _the_organisation_waits_for_decisions() -> None:
    """Something to do for a neighbour, a secretary, a township."""
    states = dict(
        CentreHousehold.objects.values_list("state").annotate(n=Count("pk")).order_by("state")
    )
    assert states["nominated"] == 2
    assert states["selected"] == 1
    (joint,) = Organisation.objects.filter(state="requested")
    assert joint.kind == Organisation.Kind.JOINT_BRANCH
    assert joint.served.count() == 2
    with clock.at(TODAY):
        assert Organisation.objects.term_due().exists()
        assert Council.objects.term_over().exists()
        covered = Coverage.objects.now().values("household")
        assert Household.objects.living_here().exclude(pk__in=covered).count() > 10
    assert sorted(Assembly.objects.values_list("state", flat=True)) == ["convened", *["held"] * 6]
    results = [result_of(one) for one in Motion.objects.filter(assembly__state="held")]
    assert any(result and result.carried for result in results)
    assert any(result and not result.valid for result in results)
    share = Motion.objects.get(kind="non_member_share")
    assert (found := result_of(share))
    assert (found.valid, found.carried) == (True, False)
    assert Motion.objects.exclude(corrected_on=None).get().compared[0][1:] == (111, 112)
    assert HouseholdLink.objects.filter(has_code(sample_link())).exists()


def _a_steward_has_his_day() -> None:
    """咸安区 has its 13 items since before the article; of 朱家湾 each kind of end is there."""
    key = "team.service_items"
    assert count_on("421202", ARTICLE_DAY, [key]) == {key: 13}
    states = set(Errand.objects.values_list("state", flat=True))
    assert states >= {"asked", "authorised", "done", "closed", "raised"}


def _the_figures_are_ready() -> None:
    from genxu.insight.models import Standing

    with clock.at(TODAY):
        counted = count_on("4212", TODAY.date())
    ready = dict(Standing.objects.filter(place="4212").values_list("key", "value"))
    kept, told = (
        {k: v for k, v in one.items() if v and not figures()[k].wide}
        for one in (counted, shown(ready))
    )
    assert kept == told


def _the_measured_pages_take_no_more_queries() -> None:
    """Each as many as ``bench/queries.toml`` says: a number there is only ever lowered."""
    with clock.at(TODAY):
        pages = measured.pages(last_rows=2)
        counts = measured.queries([one["who"] for one in pages], [one["path"] for one in pages])
    found = {page["name"]: counted for page, counted in zip(pages, counts, strict=True)}
    assert found == QUERIES, "more: take them out of the page; fewer: lower bench/queries.toml"


def test_a_database_with_records_is_left_alone(cast: Cast, settings: Any) -> None:
    settings.DEMONSTRATION = True
    hold_talk(cast)
    before = Region.objects.count()
    with pytest.raises(Conflict):
        build()
    assert Region.objects.count() == before


def test_only_in_the_demonstration(empty_land: None) -> None:
    with pytest.raises(Denied):
        build()
    assert not Region.objects.exists()


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, list(arguments))


def test_the_command_of_figures_gives_json(cast: Cast) -> None:
    hold_talk(cast)
    result = run("figures", "421221", "--json")
    assert result.exit_code == 0, result.output
    body = json.loads(result.output)
    assert set(body) == {"region", "as_of", "figures"}
    assert body["region"] == "421221"
    assert body["as_of"] == "2026-05-13"
    told = [one.key for one in figures().values() if not one.hidden and not one.fewest]
    assert list(body["figures"]) == told
    assert all(isinstance(value, int) for value in body["figures"].values())
    assert body["figures"]["institutions.talks_held"] == 1


def test_the_command_of_figures_as_of_a_day(cast: Cast) -> None:
    hold_talk(cast, held_on=date(2026, 5, 1))
    for day, talks in (("2026-04-30", 0), ("2026-05-01", 1)):
        body = json.loads(run("figures", "421221000000", "--json", "--as-of", day).output)
        assert body["as_of"] == day
        assert body["figures"]["institutions.talks_held"] == talks


def test_the_command_of_figures_for_people(cast: Cast) -> None:
    result = run("figures", "421221")
    assert result.exit_code == 0
    assert "institutions.talks_held" in result.output


WRONG = [
    ("figures", "421221", "--as-of", "tomorrow"),
    ("world", "build", "--scale", "huge"),
    ("figures",),
]


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_arguments_are_explained(db: None, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error" in result.output


def test_the_journal_s_commands(cast: Cast) -> None:
    hold_talk(cast)
    assert "sealed" in run("journal", "seal").output
    result = run("journal", "verify")
    assert result.exit_code == 0
    assert "sound" in result.output


def test_verifying_fails_with_the_row(cast: Cast) -> None:
    from genxu.core.models import JournalEntry
    from tests.database import lift_triggers

    hold_talk(cast)
    journal.seal()
    lift_triggers()
    row = JournalEntry.objects.latest("pk")
    JournalEntry.objects.filter(pk=row.pk).update(place="x")
    result = run("journal", "verify")
    assert result.exit_code == 1
    assert str(row.pk) in result.output


def test_regions_and_accounts_by_command(cast: Cast, tmp_path: Any) -> None:
    path = tmp_path / "more.csv"
    path.write_text("code,name,level,parent_code\n421299000000,新县,county,421200000000\n")
    assert run("regions", "import", str(path)).exit_code == 0
    assert run("regions", "recode", "421299", "421298").exit_code == 0
    assert run("regions", "add-hamlet", "421221104202", "上屋").output.strip() == "421221104202003"
    opened = run("accounts", "open", "13700000001", "新测人", "--role", "secretary",
                 "--place", "421221104202003", "--password", "")  # fmt: skip
    assert opened.exit_code == 0, opened.output
    assert Account.objects.get(phone="13700000001").grants.get().place_id == "421221104202003"
    assert Region.objects.filter(code="421298").exists()
