"""Two hamlets of one name in a village are refused, or told apart by a word wherever they stand."""

import pytest
from django.test import Client

from genxu.core.errors import Invalid
from genxu.hamlets.actions import close_hamlet, rename_hamlet, reopen_hamlet
from genxu.regions.actions import Row, add_hamlet, import_regions
from genxu.regions.models import FormerName, Region
from genxu.regions.naming import Places, Unplaced
from tests.cast import HOME, NEIGHBOUR, NEXT_VILLAGE, OPERATOR, VILLAGE, Cast
from tests.doing import page_text


def add(cast: Cast, name: str, word: str = "", village: str = VILLAGE) -> Region:
    return add_hamlet(
        actor=OPERATOR, village=cast.hamlet(village), name=name, distinguished_by=word
    )


def test_a_namesake_in_the_village_is_refused_when_made(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        add(cast, "罗家洲")
    assert set(refused.value.fields) == {"distinguished_by"}
    add(cast, "罗家洲", village=NEXT_VILLAGE)
    assert str(add(cast, "罗家洲", "东")) == "罗家洲（东）"
    with pytest.raises(Invalid):
        add(cast, "罗家洲", "东")


def test_a_namesake_in_the_village_is_refused_when_renamed(cast: Cast) -> None:
    with pytest.raises(Invalid):
        rename_hamlet(actor=OPERATOR, hamlet=cast.hamlet(NEIGHBOUR), name=" 罗家洲 ")
    rename_hamlet(
        actor=OPERATOR, hamlet=cast.hamlet(NEIGHBOUR), name="罗家洲", distinguished_by="东"
    )
    assert cast.hamlet(NEIGHBOUR).short_name == "罗家洲（东）"


def test_a_namesake_in_a_file_of_places_is_refused_and_nothing_is_taken_in(cast: Cast) -> None:
    rows = [Row(NEIGHBOUR, "罗家洲", "hamlet", VILLAGE)]  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        import_regions(actor=OPERATOR, rows=rows, count=1)
    assert cast.hamlet(NEIGHBOUR).name == "港边湾"


def test_the_name_of_a_closed_hamlet_is_free_and_bars_the_way_back(cast: Cast) -> None:
    old = add(cast, "新屋")
    close_hamlet(actor=OPERATOR, hamlet=old)
    add(cast, "新屋")
    with pytest.raises(Invalid):
        reopen_hamlet(actor=OPERATOR, hamlet=cast.hamlet(old.code))


def test_a_file_that_renames_keeps_the_names_of_before(cast: Cast) -> None:
    rows = [Row(NEIGHBOUR, "港边新湾", "hamlet", VILLAGE)]  # type: ignore[arg-type]
    import_regions(actor=OPERATOR, rows=rows, count=1)
    (before,) = FormerName.objects.filter(region=NEIGHBOUR)
    assert before.name == "港边湾"


def test_the_word_stands_with_the_name_in_lists_and_public_pages(
    cast: Cast, client: Client
) -> None:
    twin = add(cast, "罗家洲", "东")
    assert "罗家洲（东）" in page_text(client.get(f"/places/{VILLAGE}/"))
    assert "罗家洲（东）" in page_text(client.get("/places/", {"words": "罗家洲"}))
    assert "罗家洲（东）" in page_text(client.get(f"/places/{twin.code}/"))


def test_a_sheet_may_say_the_word_and_is_asked_for_it_where_it_does_not(cast: Cast) -> None:
    twin = add(cast, "罗家洲", "东")
    rename_hamlet(actor=OPERATOR, hamlet=cast.home, name="罗家洲", distinguished_by="西")
    places = Places(cast.hamlet(VILLAGE))
    assert places.hamlet(hamlet="罗家洲（东）") == twin.code
    assert places.hamlet(hamlet="罗家洲(西)") == HOME
    with pytest.raises(Unplaced) as refused:
        places.hamlet(hamlet="罗家洲")
    assert "罗家洲（东）" in str(refused.value)


def test_a_name_of_before_is_understood_unless_another_bears_it(cast: Cast) -> None:
    rename_hamlet(actor=OPERATOR, hamlet=cast.home, name="罗家新洲")
    assert Places(cast.hamlet(VILLAGE)).hamlet(hamlet="罗家洲") == HOME
    other = add(cast, "罗家洲")
    assert Places(cast.hamlet(VILLAGE)).hamlet(hamlet="罗家洲") == other.code


def test_a_new_hamlet_takes_no_number_that_another_had(cast: Cast) -> None:
    first = add(cast, "新屋")
    Region.objects.filter(code=first.code).delete()
    from genxu.regions.moving import keep_codes

    keep_codes({first.code: HOME})
    assert add(cast, "新屋场").code == f"{VILLAGE}004"
