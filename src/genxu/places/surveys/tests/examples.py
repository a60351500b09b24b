"""How the pages of surveys are opened: rows of the matrix; what the laws want to know."""

from typing import Any
from uuid import uuid4

from genxu.people.tests.factories import with_code
from genxu.places.surveys.income_intake import IncomeRow, record_incomes
from genxu.places.surveys.models import Income, Survey
from genxu.places.surveys.workflow import State
from genxu.regions.batches import hamlets_of
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, VILLAGE, Cast

from . import factories


def _sent(**told: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), **told}


def _begin(code: str) -> Make:
    def make(cast: Cast) -> Example:
        sent = _sent(year=str(factories.YEAR)) if code == HOME else None
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=sent)

    return make


def _of(one: Survey, sent: dict[str, Any] | None = None) -> Example:
    return Example({"pk": one.pk}, HOME, {"survey": one}, sent=sent)


def _survey(state: str) -> Make:
    return lambda cast: _of(factories.in_state(cast, state))


def _step(state: str, **told: Any) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.in_state(cast, state)
        return _of(one, _sent(version=one.version, **told))

    return make


def _answer(cast: Cast) -> Example:
    one = factories.begun(cast)
    told = {"household": cast.households()[1].label, "persons": "4", "income": "8.6万",
            "asked_on": "2026-05-13"}  # fmt: skip
    return _of(one, _sent(version=one.version, **told))


def _take_back(cast: Cast) -> Example:
    one = factories.in_state(cast, State.CLOSED)
    sent = _sent(version=one.version, since=one.version - 1)
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _own(cast: Cast) -> Example:
    code = with_code(1).code
    factories.in_state(cast, State.ASKING)
    kwargs = {"pk": cast.households()[0].pk, "answer": Income.objects.get().pk}
    return Example(kwargs, get=False, sent={}, codes=(code,))


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    factories.in_state(cast, State.CLOSED)


COUNTED = [("secretary", "/surveys/", 9), ("secretary", "/home/", 17)]


def more(cast: Cast, count: int) -> None:
    """In earlier and earlier years."""
    known = list(Survey.objects.values_list("year", flat=True))
    last = min(known, default=factories.YEAR + 1)
    for n in range(count):
        factories.noted(cast, factories.begun(cast, year=last - 1 - n), cast.households()[0])


EXAMPLES: dict[str, list[Make]] = {
    "surveys": [
        lambda cast: Example(),
        lambda cast: Example(query={"state": "closed", "place": HOME}),
    ],
    "begin_survey": [_begin(HOME), _begin(VILLAGE), _begin(FAR)],
    "survey": [_survey(state) for state in State],
    "survey_sheet": [_survey(State.CLOSED)],
    "survey_answer": [_answer],
    "survey_close": [_step(State.ASKING)],
    "survey_reopen": [_step(State.CLOSED, words="记错了一户")],
    "survey_withdraw": [_step(State.ASKING, words="开错了年份")],
    "survey_take_back": [_take_back],
    "own_income": [_own],
}
PLAIN = {
    "surveys.note_answer.persons", "surveys.note_answer.income", "surveys.note_answer.declined",
    "surveys.record_incomes.year", "surveys.record_incomes.persons",
    "surveys.record_incomes.income", "surveys.record_incomes.declined",
}  # fmt: skip


def take_batches(cast: Cast) -> None:
    """What no address does of the examples above: rows of a spreadsheet."""
    numbers = [one.number for one in cast.households()]
    rows = [
        IncomeRow(HOME, factories.YEAR, numbers[0], 3, 70_000_00),
        IncomeRow(HOME, factories.YEAR, numbers[1], declined=True),
    ]
    record_incomes(
        actor=cast.actor("secretary"), place=cast.home, rows=rows, count=2, hamlets=hamlets_of(rows)
    )
