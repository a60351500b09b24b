"""How the addresses of assemblies are opened, for the matrix."""

from typing import Any
from uuid import uuid4

from genxu.core import clock
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, VILLAGE, Cast

from .factories import begun, convene, counted, held, in_days


def notice_data(**changes: Any) -> dict[str, Any]:
    """The form of a notice as the page sends it."""
    return {
        "client_id": str(uuid4()), "body": "group_meeting", "basis": "households", "due": "65",
        "title": "修湾里的路", "questions": "每户出工三天\n每户出五百块钱",
        "announced_on": clock.today().isoformat(), "meets_on": in_days(3).date().isoformat(),
        "meets_time": "19:30", "venue": "晒谷场", **changes,
    }  # fmt: skip


def _convene(code: str) -> Make:
    def make(cast: Cast) -> Example:
        targets = {"hamlet": cast.hamlet(code)}
        return Example({"code": code}, code, targets, sent=notice_data())

    return make


def _village(cast: Cast) -> Example:
    return Example({"code": VILLAGE}, VILLAGE, {"hamlet": cast.hamlet(VILLAGE)})


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _of(make_one: Any) -> Make:
    def make(cast: Cast) -> Example:
        assembly = make_one(cast)
        return Example({"pk": assembly.pk}, HOME, {"assembly": assembly})

    return make


def _change(cast: Cast) -> Example:
    assembly = convene(cast)
    sent = notice_data(version=str(assembly.version))
    return Example({"pk": assembly.pk}, HOME, {"assembly": assembly}, sent=sent)


def _step(make_one: Any, **sent: str) -> Make:
    def make(cast: Cast) -> Example:
        assembly = make_one(cast)
        data = {"client_id": str(uuid4()), "version": str(assembly.version), **sent}
        return Example({"pk": assembly.pk}, HOME, {"assembly": assembly}, sent=data)

    return make


def _tally(cast: Cast) -> Example:
    assembly = held(cast)
    sent = {"client_id": str(uuid4()), "version": str(assembly.version),
            "in_favour": "40", "against": "5", "abstained": "5"}  # fmt: skip
    kwargs = {"pk": assembly.pk, "position": 1}
    return Example(kwargs, HOME, {"assembly": assembly}, sent=sent)


def _correct(cast: Cast) -> Example:
    motion = counted(cast)
    motion.assembly.refresh_from_db()
    sent = {"client_id": str(uuid4()), "version": str(motion.assembly.version),
            "in_favour": "39", "against": "7", "abstained": "4",
            "reason": "念错了一张票"}  # fmt: skip
    kwargs = {"pk": motion.assembly_id, "position": 1}
    return Example(kwargs, HOME, {"assembly": motion.assembly}, sent=sent)


EXAMPLES: dict[str, list[Make]] = {
    "assemblies": [_plain(), _plain(query={"group": "held", "body": "group_meeting"})],
    "export_assemblies": [_plain(), _plain(query={"place": HOME})],
    "convene_assembly": [_convene(HOME), _convene(FAR), _village],
    "assembly": [_of(convene), _of(begun), _of(held), _of(lambda cast: counted(cast).assembly)],
    "assembly_notice": [_of(convene)],
    "assembly_sheet": [_of(held), _of(lambda cast: counted(cast).assembly)],
    "assembly_change": [_change],
    "assembly_cancel": [_step(convene, words="下大雨，改日再开")],
    "assembly_attend": [_step(begun, in_person="50", papers="3"), _of(held)],
    "assembly_tally": [_tally],
    "assembly_correct": [_correct],
}  # fmt: skip
