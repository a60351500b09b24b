"""What everybody reads: whole sentences, no person's name; a question on a line."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from genxu.core.errors import Conflict, Denied, Invalid
from genxu.institutions.matters.models import Matter
from genxu.organisation.councils.tests.factories import form
from genxu.people.models import Household
from genxu.people.own_access import holder_of
from genxu.people.tests.factories import with_code
from genxu.places.disclosures import actions, documents, drawing, queries
from genxu.places.disclosures.models import Disclosure, Question
from genxu.places.ledger.actions import reverse_entry
from genxu.places.ledger.tests import factories as ledger
from tests.cast import FAR, HOME, NEIGHBOUR, PARTS, Cast
from tests.doing import hold

from . import factories
from .factories import SPRING


def names_of(cast: Cast) -> set[str]:
    heads = {one.head_name for one in cast.households()}
    return heads | {name for name, _role, _place in PARTS.values()}


def test_no_name_of_a_person_leaks(cast: Cast, client: Any) -> None:
    """Neither where the bookkeeper marks the person, nor where she writes the name into the
    sentence, the slip, or as if it were a shop."""
    book = factories.moved(cast)
    ledger.went_out(
        cast, 500, book, day=SPRING, text="付罗测一和罗 测二修路工钱", paper="罗测四的条子"
    )
    ledger.went_out(cast, 600, book, day=SPRING, text="误工补贴", who="罗测四", is_person=False)
    ledger.went_out(cast, 700, book, day=SPRING, text="买水泥", who="新街建材店", is_person=False)
    ledger.went_out(cast, 800, book, day=SPRING, text="付外村李测工的工钱", who="李测工")
    one = factories.shown(cast, book)
    page = client.get(f"/accounts/{one.pk}/").content.decode()
    file = client.get(f"/accounts/{one.pk}/lines/").content.decode()
    sheet = documents.sheet_of(
        one, list(queries.lines_of(one)), "", "https://x.cn/accounts/1/", "a4"
    )
    for text in (page, file, str(sheet.data)):
        assert "新街建材店" in text
        assert "一位村民" in text
        for name in {*names_of(cast), "李测工", "罗 测二"}:
            assert name not in text


def test_a_household_that_is_erased_stands_in_no_line(cast: Cast) -> None:
    """A name that was unknown when it was drawn up."""
    from genxu.people.household_actions import erase_household
    from genxu.people.tests.factories import enter_rows, row

    book = ledger.opened(cast)
    ledger.came_in(cast, 900, book, day=SPRING, text="收到新搬来的易测新交的场地费")
    one = factories.shown(cast, book)
    assert one.lines.filter(text__contains="易测新").exists()
    enter_rows(row(9, "易测新"))
    household = cast.households()[-1]
    erase_household(actor=cast.actor("secretary"), household=household)
    assert not one.lines.filter(text__contains="易测新").exists()


def _open_pages(client: Any, one: Disclosure) -> str:
    pages = (client.get(f"/accounts/{one.pk}/{part}") for part in ("", "lines/"))
    return "".join(page.content.decode() for page in pages)


def test_an_erased_name_comes_back_with_no_newer_one(cast: Cast, client: Any) -> None:
    """Neither with what puts it right, drawn up again, nor with what takes the entry back: the
    entry in the book keeps the name."""
    from genxu.people.household_actions import erase_household

    book = factories.moved(cast)
    wages = ledger.went_out(
        cast, 500, book, day=SPRING, text="付罗测二修路工钱", who="罗测二", is_person=False,
        paper="罗测二的条子",
    )  # fmt: skip
    first = factories.shown(cast, book)
    (erased,) = [one for one in cast.households() if one.head_name == "罗测二"]
    erase_household(actor=cast.actor("secretary"), household=erased)
    ledger.went_out(cast, 200, book, day=SPRING, text="买扫帚")
    newer = factories.corrected(cast, first)
    newer = actions.redraw_disclosure(actor=cast.actor("bookkeeper"), disclosure=newer)
    newer = factories.published(cast, factories.signed(cast, newer))
    given = {"entry": wages, "reason": "付重了", "day": date(2026, 4, 3)}
    reverse_entry(actor=cast.actor("bookkeeper"), **given)
    with factories.on(2026, 7, 3):
        after = factories.shown(cast, book)
    assert after.lines.filter(reason="付重了").exists()
    for one in (first, newer, after):
        assert "罗测二" not in _open_pages(client, one)


def test_an_erased_name_stands_in_no_line_of_days_told_later(cast: Cast, client: Any) -> None:
    """The entry was typed before she was erased, its days are told after; what takes it back, and
    what was taken back already, too."""
    from genxu.people.household_actions import erase_household

    book, keeper = factories.moved(cast), cast.actor("bookkeeper")
    for fen, paper in ((500, "罗测二的条子"), (600, "7")):
        entry = ledger.went_out(
            cast, fen, book, day=SPRING, text="付罗 测二修路工钱", who="罗测二", is_person=False,
            paper=paper,
        )  # fmt: skip
        if fen == 500:
            reverse_entry(actor=keeper, entry=entry, reason="罗测二退回", day=SPRING)
    (erased,) = [one for one in cast.households() if one.head_name == "罗测二"]
    erase_household(actor=cast.actor("secretary"), household=erased)
    reverse_entry(actor=keeper, entry=entry, reason="付重了", day=date(2026, 3, 3))
    one = factories.shown(cast, book)
    assert one.lines.count() == 6
    assert not [line for line in one.lines.all() if "测二" in str(vars(line))]
    assert "测二" not in _open_pages(client, one)


def test_who_is_head_or_officer_no_more_comes_back_with_no_newer_one(
    cast: Cast, client: Any
) -> None:
    book = factories.moved(cast)
    names = ("罗测二", cast.secretary.name)
    for name in names:
        ledger.went_out(cast, 500, book, day=SPRING, text=f"付{name}误工补贴")
    first = factories.shown(cast, book)
    Household.objects.filter(head_name="罗测二").update(head_name="罗新户")
    cast.secretary.grants.all().delete()
    newer = factories.published(cast, factories.signed(cast, factories.corrected(cast, first)))
    page = _open_pages(client, newer)
    assert not [name for name in names if name in page]


def test_who_sits_on_the_council_serves_above_or_is_known_to_another_app_is_named_in_no_line(
    cast: Cast, client: Any, monkeypatch: Any
) -> None:
    seat = form(cast).seats.exclude(name__in=names_of(cast)).first()
    assert seat is not None
    names = [seat.name, cast.township_staff.name, cast.county_staff.name, "股测东"]

    def more(room: str, name: str) -> Any:
        assert (room, name) == ("persons", "names_at")
        return iter([lambda place: ["股测东"] if place.code == HOME else []])

    monkeypatch.setattr(drawing, "declared", more)
    book = factories.moved(cast)
    for name in names:
        ledger.went_out(cast, 500, book, day=SPRING, text=f"付{name}误工补贴")
    page = _open_pages(client, factories.shown(cast, book))
    assert not [name for name in names if name in page]


def test_only_what_was_shown_is_open(cast: Cast, client: Any) -> None:
    one = factories.signed(cast)
    assert client.get(f"/accounts/{one.pk}/").status_code == 404
    assert client.get(f"/accounts/{one.pk}/lines/").status_code == 404
    factories.published(cast, one)
    page = client.get(f"/accounts/{one.pk}/").content.decode()
    for said in ("2月10日", "付修篮球场工钱", "300.00", "单据 12", "700.00", "新街镇"):
        assert said in page


def test_the_file_adds_up(cast: Cast, client: Any) -> None:
    one = factories.shown(cast)
    file = client.get(f"/accounts/{one.pk}/lines/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file)))
    came, went = (sum(float(row[n] or 0) for row in rows[2:-1]) for n in (3, 4))
    assert float(rows[1][3]) + came - went == float(rows[-1][3]) == 700


def test_a_cell_is_no_formula(cast: Cast, client: Any) -> None:
    book = ledger.opened(cast)
    ledger.came_in(cast, 900, book, day=SPRING, text="=1+1")
    one = factories.shown(cast, book)
    assert "'=1+1" in client.get(f"/accounts/{one.pk}/lines/").content.decode()


# --- asking --------------------------------------------------------------------------------------


def test_a_question_becomes_a_matter_that_only_she_closes(cast: Cast, client: Any) -> None:
    one = factories.shown(cast)
    line = factories.line_of(one)
    asked = factories.asked(cast, line)
    matter = Matter.objects.get(pk=asked.matter)
    assert (matter.tier, matter.hamlet_id) == ("common", HOME)
    assert "付修篮球场工钱" in matter.title
    assert "2月10日" in matter.title
    page = client.get(f"/accounts/{one.pk}/").content.decode()
    assert "1 个人问过" in page
    (shown,) = [x for x in queries.lines_of(one) if x.pk == line.pk]
    queries.put_questions_on([shown])
    assert (shown.asked.count, shown.asked.answered) == (1, 0)  # type: ignore[attr-defined]


def test_asking_twice_is_told(cast: Cast) -> None:
    line = factories.line_of(factories.shown(cast))
    factories.asked(cast, line)
    with pytest.raises(Conflict, match="问过"):
        factories.asked(cast, line)
    factories.asked(cast, line, cast.households()[1])
    assert Question.objects.count() == 2


def test_so_many_a_day(cast: Cast) -> None:
    book = ledger.opened(cast)
    for n in range(6):
        ledger.came_in(cast, 900 + n, book, day=SPRING)
    one = factories.shown(cast, book)
    for line in list(one.lines.all())[:5]:
        factories.asked(cast, line)
    with pytest.raises(Conflict, match="5"):
        factories.asked(cast, one.lines.last())  # type: ignore[arg-type]


def test_only_households_of_the_place_ask(cast: Cast) -> None:
    line = factories.line_of(factories.shown(cast))
    for code in (NEIGHBOUR, FAR):
        with pytest.raises(Denied):
            factories.asked(cast, line, cast.households(code)[0])
    mine, other = cast.households()[:2]
    with pytest.raises(Denied):
        actions.ask_line(actor=holder_of(mine), household=other, line=line, words="为啥")


def test_all_hamlets_ask_about_the_villages_book(cast: Cast) -> None:
    book = factories.moved(cast, factories.village_book(cast))
    line = factories.line_of(factories.shown(cast, book))
    asked = factories.asked(cast, line, cast.households(NEIGHBOUR)[0])
    assert asked.hamlet_id == NEIGHBOUR


def test_a_question_that_names_somebody_is_told(cast: Cast) -> None:
    line = factories.line_of(factories.shown(cast))
    household = cast.households()[0]
    given = {"household": household, "line": line, "words": "是不是给罗测二的？"}
    with pytest.raises(Invalid) as error:
        actions.ask_line(actor=holder_of(household), **given)
    assert set(error.value.fields) == {"words"}


def test_the_code_typed_at_the_line_leads_to_the_form(cast: Cast, client: Any) -> None:
    line = factories.line_of(factories.shown(cast))
    link = with_code(1)
    assert "code" in client.get(f"/accounts/lines/{line.pk}/ask/").content.decode()
    answer = client.post(f"/accounts/lines/{line.pk}/ask/", {"code": link.code}, follow=True)
    own = f"/my/household/{link.household_id}/accounts/{line.pk}/"
    assert answer.redirect_chain[-1][0] == own
    after = client.post(own, {"words": "是哪几天的工钱？"}, follow=True)
    assert "您家" in after.content.decode()
    assert Question.objects.filter(household=link.household_id).count() == 1


def test_a_wrong_code_is_told_at_its_field(cast: Cast, client: Any) -> None:
    line = factories.line_of(factories.shown(cast))
    answer = client.post(f"/accounts/lines/{line.pk}/ask/", {"code": "AAAAA-AAAAA"})
    assert answer.status_code == 404
    assert "code-error" in answer.content.decode()


def test_a_slip_of_another_place_is_told(cast: Cast, client: Any) -> None:
    from genxu.people.models import HouseholdLink

    line = factories.line_of(factories.shown(cast))
    link = with_code(1)
    HouseholdLink.objects.filter(pk=link.pk).update(household=cast.households(FAR)[0])
    hold(client, link.code)
    answer = client.get(f"/accounts/lines/{line.pk}/ask/")
    assert answer.status_code == 200
    assert "不是" in answer.content.decode()
