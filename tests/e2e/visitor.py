"""Somebody in front of a browser, and what she does on every page."""

import re
from typing import Any
from urllib.parse import urlsplit

from .house import House

WIDTHS: dict[str, dict[str, Any]] = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
    },
    "desk": {"viewport": {"width": 1280, "height": 900}},
}
HERS = "hers"
"""The size of whoever walks: a desk in an office, else a phone."""
SLIP = re.compile(r"/[rh]/#")
LOOKED_AT: set[str] = set()
"""The kinds of pages that were looked at in both sizes."""
PATIENCE = 15_000
"""Milliseconds that a page may take on a busy machine."""
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


class Visitor:
    """A browser window, with the complaints of its pages."""

    def __init__(self, browser: Any, house: House, width: str, **options: Any) -> None:
        from playwright.sync_api import expect

        expect.set_options(timeout=PATIENCE)
        settings = {"locale": "zh-CN", "base_url": house.base, **WIDTHS[width], **options}
        self.house = house
        self.width = width
        self.role = ""
        self.context = browser.new_context(**settings)
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page = self.context.new_page()
        self._listen()

    def _listen(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._look)

    def _hear(self, message: Any) -> None:
        """Errors and warnings on the console; a page that refuses with a sentence is none."""
        where = message.location.get("url", "")
        if message.type == "error" and REFUSED.match(message.text) and "/static/" not in where:
            return
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text} ({where})")

    def _look(self, response: Any) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status}: {response.url}")

    @property
    def phone(self) -> bool:
        return self.width == "phone"

    def enter(self, role: str, place: str) -> None:
        """Sign in as one of the cast, as its list on the sign-in page does; of several who hold
        the role there, as the one who was there before the stories."""
        account = self.house.records.one(
            "SELECT MIN(account_id) FROM people_grant WHERE role = ? AND place_id = ?", role, place
        )
        self.context.request.get("/sign-in/")
        self.post("/demo/enter/", account=account)
        self.role = role

    def post(self, path: str, **values: Any) -> Any:
        """Send a form without drawing its page: for what is not the story."""
        cookies = {one["name"]: one["value"] for one in self.context.cookies()}
        form = {"csrfmiddlewaretoken": cookies["csrftoken"], **values}
        return self.context.request.post(path, form={k: str(v) for k, v in form.items()})

    def go(self, path: str) -> Any:
        """Open a page; its answer. The address of a slip leads on by itself."""
        answer = self.page.goto(path, wait_until="load")
        if SLIP.search(path):
            self.page.wait_for_url(re.compile(r"/my/"))
        self._look_at_both_sizes()
        return answer

    def at(self, path: str) -> None:
        """Wait until the address is this one (a pattern, without the query)."""
        self.page.wait_for_url(re.compile(rf"^[^?#]*://[^/]+{path}(\?.*)?(#.*)?$"))
        self._look_at_both_sizes()

    def _look_at_both_sizes(self) -> None:
        """Each kind of page once a run: it is no wider than a phone, and than a desk."""
        kind = re.sub(r"\d+", "#", urlsplit(self.page.url).path)
        if kind in LOOKED_AT:
            return
        LOOKED_AT.add(kind)
        for name, size in sorted(WIDTHS.items(), key=lambda one: one[0] == self.width):
            self.page.set_viewport_size(size["viewport"])
            wide = self.page.evaluate("() => document.documentElement.scrollWidth")
            if wide > size["viewport"]["width"]:
                self.complaints.append(f"{kind} is {wide} px wide on a {name}")

    def menu(self) -> Any:
        """The part of the shell with the navigation and the switches, opened on a phone."""
        head = self.page.locator(".shell-head")
        menu = head.locator("details.shell-menu")
        if self.phone and menu.get_attribute("open") is None:
            menu.locator("summary").click()
        return head

    def press(self, button: Any) -> None:
        """Click on a phone is a tap."""
        if self.phone:
            button.tap()
        else:
            button.click()

    def choose(self, form: Any, name: str, value: str) -> None:
        """Pick one of several pills, as a finger does: on its words."""
        radio = form.locator(f'input[name="{name}"][value="{value}"]')
        self.press(form.locator(f'label[for="{radio.get_attribute("id")}"]'))
        assert radio.is_checked()

    def leave(self) -> None:
        self.context.close()
