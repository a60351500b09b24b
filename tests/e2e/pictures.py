"""Takes the pictures of the README, into docs/pictures/::

    DJANGO_SETTINGS_MODULE=genxu.config.settings.test .venv/bin/python -c \
        "import django; django.setup(); from tests.e2e.pictures import main; main()"

The world is the small one on its own server, as in the stories; what is typed is typed here.
"""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.moulds import OwnDatabase

from .conftest import FLAGS, chromium_here
from .doing import LUO, bring_to_done, fill, new_talk, raise_matter, receipt_of, record_form
from .house import House, Records, environment_for
from .visitor import Visitor

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
HU = "421202101225001"
FACTS = {"topic": "路灯、水沟和过年", "head_count": "36", "venue": "老樟树下"}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        var = Path(folder)
        database = OwnDatabase(var, f"genxu_pictures_{os.getpid()}")
        house = House(var, Records(database.url), environment=environment_for(var, database.url))
        browser = playwright.chromium.launch(executable_path=chromium_here(), args=FLAGS)
        try:
            house.build_world()
            house.open()
            take_pictures(browser, house)
        finally:
            browser.close()
            house.close()
            database.drop()


def take_pictures(browser: object, house: House) -> None:
    secretary = Visitor(browser, house, "phone", device_scale_factor=2)
    secretary.enter("secretary", LUO)
    matter = raise_matter(
        secretary, LUO, "村口到晒谷场那一段没有路灯，晚上散了夜话老人看不见路。", "common", "罗三婶"
    )
    code = receipt_of(secretary, matter)
    bring_to_done(secretary, matter)

    secretary.go(new_talk(LUO))
    form = record_form(secretary)
    fill(secretary, form, **FACTS)
    form.locator("[name=said-0-text]").fill("屋后的水沟堵了，一落雨就往灶房里漫。")
    household = secretary.page.locator("#households option").nth(5).get_attribute("value")
    form.locator("[name=said-0-who]").fill(household)
    secretary.choose(form, "said-0-response", "taken_up")
    secretary.choose(form, "said-0-tier", "common")
    secretary.page.set_viewport_size({"width": 390, "height": 1560})
    shoot(secretary, "record", whole=False)

    resident = Visitor(browser, house, "phone", device_scale_factor=2)
    resident.go(f"/r/#{code}")
    shoot(resident, "receipt", whole=True)

    county = Visitor(browser, house, "desk", device_scale_factor=1)
    county.enter("county_staff", "421221")
    county.go("/insight/421221/")
    shoot(county, "dashboard", whole=True)
    visitors = [secretary, resident, county, organisation_pictures(browser, house)]
    for visitor in [*visitors, *team_pictures(browser, house)]:
        assert not visitor.complaints, visitor.complaints
        visitor.leave()


def organisation_pictures(browser: object, house: House) -> Visitor:
    """A hamlet's chart, and its households as they are drawn to its centre households."""
    secretary = Visitor(browser, house, "desk", device_scale_factor=1)
    secretary.enter("secretary", LUO)
    secretary.go(f"/organisation/{LUO}/")
    shoot(secretary, "chart", whole=True)
    secretary.page.set_viewport_size({"width": 1280, "height": 1180})
    secretary.go(f"/coverage/{LUO}/")
    shoot(secretary, "coverage", whole=False)
    return secretary


def team_pictures(browser: object, house: House) -> list[Visitor]:
    """A steward's day, whose turn it is, and what is left of a campaign."""
    steward = Visitor(browser, house, "phone", device_scale_factor=2)
    steward.enter("steward", HU)
    steward.go("/services/day/")
    shoot(steward, "errands", whole=True)

    secretary = Visitor(browser, house, "phone", device_scale_factor=2)
    secretary.enter("secretary", LUO)
    secretary.go(f"/duties/?place={LUO}")
    secretary.page.locator("#list .row-item").first.click()
    secretary.at(r"/duties/\d+/")
    secretary.page.set_viewport_size({"width": 390, "height": 1560})
    shoot(secretary, "rota", whole=False)

    county = Visitor(browser, house, "desk", device_scale_factor=1)
    county.enter("county_staff", "421221")
    county.go("/campaigns/")
    county.page.locator("#list .row-item").first.click()
    county.at(r"/campaigns/\d+/")
    shoot(county, "campaign", whole=True)
    return [steward, secretary, county]


def shoot(visitor: Visitor, name: str, *, whole: bool) -> None:
    page = visitor.page
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)


if __name__ == "__main__":
    main()
