"""Posts by spreadsheet: out and in with the same columns, and two at once."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from genxu.core import clock
from genxu.core.errors import Conflict, Invalid
from genxu.core.models import JournalEntry
from genxu.core.sheets.kinds import sheet_kinds
from genxu.core.tests.following import follow
from genxu.team.members import actions
from genxu.team.members.models import Door, Post
from genxu.team.members.post_intake import PostIntake, PostRow
from tests.cast import HOME, NEIGHBOUR, Cast, Enter
from tests.doing import page_text

from .factories import on_roll, plain, posted, record

NAME = "罗测松"


def row(kind: str = "care", **more: Any) -> PostRow:
    return PostRow(HOME, more.pop("name", NAME), kind, **more)


def fates(*rows: PostRow) -> list[str]:
    return [one.fate.name for one in PostIntake.plan(rows)]


def test_rows_are_new_the_same_or_add_households(cast: Cast) -> None:
    on_roll(cast)
    record(cast, row(doors=(1,), since=clock.today() - timedelta(days=40)), row("peace"))
    assert fates(row(), row(doors=(1,)), row("peace", doors=(2,)), row("safety")) == [
        "SAME", "WRONG", "CHANGED", "NEW"
    ]  # fmt: skip
    record(cast, row("peace", doors=(2, 1)))
    one = Post.objects.get(kind="peace")
    assert (one.numbers, one.version) == ([1, 2], 2)
    assert [step.step for step in one.history()] == ["begin"]
    assert one.noted_by is None  # the operator is nobody's neighbour
    assert Door.objects.count() == 3


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (row(name="没有这人"), "name"),
        (row("other"), "about"),
        (row("guard"), "kind"),
        (row(doors=(99,)), "doors"),
        (row(about="罗测一家门口"), "about"),
        (row(since=clock.today() + timedelta(days=9000)), "since"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(cast: Cast, wrong: PostRow, field: str) -> None:
    on_roll(cast)
    with pytest.raises(Invalid) as refused:
        record(cast, wrong)
    assert list(refused.value.fields) == [field]


def test_nobody_gets_more_than_five_by_a_sheet_either(cast: Cast) -> None:
    on_roll(cast)
    rows = [row("other", about=f"巷子{n}") for n in range(6)]
    assert fates(*rows) == ["NEW"] * 5 + ["WRONG"]


def test_what_goes_out_comes_in_again(cast: Cast, enter: Enter) -> None:
    on_roll(cast)
    record(cast, row(doors=(1, 2), about="塘边"))
    client = enter("secretary")
    assert "塘边" in page_text(client.get(reverse("posts"), {"kind": "care"}))
    sheet = b"".join(client.get(reverse("export_posts")).streaming_content)
    head, first = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    kind = sheet_kinds()["posts"]
    known = {name: column for column in kind.columns for name in names_of(column)}
    given = {known[name].key: known[name].read(cell)
             for name, cell in zip(head, first, strict=True) if name in known}  # fmt: skip
    made = kind.make(HOME, dict.fromkeys((one.key for one in kind.columns), "") | given)
    assert PostIntake.plan([made])[0].problems == {}, made
    assert fates(made) == ["SAME"]
    assert JournalEntry.objects.filter(action="members.see_members").count() == 2


def names_of(column: Any) -> list[str]:
    return [column.header, *column.aliases.split()]


def test_the_same_name_elsewhere_is_somebody_else(cast: Cast) -> None:
    plain(cast)
    assert PostIntake.plan([PostRow(NEIGHBOUR, "罗测丙", "care")])[0].fate.name == "WRONG"


@pytest.mark.django_db(transaction=True)
def test_rows_and_the_page_follow_each_other(cast: Cast) -> None:
    member = on_roll(cast)
    found = follow(
        lambda: record(cast, row("tidiness", about="塘边那条巷子")), lambda: posted(cast, member)
    )
    assert isinstance(found, Conflict)
    assert Post.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_row_behind_the_page_finds_what_was_given_up(cast: Cast) -> None:
    post = posted(cast)
    again = row("tidiness", about="塘边那条巷子")
    found = follow(
        lambda: actions.give_up_post(actor=cast.actor("member"), post=post),
        lambda: record(cast, again),
    )
    assert found is None
    assert list(Post.objects.order_by("pk").values_list("state", flat=True)) == ["given_up", "held"]
