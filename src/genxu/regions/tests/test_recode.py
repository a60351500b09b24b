"""A place gets another code: every row moves with it, and the old code stays findable."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model
from django.test import Client

from genxu.core import clock
from genxu.core.declared import declared
from genxu.core.errors import Invalid, Missing
from genxu.core.models import JournalEntry
from genxu.hamlets.actions import rename_hamlet
from genxu.imports.actions import match_sheet
from genxu.imports.matching import match_of
from genxu.imports.tests.factories import brought, workbook
from genxu.insight.counting import bring_up_to_date, count_all
from genxu.insight.models import MonthlyChange, Standing
from genxu.institutions.talks.mending_actions import add_said
from genxu.jobs.tests.factories import asked
from genxu.organisation.branches.term_actions import re_elect
from genxu.organisation.branches.tests.factories import (
    count,
    days_before_end,
    founded,
    same_duties,
)
from genxu.organisation.centre_households.tests.drawing import draw
from genxu.organisation.centre_households.tests.factories import (
    appointed,
    nominated,
    recommended,
)
from genxu.people.household_actions import move_away, tell_apart
from genxu.people.models import Account
from genxu.regions.actions import recode_region
from genxu.regions.models import FormerCode, Region
from genxu.regions.moving import place_fields
from genxu.regions.queries import place_of
from tests.cast import (
    COUNTY,
    FAR,
    HOME,
    NEIGHBOUR,
    NEXT_VILLAGE,
    OPERATOR,
    PLACES,
    TOWNSHIP,
    VILLAGE,
    Cast,
    Enter,
)
from tests.doing import climb, hold_talk, raise_matter, taken_up

NEW_TOWNSHIP = "421221204"
MOVES = [
    (HOME, f"{VILLAGE}009"),
    (HOME, f"{NEXT_VILLAGE}005"),
    (VILLAGE, "421221104299"),
    (TOWNSHIP, NEW_TOWNSHIP),
    (TOWNSHIP, "421223104"),
    (COUNTY, "421299"),
]


def recode(old: str, new: str) -> Region:
    return recode_region(actor=OPERATOR, old=old, new=new)


def references() -> dict[str, list[str]]:
    """Table and column → the codes that stand there, for every key to a place there is."""
    return {
        f"{field.model._meta.label}.{field.name}": sorted(
            field.model._base_manager.exclude(**{field.name: None}).values_list(
                field.attname, flat=True
            )
        )
        for field in every_key_to_a_place()
    }


def every_key_to_a_place() -> list[ForeignKey[Model, Model]]:
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey) and field.related_model is Region
    ]


def organised(cast: Cast) -> None:
    """A branch, a centre household that looks after one, a file, a job, a
    household that has left."""
    branch = founded(cast)
    with days_before_end(cast, branch, 30):
        re_elect(actor=cast.actor("secretary"), organisation=branch, count=count(),
                 duties=same_duties(branch))  # fmt: skip
    one, two, three, four = cast.households()
    centre = appointed(cast, one)
    draw(cast, [(two, centre)])
    recommended(two, nominated(three))
    tell_apart(actor=cast.actor("secretary"), household=two, other=three)
    move_away(actor=cast.actor("secretary"), household=four, on=clock.today())
    matched(cast)
    asked(cast)
    rename_hamlet(actor=OPERATOR, hamlet=cast.hamlet(FAR), name="卢家新屋")


def matched(cast: Cast) -> None:
    """A file of which one column was matched by hand."""
    clerk = cast.actor("township_staff")
    rows = workbook(("湾", "户主", "几张嘴"), ("罗家洲", "罗测六", 3))
    sheet = brought(clerk, TOWNSHIP, rows)
    found = match_of(sheet)
    by_hand = replace(found, columns={**found.columns, 2: "head_count"})
    match_sheet(actor=clerk, sheet=sheet, match=by_hand)


@pytest.fixture(scope="module", autouse=True)
def life(shared: Cast) -> None:
    """Something in every table: what the floors below hold, then what each app makes of its own."""
    organised(shared)
    raise_matter(shared, "closed", household=True)
    raise_matter(shared, "unconfirmed")
    raise_matter(shared, "registered", hamlet=NEIGHBOUR)
    raise_matter(shared, "done", hamlet=FAR)
    climb(shared, raise_matter(shared, "under_way", "specialist"), "township")
    add_said(actor=shared.actor("secretary"), talk=hold_talk(shared), said=[taken_up()])
    for populate in declared("tests.examples", "populate"):
        populate(shared)
    count_all()


@pytest.fixture
def lived_in(cast: Cast) -> Cast:
    return cast


@pytest.mark.parametrize(("old", "new"), MOVES)
def test_every_row_of_every_table_moves(lived_in: Cast, old: str, new: str) -> None:
    before = references()
    empty = [name for name in before if not before[name] and "FormerCode" not in name]
    assert not empty, f"populate(cast) in tests/examples.py of the app makes one: {empty}"
    moved = recode(old, new)
    assert moved.code == new
    after = references()
    for name, codes in before.items():
        if name.endswith(("Region.parent", "FormerCode.region")):
            continue
        wanted = sorted(new + c[len(old) :] if c.startswith(old) else c for c in codes)
        assert after[name] == wanted, name


@pytest.mark.parametrize(("old", "new"), MOVES)
def test_the_tree_stays_whole(lived_in: Cast, old: str, new: str) -> None:
    recode(old, new)
    assert Region.objects.count() == len(PLACES)
    for region in Region.objects.select_related("parent"):
        if region.parent:
            assert region.code.startswith(region.parent.code)
        assert region.level
    assert not Region.objects.under(old).exists()


@pytest.mark.parametrize(("old", "new"), MOVES)
def test_old_codes_stay_findable_on_the_web(
    lived_in: Cast, client: Client, enter: Enter, old: str, new: str
) -> None:
    recode(old, new)
    for code in [c for c in PLACES if c.startswith(old)]:
        now = new + code[len(old) :]
        assert place_of(code).code == now
        for client_, path in ((client, "places"), (enter("city_staff"), "insight")):
            answer = client_.get(f"/{path}/{code}/")
            assert answer.status_code == 301
            assert answer["Location"] == f"/{path}/{now}/"
            assert client_.get(answer["Location"]).status_code == 200


def test_the_journal_keeps_the_codes_as_they_were(lived_in: Cast) -> None:
    before = list(JournalEntry.objects.order_by("pk").values_list("pk", "place"))
    recode(HOME, f"{VILLAGE}009")
    after = list(JournalEntry.objects.order_by("pk").values_list("pk", "place"))
    assert [place for _pk, place in after[len(before) :]] == [HOME, f"{VILLAGE}009"]
    assert after[: len(before)] == before
    last = JournalEntry.objects.latest("pk")
    assert last.detail == {"old": HOME, "new": f"{VILLAGE}009"}
    assert last.place == f"{VILLAGE}009"


def test_the_people_work_on_under_the_new_code(lived_in: Cast, enter: Enter) -> None:
    recode(VILLAGE, "421221104299")
    client = enter("secretary")
    assert client.get("/home/").status_code == 200
    secretary = Account.objects.get(pk=lived_in.secretary.pk).actor()
    assert secretary.grants[0].place == "421221104299001"
    assert client.get("/talks/at/421221104299001/new/").status_code == 200


@pytest.mark.parametrize(("old", "new"), MOVES)
def test_the_ready_figures_are_right_again(lived_in: Cast, old: str, new: str) -> None:
    """Whatever moved, and wherever to: brought up to date is the same as counted anew."""
    recode(old, new)
    bring_up_to_date()
    assert_ready_figures_are_right()


def test_what_was_not_yet_counted_before_the_move_is_counted_after_it(lived_in: Cast) -> None:
    raise_matter(lived_in, "closed")
    recode(TOWNSHIP, NEW_TOWNSHIP)
    bring_up_to_date()
    assert_ready_figures_are_right()


def assert_ready_figures_are_right() -> None:
    def ready() -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
        return (
            set(Standing.objects.exclude(value=0).values_list("place", "key", "value")),
            set(MonthlyChange.objects.exclude(change=0).values_list(
                "place", "key", "month", "change")),
        )  # fmt: skip

    kept = ready()
    count_all()
    assert kept == ready()


def test_there_and_back_again(lived_in: Cast) -> None:
    there = f"{VILLAGE}009"
    recode(HOME, there)
    recode(there, HOME)
    assert place_of(there).code == HOME
    assert list(FormerCode.objects.values_list("code", "region")) == [(there, HOME)]


def test_twice_moved_both_old_codes_are_found(lived_in: Cast) -> None:
    recode(HOME, f"{VILLAGE}009")
    recode(f"{VILLAGE}009", f"{VILLAGE}010")
    for code in (HOME, f"{VILLAGE}009", f"{VILLAGE}010"):
        assert place_of(code).code == f"{VILLAGE}010"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (HOME, "421221104299", "new"),
        (f"{VILLAGE}777", f"{VILLAGE}778", "old"),
        (HOME, NEIGHBOUR, "new"),
        (HOME, "421221104999001", "new"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(cast: Cast, old: str, new: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        recode(old, new)
    assert set(refused.value.fields) == {field}
    assert Region.objects.count() == len(PLACES)


def test_a_code_that_was_another_place_s_is_not_given_away(cast: Cast) -> None:
    """Old papers with it still mean the first place."""
    recode(HOME, f"{VILLAGE}009")
    with pytest.raises(Invalid):
        recode(NEIGHBOUR, HOME)
    assert place_of(HOME).code == f"{VILLAGE}009"


def test_place_fields_are_all_keys_to_places_but_the_tree_s_own() -> None:
    own = [field for field in every_key_to_a_place() if field.model is not Region]
    assert set(place_fields()) == set(own)


def test_a_code_that_never_was_is_missing(cast: Cast) -> None:
    for code in ("4219", "x", "", "421221104202777"):
        with pytest.raises(Missing):
            place_of(code)
