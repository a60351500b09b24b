"""How the pages of open accounts are opened: rows of the matrix; what the laws want to know."""

from typing import Any
from uuid import uuid4

from genxu.people.tests.factories import with_code
from genxu.places.disclosures import actions
from genxu.places.disclosures.models import Disclosure
from genxu.places.disclosures.workflow import State
from genxu.places.ledger.models import BookKind
from genxu.places.ledger.tests import factories as ledger
from tests.addresses import Example, Make
from tests.cast import HOME, Cast

from . import factories


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _sent(**told: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), **told}


def _book(sends: dict[str, Any] | None = None) -> Make:
    def make(cast: Cast) -> Example:
        book = factories.moved(cast)
        book.refresh_from_db()
        sent = None if sends is None else _sent(version=book.version, **sends)
        return Example({"pk": book.pk}, HOME, {"book": book}, sent=sent)

    return make


def _one(state: str, sends: dict[str, Any] | None = None) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.in_state(cast, state)
        sent = None if sends is None else _sent(version=one.version, **sends)
        return Example({"pk": one.pk}, HOME, {"disclosure": one}, sent=sent)

    return make


def _public(state: str = State.PUBLISHED) -> Make:
    return lambda cast: Example({"pk": factories.in_state(cast, state).pk})


def _ask(cast: Cast) -> Example:
    line = factories.line_of(factories.shown(cast))
    return Example({"pk": line.pk}, sent={"code": ""}, sent_ok=200)


def _own_ask(cast: Cast) -> Example:
    code = with_code(1).code
    line = factories.line_of(factories.shown(cast))
    kwargs = {"pk": cast.households()[0].pk, "line": line.pk}
    return Example(kwargs, sent=_sent(words="是哪几天的工钱？"), codes=(code,))


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    one = factories.shown(cast)
    factories.asked(cast, factories.line_of(one))
    actions.set_pace(actor=cast.actor("township_staff"), book=one.book, monthly=True)


COUNTED = [("bookkeeper", "/disclosures/", 12), ("township_staff", "/disclosures/", 12),
           ("bookkeeper", "/home/", 17)]  # fmt: skip


def more(cast: Cast, count: int) -> None:
    """So many more accounts of one book, and entries in it."""
    book = factories.moved(cast)
    for _n in range(count):
        ledger.came_in(cast, 100, book, day=factories.SPRING)
    if not Disclosure.objects.filter(book=book).exists():
        factories.shown(cast, book)
    ledger.opened(cast, BookKind.FUND)


EXAMPLES: dict[str, list[Make]] = {
    "export_disclosures": [_plain()],
    "disclosures": [_plain(), *(_plain(query={"group": group, "place": HOME})
                                for group in ("late", "due", "in_work"))],
    "shown_book": [_book()],
    "shown_book_draw_up": [_book({})],
    "shown_book_set_pace": [_book({"monthly": "yes"})],
    "disclosure": [_one(state) for state in State],
    "disclosure_sign": [_one(State.DRAWN, {"no_relative": "on", "words": ""})],
    "disclosure_publish": [_one(State.SIGNED, {})],
    "disclosure_redraw": [_one(State.SENT_BACK, {})],
    "disclosure_send_back": [_one(State.DRAWN, {"words": "少一张单据"})],
    "disclosure_correct": [_one(State.PUBLISHED, {"words": "少记了一笔"})],
    "disclosure_drop": [_one(State.DRAWN, {"words": "算早了"})],
    "disclosure_wall": [_one(State.PUBLISHED)],
    "public_accounts": [_plain(kwargs={"code": HOME})],
    "public_disclosure": [_public(), _public(State.REPLACED)],
    "disclosure_lines": [_public()],
    "ask_about_line": [_ask],
    "own_ask_line": [_own_ask],
}  # fmt: skip

PLAIN: set[str] = {"disclosures.sign_disclosure.no_relative"}
SENSITIVE = {"disclosures.ask_line.words": "words"}
