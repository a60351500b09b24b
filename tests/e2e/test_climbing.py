"""A specialist matter climbs one level at a time and comes back down with its answer."""

from typing import Any

import pytest

from .doing import LU, raise_matter, receipt_of, state_of, take
from .visitor import Visitor

pytestmark = pytest.mark.crossing

VILLAGE, TOWNSHIP, COUNTY = "421223106211", "421223106", "421223"


def lies_with(visitor: Visitor, matter: int) -> str:
    statement = "SELECT place_id FROM matters_matter WHERE id = ?"
    return str(visitor.house.records.one(statement, matter))


def open_from_home(visitor: Visitor, matter: int) -> None:
    """By the link in what waits for her; or straight, where the queue shows only its first five."""
    visitor.go("/home/")
    link = visitor.page.locator(f'main a[href="/matters/{matter}/"]')
    if link.count():
        visitor.press(link.first)
    else:
        visitor.go(f"/matters/{matter}/")
    visitor.at(f"/matters/{matter}/")


def offered(visitor: Visitor, matter: int, *steps: str) -> None:
    """She may read it, nothing is expected of her next, and only these steps are open to her."""
    assert visitor.go(f"/matters/{matter}/").status == 200
    assert visitor.page.locator("main form[action*='/matters/']").count() == 0
    links = visitor.page.locator(".other-steps a").all()
    assert [(one.get_attribute("href") or "").split("/")[-2] for one in links] == [*steps]


def test_up_four_levels_and_back_with_the_answer(invite: Any, width: str):
    secretary = invite(width, "secretary", LU)
    village = invite(width, "village_staff", VILLAGE)
    township = invite(width, "township_staff", TOWNSHIP)
    county = invite(width, "county_staff", COUNTY)
    matter = raise_matter(secretary, LU, "进湾的桥要请人来看", "specialist")
    code = receipt_of(secretary, matter)

    for below in (village, township, county):
        offered(below, matter)
    take(secretary, matter, "pass-up", words="桥墩空了，湾里看不了")
    assert lies_with(secretary, matter) == VILLAGE
    offered(secretary, matter, "recall", "urge")

    open_from_home(village, matter)
    take(village, matter, "pass-up", words="村里没有懂桥的人")
    assert lies_with(village, matter) == TOWNSHIP
    offered(village, matter, "recall", "urge")
    offered(secretary, matter, "urge")

    open_from_home(township, matter)
    take(township, matter, "ask-extension", days="5", words="等水退了才量得到")
    due = "SELECT due_at FROM matters_matter WHERE id = ?"
    before = township.house.records.one(due, matter)
    county.go("/home/")
    county.press(county.page.locator(f'#extension a[href="/matters/{matter}/"]'))
    county.at(f"/matters/{matter}/")
    take(county, matter, "decide-extension", approved="yes", words="安全要紧，水退再量")
    assert county.house.records.one(due, matter) > before
    township.go(f"/matters/{matter}/")
    assert township.page.locator(f'a[href="/matters/{matter}/ask-extension/"]').count() == 0
    take(township, matter, "pass-up", words="要县里交通的人来")
    assert lies_with(township, matter) == COUNTY

    open_from_home(county, matter)
    assert county.page.locator(f'a[href="/matters/{matter}/pass-up/"]').count() == 0
    take(county, matter, "answer", words="下周三来人加固，桥先限重三吨")
    assert lies_with(county, matter) == LU
    offered(county, matter)

    secretary.go(f"/matters/{matter}/")
    assert "桥先限重三吨" in secretary.page.locator("ol.timeline").inner_text()
    take(secretary, matter, "finish", words="桥墩灌了浆，可以过农用车了")
    assert state_of(secretary, matter) == "done"
    resident = invite(width)
    resident.go(f"/r/#{code}")
    told = resident.page.locator("ol.timeline").inner_text()
    assert told.index("桥先限重三吨") < told.index("桥墩灌了浆")
    assert "桥墩空了" not in told  # what one level writes to the next is not for the receipt


def test_a_level_gives_it_back_to_the_one_below(invite: Any):
    secretary = invite("desk", "secretary", LU)
    village = invite("desk", "village_staff", VILLAGE)
    matter = raise_matter(secretary, LU, "塘边的电线要移", "specialist")
    take(secretary, matter, "pass-up", words="电的事湾里不动")
    village.go(f"/matters/{matter}/")
    take(village, matter, "return", words="先写清是哪一根杆")
    assert (lies_with(village, matter), state_of(village, matter)) == (LU, "returned")
    secretary.go("/home/")
    assert secretary.page.locator(f'#sort a[href="/matters/{matter}/"]').count() == 1
