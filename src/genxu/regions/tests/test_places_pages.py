"""Finding a place: public, by name or down the tree."""

import pytest
from django.test import Client

from tests.cast import CITY, COUNTY, HOME, TOWNSHIP, VILLAGE, Cast
from tests.doing import page_text


def test_counties_come_first(cast: Cast, client: Client) -> None:
    counties = client.get("/places/").context["counties"]
    assert [county.name for county in counties] == ["嘉鱼县", "崇阳县"]


NAMES = [("罗家", ["罗家洲"]), ("港", ["港边湾", "港东村"]), ("没有", []), ("𠮷", []), ("%", [])]


@pytest.mark.parametrize(("words", "found"), NAMES)
def test_a_hamlet_is_found_by_name(
    cast: Cast, client: Client, words: str, found: list[str]
) -> None:
    answer = client.get("/places/", {"words": words})
    assert sorted(str(place) for place in answer.context["found"]) == sorted(found)


def test_words_that_cannot_be_read_break_nothing(cast: Cast, client: Client) -> None:
    assert client.get("/places/", {"words": "\x00"}).status_code == 200


@pytest.mark.parametrize("code", [CITY, COUNTY, TOWNSHIP, VILLAGE])
def test_a_place_shows_the_places_below(cast: Cast, client: Client, code: str) -> None:
    answer = client.get(f"/places/{code}/")
    children = answer.context["children"]
    assert children
    for child in children:
        assert f"/places/{child.code}/" in page_text(answer)


def test_the_long_code_leads_to_the_short_one(cast: Cast, client: Client) -> None:
    answer = client.get("/places/421221000000/")
    assert (answer.status_code, answer["Location"]) == (301, "/places/421221/")


def test_a_hamlet_has_its_path(cast: Cast, client: Client) -> None:
    path = client.get(f"/places/{HOME}/").context["path"]
    assert [place.code for place in path] == [CITY, COUNTY, TOWNSHIP, VILLAGE]
