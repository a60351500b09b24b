"""The browser and the running program for the stories told here.

Each xdist worker has a world and a server of its own. Playwright runs only while tests of this
folder run: its event loop would be in the way of Django's tests.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from genxu.people.sessions import IN_OFFICE
from tests.moulds import Moulds

from .house import House, Records, environment_for, small_world
from .visitor import HERS, Visitor

FLAGS = (
    "--headless --no-sandbox --disable-gpu --in-process-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
LEFT_OUT = (
    "WebUIOmniboxPopup WebUIOmniboxAimPopup SpareRendererForSitePerProcess HttpsUpgrades "
    "HttpsFirstBalancedModeAutoEnable MediaRouter OptimizationHints PaintHolding"
).split()
"""What no story sees: the suggestions under the address bar alone cost ten times a page's work."""
FLAGS.append(f"--disable-features={','.join(LEFT_OUT)}")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first of these that is there. The same Chromium without its windows takes a third less."""
BUILT = Path(__file__).parents[2] / "src" / "genxu" / "static_build" / "manifest.json"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("e2e")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Remember on the test whether it failed, for the picture taken of it."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


def _refuse(sentence: str) -> None:
    if os.environ.get("GENXU_REQUIRE_BROWSER") == "1":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def chromium_here() -> str:
    return next((found for name in BROWSERS if (found := shutil.which(name))), "")


@pytest.fixture(scope="session")
def house(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, moulds: Moulds
) -> Iterator[House]:
    """The program with a small world, up to a server that answers."""
    if not chromium_here():
        _refuse("There is no Chromium on this machine, so the browser tests are left out.")
    if not BUILT.exists():
        _refuse("The front end is not built yet: run npm run build, or make test.")
    var = tmp_path_factory.mktemp("house")
    name = f"genxu_e2e_{os.getpid()}_{worker_id}"
    database = moulds.pour("small", small_world, var, name)
    environment = environment_for(var, database.url)
    house = House(var, Records(database.url), environment=environment)
    try:
        yield house.open()
    finally:
        house.close()
        database.drop()


@pytest.fixture(scope="package")
def chromium(house: House) -> Iterator[Any]:
    """Chromium, shut again before the tests of another folder begin."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_here(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def width() -> str:
    """Everybody walks at the size that is hers; what she comes to is looked at in both."""
    return HERS


Invite = Callable[..., Visitor]


@pytest.fixture
def invite(chromium: Any, house: House, request: pytest.FixtureRequest) -> Iterator[Invite]:
    """People with a browser of their own: ``invite("phone", "secretary", HAMLET)``.

    Without a role nobody has signed in. When the test ends, no page may have complained.
    """
    visitors: list[Visitor] = []

    def make(width: str = "desk", role: str = "", place: str = "", **options: Any) -> Visitor:
        if width == HERS:
            width = "desk" if role in IN_OFFICE else "phone"
        visitor = Visitor(chromium, options.pop("house", house), width, **options)
        visitors.append(visitor)
        if role:
            visitor.enter(role, place)
        return visitor

    yield make
    if request.node.stash.get(FAILED, False):
        _keep_pictures(request.node.name, visitors)
    complaints = [one for visitor in visitors for one in visitor.complaints]
    for visitor in visitors:
        visitor.leave()
    assert not complaints


def _keep_pictures(name: str, visitors: list[Visitor]) -> None:
    """What was on the screens when a test failed, for whoever looks into it."""
    folder = Path("build") / "e2e"
    folder.mkdir(parents=True, exist_ok=True)
    for number, visitor in enumerate(visitors, 1):
        visitor.page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)
