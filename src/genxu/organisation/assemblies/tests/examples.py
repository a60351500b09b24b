"""How the addresses of assemblies are opened, for the matrix."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from genxu.core import clock
from genxu.organisation.assemblies.models import Assembly
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, VILLAGE, Cast

from .factories import asked, begun, convene, counted, held, in_days


def questions_data(*asked: str | tuple[str, str]) -> dict[str, str]:
    """The rows of the questions as the page sends them: texts, or texts with their kinds, which
    only the collective's bodies send."""
    data = {"question-TOTAL_FORMS": str(len(asked)), "question-INITIAL_FORMS": "0"}
    for n, one in enumerate(asked):
        if isinstance(one, str):
            data[f"question-{n}-text"] = one
        else:
            data[f"question-{n}-text"], data[f"question-{n}-kind"] = one
    return data


def notice_data(*asked: str | tuple[str, str], **changes: Any) -> dict[str, Any]:
    """The form of a notice as the page sends it."""
    return {
        "client_id": str(uuid4()), "body": "group_meeting", "basis": "households", "due": "65",
        "title": "修湾里的路", **questions_data(*(asked or ("每户出工三天", "每户出五百块钱"))),
        "announced_on": clock.today().isoformat(), "announced_by": "罗测春",
        "announced_ways": ["posted", "wechat"], "meets_on": in_days(3).date().isoformat(),
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
    sent = {"in_favour": "39", "against": "7", "abstained": "4", "reason": "念错了一张票"}
    return _on(motion.assembly, sent, position=1)


def _correct_attendance(cast: Cast) -> Example:
    sent = {"in_person": "51", "due": "65", "reason": "漏了一户"}
    return _on(counted(cast).assembly, sent)


def _on(assembly: Assembly, sent: dict[str, str], **keys: Any) -> Example:
    assembly.refresh_from_db()
    data = {"client_id": str(uuid4()), "version": str(assembly.version), **sent}
    return Example({"pk": assembly.pk, **keys}, HOME, {"assembly": assembly}, sent=data)


def _announce(cast: Cast) -> Example:
    sent = {"announced_on": clock.today().isoformat(), "announced_by": "罗测春",
            "announced_ways": "posted"}  # fmt: skip
    return _on(convene(cast, announced_on=None), sent)


def _answer(**sent: str) -> Make:
    def make(cast: Cast) -> Example:
        correction = asked(cast, counted(cast), (39, 7, 4))
        example = _on(correction.assembly, sent, number=correction.pk)
        targets = {**example.targets, "correction": correction}
        return replace(example, targets=targets)

    return make


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    convene(cast)


NOTICED = ("announce_assembly", "convene_assembly", "change_assembly")
PLAIN = {
    f"assemblies.{action}.{name}"
    for action in NOTICED
    for name in ("announced_ways", "households", "women")
}
SENSITIVE = {f"assemblies.{action}.announced_by": "names" for action in NOTICED}
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
    "assembly_announce": [_announce],
    "assembly_correct": [_correct],
    "assembly_correct_attendance": [_correct_attendance],
    "assembly_confirm": [_answer()],
    "assembly_decline": [_answer(words="第一回没数错")],
}  # fmt: skip
