"""How the addresses of appraisals are opened: rows of the matrix."""

from typing import Any
from uuid import uuid4

from genxu.core import clock
from genxu.team.appraisals.models import Appraisal, Entry
from genxu.team.appraisals.workflow import State
from tests.addresses import Example, Make
from tests.cast import HOME, Cast

from .factories import appealed, branch, brought_to, graded, mine


def _sent(row: Any, **more: Any) -> dict[str, Any]:
    return {"version": row.version, "client_id": str(uuid4()), **more}


def poll_form(appraisal: Appraisal) -> dict[str, str]:
    return {"present": "5"} | {f"poll_{one.pk}_qualified": "4" for one in graded(appraisal)}


def opinion_form(appraisal: Appraisal) -> dict[str, str]:
    entries = graded(appraisal)
    grades = {f"grade_{one.pk}": "qualified" for one in entries}
    return grades | {f"reason_{one.pk}": "平时在湾里做事" for one in entries}


def _at(state: str, fill: Any = None, **sent: str) -> Make:
    def make(cast: Cast) -> Example:
        one = brought_to(cast, state)
        body = _sent(one, **(fill(one) if fill else sent)) if fill or sent else None
        return Example({"pk": one.pk}, HOME, {"appraisal": one}, sent=body)

    return make


def _entry(state: str, **sent: str) -> Make:
    def make(cast: Cast) -> Example:
        one: Entry = mine(brought_to(cast, state))
        body = _sent(one, **sent) if sent else None
        return Example({"pk": one.pk}, HOME, {"entry": one}, sent=body)

    return make


def _say(cast: Cast) -> Example:
    one = mine(brought_to(cast, State.MUTUAL))
    other = one.appraisal.entries.exclude(pk=one.pk).order_by("pk")[0]
    sent = _sent(one, of=str(other.pk), words="热心，脾气急")
    return Example({"pk": one.pk}, HOME, {"entry": one}, sent=sent)


def _appeal(**sent: str) -> Make:
    def make(cast: Cast) -> Example:
        one = appealed(cast)
        body = _sent(one, **sent) if sent else None
        return Example({"pk": one.pk}, HOME, {"appeal": one}, sent=body)

    return make


def _begin(cast: Cast) -> Example:
    branch(cast)
    sent = {"year": str(clock.today().year), "client_id": str(uuid4())}
    return Example({"code": HOME}, HOME, {"hamlet": cast.home}, sent=sent)


def _take_back(cast: Cast) -> Example:
    one = brought_to(cast, State.MUTUAL)
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=_sent(one, since="1"))


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    appealed(cast)


EXAMPLES: dict[str, list[Make]] = {
    "appraisals": [lambda cast: Example()],
    "my_appraisals": [lambda cast: Example()],
    "begin_appraisal": [_begin],
    "appraisal": [_at(State.TOLD)],
    "appraisal_go_on": [_at(State.OWN, yes="1")],
    "appraisal_poll": [_at(State.MUTUAL, poll_form)],
    "appraisal_judge": [_at(State.POLLED, opinion_form)],
    "appraisal_tell": [_at(State.OPINION, yes="1")],
    "appraisal_withdraw": [_at(State.OWN, words="年份选错了")],
    "appraisal_take_back": [_take_back],
    "entry": [_entry(State.MUTUAL), _entry(State.TOLD)],
    "entry_own": [_entry(State.OWN, own="今年做了三件事")],
    "entry_say": [_say],
    "entry_appeal": [_entry(State.TOLD, why="有一件事没算")],
    "appeal": [_appeal()],
    "appeal_uphold": [_appeal(grade="excellent", words="补上了那件事")],
    "appeal_refuse": [_appeal(words="那件事前年算过")],
}
PLAIN = {
    "appraisals.begin_appraisal.year", "appraisals.record_poll.present",
    "appraisals.record_poll.polls", "appraisals.record_opinion.grades",
    "appraisals.record_opinion.reasons", "appraisals.uphold_appeal.grade",
}  # fmt: skip
SENSITIVE = {
    "appraisals.give_own_word.own": "words", "appraisals.record_opinion.more_excellent": "words",
    "appraisals.appeal_grade.why": "words",
}  # fmt: skip
