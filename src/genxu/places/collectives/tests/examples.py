"""How the pages of collectives are opened: rows of the matrix; what the laws want to know."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from genxu.people.own_access import holder_of
from genxu.people.tests.factories import with_code
from genxu.places.collectives.certificate_actions import issue_certificates
from genxu.places.collectives.filing_actions import confirm_filing, doubt_line, file_roll
from genxu.places.collectives.models import Certificate, Collective, Filing, Membership, ShareChange
from genxu.places.collectives.roll_actions import correct_membership, leave_roll
from tests.addresses import Example, Make
from tests.cast import CITY, FAR, HOME, NEIGHBOUR, VILLAGE, Cast

from . import factories as made

TODAY = "2026-05-13"
CHARTER = {"reserve_rate": "20", "follows": "", "kinds": ["member", "land"], "other_name": "",
           "each": "1", "whole": ""}  # fmt: skip


def _sent(**told: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), **told}


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _found(code: str, **sent: Any) -> Make:
    def make(cast: Cast) -> Example:
        told = _sent(name="经济合作社", number="", since="2019-08-01", **CHARTER) if sent else None
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=told)

    return make


def _of(collective: Collective, sent: dict[str, Any] | None = None, **keys: int) -> Example:
    told = None if sent is None else _sent(version=collective.version, **sent)
    kwargs = {"pk": collective.pk, **keys}
    return Example(kwargs, HOME, {"collective": collective}, sent=told)


def _step(begin: Callable[..., Collective] = made.settled, kind: str = "", **told: Any) -> Make:
    """A step of a collective; ``kind``: of which kind its motion is."""

    def make(cast: Cast) -> Example:
        collective = begin(cast)
        motion = {"motion": str(made.decided(cast, kind).pk)} if kind else {}
        return _of(collective, {**told, **motion})

    return make


def _page(cast: Cast) -> Example:
    return _of(made.quantified(cast))


def _withdraw_charter(cast: Cast) -> Example:
    collective = made.rechartered(cast)
    return _of(collective, {})


def _enter(cast: Cast) -> Example:
    told = {"household": "3", "name": "罗测三", "birth_year": "1980", "since": TODAY,
            "gained": "birth", "motion": ""}  # fmt: skip
    return _of(made.settled(cast), told | {"since": "2026-05-01"})


def _elect(cast: Cast) -> Example:
    rows = {"officers-TOTAL_FORMS": "2", "officers-INITIAL_FORMS": "0", "since": TODAY,
            "officers-0-name": "罗测一", "officers-0-office": "chair", "officers-0-declared": "on",
            "officers-1-name": "罗测梅", "officers-1-office": "supervisor"}  # fmt: skip
    return _of(made.settled(cast), rows)


def _holding(**told: Any) -> Make:
    def make(cast: Cast) -> Example:
        collective = made.quantified(cast)
        home = cast.households()[0]
        sent = {"day": TODAY, **told} if told else None
        return _of(collective, sent, household_pk=home.pk)

    return make


def _print_one(cast: Cast) -> Example:
    collective = made.quantified(cast)
    kwargs = {"pk": collective.pk, "household_pk": cast.households()[0].pk}
    return Example(kwargs, HOME, {"collective": collective}, get=False, sent={}, sent_ok=200)


def _print_all(cast: Cast) -> Example:
    collective = made.quantified(cast)
    sent = _sent(version=collective.version)
    return Example({"pk": collective.pk}, HOME, {"collective": collective}, get=False, sent=sent)


def _follow(cast: Cast) -> Example:
    collective = made.quantified(cast, follows=True)
    baby = made.enter(cast, collective, name="罗测宝", birth_year=2025, since=date(2025, 1, 1),
                      gained="birth")  # fmt: skip
    kwargs = {"pk": collective.pk, "member_pk": baby.pk}
    return Example(kwargs, HOME, {"collective": collective}, get=False, sent=_sent())


def _officer(cast: Cast) -> Example:
    officer = made.elected(cast, made.settled(cast))[1]
    return Example({"pk": officer.pk}, HOME, {"officer": officer}, get=False, sent={})


def _member(**told: Any) -> Make:
    def make(cast: Cast) -> Example:
        one = made.enter(cast, made.found(cast))
        return _of_member(one, told)

    return make


def _of_member(one: Membership, told: dict[str, Any]) -> Example:
    sent = _sent(version=one.version, **told) if told else None
    return Example({"pk": one.pk}, HOME, {"membership": one}, sent=sent)


def gone(cast: Cast) -> Membership:
    one = made.enter(cast, made.found(cast))
    return leave_roll(actor=cast.actor("bookkeeper"), membership=one, until=date(2026, 5, 1),
                      lost="death")  # fmt: skip


def _stay(cast: Cast) -> Example:
    return _of_member(gone(cast), {"words": "人还在"})


def _take_back(cast: Cast) -> Example:
    one = made.enter(cast, made.found(cast))
    one = correct_membership(actor=cast.actor("secretary"), membership=one,
                             entry=made.entry("罗测壹"), words="写错了")  # fmt: skip
    sent = _sent(version=one.version, since=one.version - 1)
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def filed(cast: Cast) -> Filing:
    return file_roll(actor=cast.actor("bookkeeper"), collective=made.settled(cast))


def _filing(**told: Any) -> Make:
    def make(cast: Cast) -> Example:
        one = filed(cast)
        sent = _sent(version=one.version, **told) if told else None
        return Example({"pk": one.pk}, HOME, {"filing": one}, sent=sent)

    return make


def _change(cast: Cast) -> Example:
    made.quantified(cast)
    one = ShareChange.objects.get(reason="brought")
    return Example({"pk": one.pk}, HOME, {"change": one}, sent=_sent(words="记错了"))


def certified(cast: Cast) -> Certificate:
    collective = made.quantified(cast)
    home = cast.households()[0]
    issue_certificates(actor=cast.actor("bookkeeper"), collective=collective, households=[home.pk])
    return Certificate.objects.get(household=home)


def _certificate(cast: Cast) -> Example:
    return Example({"code": certified(cast).card})


def _doubt(cast: Cast) -> Example:
    code = with_code(1).code
    collective = made.quantified(cast)
    kwargs = {"pk": cast.households()[0].pk, "collective": collective.pk}
    return Example(kwargs, sent=_sent(words="我家小孩没登上"), codes=(code,))


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    certified(cast)
    collective = Collective.objects.get()
    made.elected(cast, collective)
    one = file_roll(actor=cast.actor("bookkeeper"), collective=collective)
    confirm_filing(actor=cast.actor("township_staff"), filing=one)


COUNTED = [
    ("bookkeeper", "/collectives/", 12),
    ("bookkeeper", "/collectives/roll/", 12),
    ("bookkeeper", "/collectives/shares/", 12),
]


def more(cast: Cast, count: int) -> None:
    """So many more members, each with a share."""
    collective = Collective.objects.first() or made.found(cast)
    for n in range(count):
        name = f"罗测{chr(0x4E00 + Membership.objects.count() + n)}"
        one = made.enter(cast, collective, name=name)
        made.give(cast, collective, kind="member", area=None, quantity=100, member=one)


EXAMPLES: dict[str, list[Make]] = {
    "collectives": [_plain(), _plain(query={"place": HOME, "words": "罗"})],
    "found_collective": [_found(NEIGHBOUR, sends=True), _found(VILLAGE), _found(CITY), _found(FAR)],
    "collective_roll": [
        _plain(), _plain(query={"place": HOME, "day": "2020-01-01", "words": "罗", "state": "all"}),
    ],
    "export_collective_roll": [_plain(), _plain(query={"place": HOME})],
    "collective_shares": [
        _plain(), _plain(query={"place": HOME, "day": "2020-01-01", "kind": "member"}),
    ],
    "export_collective_shares": [_plain(), _plain(query={"place": HOME})],
    "collective": [_page],
    "collective_enter": [_enter],
    "collective_file": [_step()],
    "collective_quantify": [_step(day=TODAY, motion="")],
    "collective_charter": [_step(kind="charter", since=TODAY, **CHARTER)],
    "collective_withdraw_charter": [_withdraw_charter],
    "collective_elect": [_elect],
    "collective_end": [_step(kind="ending", ended_on=TODAY)],
    "collective_holding": [_holding()],
    "collective_give": [
        _holding(kind="land", member="", quantity="2", area="3", motion=""),
    ],
    "collective_take": [_holding(holding="land-", quantity="2")],
    "collective_pass_on": [_holding(holding="land-", quantity="2", to="2", motion="")],
    "print_certificates": [_print_all],
    "print_certificate": [_print_one],
    "follow_member": [_follow],
    "officer_declares": [_officer],
    "officer_leaves": [_officer],
    "membership": [_member()],
    "membership_leave": [_member(lost="death", until=TODAY, words="", motion="")],
    "membership_move": [_member(household="2", day=TODAY)],
    "membership_correct": [
        _member(name="罗测壹", birth_year="1971", since="2019-08-01", gained="founding", words="错")
    ],
    "membership_stay": [_stay],
    "membership_withdraw": [_member(words="写重了")],
    "membership_take_back": [_take_back],
    "filing": [_filing()],
    "filing_confirm": [_filing(sends="yes")],
    "filing_return": [_filing(words="少了两户")],
    "filing_withdraw": [_filing(sends="yes")],
    "sharechange_withdraw": [_change],
    "share_certificate": [_certificate],
    "own_doubt_line": [_doubt],
}  # fmt: skip

PLAIN = {
    f"collectives.{action}.{name}"
    for names, actions in (
        (
            "reserve_rate follows each whole other_name since kinds",
            "found_collective change_charter",
        ),
        ("birth_year since gained apart", "enter_member correct_membership"),
        ("office declared", "elect_officers"),
        ("quantity area holding inherited", "give_shares take_shares pass_on_shares"),
        ("lost married declared", "leave_roll"),
        ("households", "issue_certificates"),
    )
    for action in actions.split()
    for name in names.split()
}


def take_batches(cast: Cast) -> None:
    """What no address does: rows of a sheet, a household's doubt."""
    made.found(cast)
    made.record(cast, made.member_row(name="罗测九", birth_year=1990))
    made.record(cast, made.share_row())
    home = cast.households()[0]
    doubt_line(actor=holder_of(home), household=home, collective=Collective.objects.get(),
               words="少了一个人")  # fmt: skip
