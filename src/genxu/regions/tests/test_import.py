"""Importing the tree: a wrong line is named, nothing is half imported; twice is once."""

from pathlib import Path

import pytest

from genxu.core.access import Actor, Grant, Kind
from genxu.core.errors import Denied, Invalid
from genxu.regions.actions import PACKAGED, Row, add_hamlet, import_regions, read_csv
from genxu.regions.codes import Level, level_of
from genxu.regions.models import Region
from tests.cast import HOME, NEIGHBOUR, OPERATOR, PLACES, VILLAGE, Cast

HEAD = "code,name,level,parent_code\n"
GOOD = [
    "420000000000,湖北省,province,",
    "421200000000,咸宁市,prefecture,420000000000",
    "421221000000,嘉鱼县,county,421200000000",
]


def csv(tmp_path: Path, *lines: str, head: str = HEAD) -> Path:
    path = tmp_path / "regions.csv"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


def test_a_good_file_is_read_parents_first(tmp_path: Path) -> None:
    rows = read_csv(csv(tmp_path, *reversed(GOOD)))
    assert [row.code for row in rows] == ["42", "4212", "421221"]
    assert rows[2] == Row("421221", "嘉鱼县", Level.COUNTY, "4212")


@pytest.mark.parametrize(
    "line",
    ["42122a,嘉鱼县,county,4212", ",嘉鱼县,county,4212", "421221,嘉鱼县,township,4212",
     "421221,嘉鱼县,kingdom,4212", "421221,嘉鱼县,county,4213", "421221,嘉鱼县,county,",
     "421221,,county,4212", "421221,  ,county,4212", "421221,嘉鱼县,county,xx", "421221"],
)  # fmt: skip
def test_a_wrong_line_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_csv(csv(tmp_path, *GOOD, line))
    assert set(refused.value.fields) == {"line 5"}


def test_a_file_without_the_right_heading_is_refused(tmp_path: Path) -> None:
    for head in ("", "code,name\n"):
        with pytest.raises(Invalid) as refused:
            read_csv(csv(tmp_path, *GOOD, head=head))
        assert set(refused.value.fields) == {"file"}


def test_an_unknown_parent_is_refused_and_nothing_is_written(cast: Cast) -> None:
    before = Region.objects.count()
    rows = [
        Row("421299", "新县", Level.COUNTY, "4212"),
        Row("431299", "远县", Level.COUNTY, "4312"),
    ]
    with pytest.raises(Invalid) as refused:
        import_regions(actor=OPERATOR, rows=rows, count=2)
    assert "431299" in str(refused.value.message)
    assert Region.objects.count() == before


def test_importing_again_renames_and_adds(cast: Cast) -> None:
    rows = [Row(HOME, "罗家新洲", Level.HAMLET, VILLAGE),
            Row(f"{VILLAGE}009", "九房", Level.HAMLET, VILLAGE)]  # fmt: skip
    import_regions(actor=OPERATOR, rows=rows, count=2)
    import_regions(actor=OPERATOR, rows=rows, count=2)
    assert cast.home.name == "罗家新洲"
    assert Region.objects.count() == len(PLACES) + 1


def test_the_packaged_tree_is_whole() -> None:
    rows = read_csv(PACKAGED)
    codes = {row.code for row in rows}
    assert len(rows) == len(codes) >= 1190
    assert all(row.parent in codes for row in rows if row.parent)
    assert sum(row.level == Level.COUNTY for row in rows) == 6
    assert {"421221104202", "421222106208", "421202101225"} <= codes


@pytest.mark.parametrize("part", ["secretary", "county_staff", "city_staff", "auditor"])
def test_nobody_of_the_staff_changes_the_tree(cast: Cast, part: str) -> None:
    for act, values in (
        (import_regions, {"rows": [], "count": 0}),
        (add_hamlet, {"village": cast.hamlet(VILLAGE), "name": "x"}),
    ):
        with pytest.raises(Denied):
            act(actor=cast.actor(part), **values)  # type: ignore[operator]


def test_even_a_grant_of_the_system_s_name_at_a_place_counts_only_for_the_system() -> None:
    assert not Actor(Kind.ACCOUNT, "1", "x", (Grant("city_staff", "4212"),)).plays(["system"])


# --- adding a hamlet ---------------------------------------------------------------------------


def test_a_hamlet_gets_the_village_s_next_number(cast: Cast) -> None:
    made = add_hamlet(actor=OPERATOR, village=cast.hamlet(VILLAGE), name=" 上屋 ")
    assert (made.code, made.name, made.level) == (f"{VILLAGE}003", "上屋", "hamlet")
    assert f"{VILLAGE}002" == NEIGHBOUR


def test_the_first_of_a_village_is_001(cast: Cast) -> None:
    made = add_hamlet(actor=OPERATOR, village=cast.hamlet("421221105201"), name="上屋")
    assert made.code == "421221105201001"
    assert level_of(made.code) == Level.HAMLET


@pytest.mark.parametrize("name", ["", "   "])
def test_a_hamlet_has_a_name(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid):
        add_hamlet(actor=OPERATOR, village=cast.hamlet(VILLAGE), name=name)


def test_a_hamlet_lies_in_a_village(cast: Cast) -> None:
    with pytest.raises(Invalid):
        add_hamlet(actor=OPERATOR, village=cast.hamlet(HOME), name="上屋")


def test_a_village_has_room_for_999(cast: Cast) -> None:
    Region.objects.create(code=f"{VILLAGE}999", name="末", level=Level.HAMLET, parent_id=VILLAGE)
    with pytest.raises(Invalid):
        add_hamlet(actor=OPERATOR, village=cast.hamlet(VILLAGE), name="上屋")
