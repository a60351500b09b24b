"""How the pages of volunteering are opened: rows of the matrix, and what the journal keeps."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from genxu.people.tests.factories import with_code
from genxu.regions.batches import hamlets_of
from genxu.team.volunteers import actions, team_actions
from genxu.team.volunteers.models import Hours
from genxu.team.volunteers.own_access import feed_key, holder_of
from genxu.team.volunteers.rows import VolunteerRow
from genxu.team.volunteers.volunteer_intake import record_volunteers
from tests.addresses import Example, Make
from tests.cast import HOME, OPERATOR, PROVINCE, VILLAGE, Cast

from . import factories as made


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _at(code: str, **sent: Any) -> Make:
    def make(cast: Cast) -> Example:
        targets = {"hamlet": cast.hamlet(code)}
        given = {"client_id": str(uuid4()), **sent} if len(code) == len(HOME) else None
        return Example({"code": code}, code, targets, sent=given)

    return make


def _step(row_of: Callable[[Cast], Any], target: str, **sent: Any) -> Make:
    def make(cast: Cast) -> Example:
        row = row_of(cast)
        given = {"client_id": str(uuid4()), "version": row.version, **sent}
        return Example({"pk": row.pk}, HOME, {target: row}, sent=given)

    return make


def _seen(row_of: Callable[[Cast], Any]) -> Make:
    return lambda cast: Example({"pk": row_of(cast).pk}, HOME)


PERSON = {"name": "罗测云", "phone": "13822223333"}
DAY = {"day": "2026-05-13", "starts_at": "06:00", "ends_at": "07:30"}
OUTING = {"kind": "cleanliness", "what": "清水渠", "how": "fixed", "begins_on": "2026-05-16",
          "starts_at": "08:00", "ends_at": "10:00", "venue": "渡口", "risk": "路滑"}  # fmt: skip


def _take_back(cast: Cast) -> Example:
    one = made.outing(cast)
    one = team_actions.nobody_came(actor=cast.actor("secretary"), outing=one)
    sent = {"client_id": str(uuid4()), "version": one.version, "since": one.version - 1}
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _held(cast: Cast) -> Any:
    one = made.outing(cast)
    return team_actions.hold_outing(actor=cast.actor("secretary"), outing=one, head_count=3)


def _visits(cast: Cast) -> Example:
    alone, one = made.lives_alone(cast), made.outing(cast, made.some_day())
    sent = {"client_id": str(uuid4()), "version": one.version, "households": [alone.pk]}
    return Example({"pk": one.pk}, HOME, {"outing": one}, sent=sent)


def _come(cast: Cast) -> Example:
    one = made.outing(cast)
    return Example({"pk": one.pk}, HOME, {"outing": one}, get=False, sent={})


def _answer_sign_up(cast: Cast) -> Example:
    one = made.outing(cast)
    who = made.asked(cast, one)
    kwargs = {"pk": one.pk, "key": who.pk}
    return Example(kwargs, HOME, {"outing": one}, get=False, sent={"answer": "yes"})


def _answer_volunteer(cast: Cast) -> Example:
    who = made.asked(cast)
    return Example({"pk": who.pk}, HOME, {"volunteer": who}, get=False, sent={"answer": "no"})


def _join(cast: Cast) -> Example:
    who, one = made.volunteer(cast), made.outing(cast)
    sent = {"client_id": str(uuid4()), "version": who.version, "outing": one.pk, "said_so": "on"}
    return Example({"pk": who.pk}, HOME, {"volunteer": who}, sent=sent)


def _slip(cast: Cast) -> Example:
    who = made.volunteer(cast)
    sent = {"why": "read_out"}
    return Example({"pk": who.pk}, HOME, {"volunteer": who}, sent=sent, sent_ok=200)


def _renew(cast: Cast) -> Example:
    return replace(_slip(cast), get=False, sent={}, sent_ok=302)


def _vouch(cast: Cast) -> Example:
    hours = made.write(made.volunteer(cast))
    sent = {"client_id": str(uuid4()), "version": hours.version}
    return Example({"pk": hours.pk}, HOME, {"hours": hours}, sent=sent)


def _paper(cast: Cast) -> Example:
    paper = made.certified(cast)
    return Example({"pk": paper.volunteer_id, "key": paper.pk}, HOME)


def _own(**given: Any) -> Make:
    def make(cast: Cast) -> Example:
        who = made.volunteer(cast)
        sent = {"client_id": str(uuid4()), "version": who.version, **given} if given else None
        return Example({"pk": who.pk}, codes=(who.code,), sent=sent)

    return make


def _own_post(**given: Any) -> Make:
    return lambda cast: replace(_own(**{"x": "1", **given})(cast), get=False)


def _own_tap(act: str, on: Callable[[Cast], Any]) -> Make:
    def make(cast: Cast) -> Example:
        key, who = on(cast).pk, made.volunteer(cast)
        return Example({"pk": who.pk, "act": act, "key": key}, get=False, sent={},
                       codes=(who.code,))  # fmt: skip

    return make


def _own_return(cast: Cast) -> Example:
    visit, who = made.visit(cast), made.volunteer(cast)
    actions.take_visit(actor=holder_of(who), volunteer=who, visit=visit)
    kwargs = {"pk": who.pk, "act": "return", "key": visit.pk}
    return Example(kwargs, get=False, sent={}, codes=(who.code,))


def _own_vouch(cast: Cast) -> Example:
    one, first, second = made.outing(cast), made.volunteer(cast), made.volunteer(cast, 1)
    made.join(second, one)
    kwargs = {"pk": second.pk, "act": "vouch", "key": made.write(first, one).pk}
    return Example(kwargs, get=False, sent={}, codes=(second.code,))


def _own_hours(**sent: Any) -> Make:
    def make(cast: Cast) -> Example:
        hours = made.vouched(cast)
        given = {"client_id": str(uuid4()), "version": hours.version, **sent}
        kwargs = {"pk": hours.volunteer_id, "key": hours.pk}
        return Example(kwargs, codes=(hours.volunteer.code,), sent=given)

    return make


def _own_certificate(cast: Cast) -> Example:
    who = made.vouched(cast).volunteer
    sent = {"client_id": str(uuid4()), "version": who.version, "since": "2026-01-01",
            "until": "2026-05-13"}  # fmt: skip
    return Example({"pk": who.pk}, codes=(who.code,), get=False, sent=sent)


def _own_paper(cast: Cast) -> Example:
    paper = made.certified(cast)
    kwargs = {"pk": paper.volunteer_id, "key": paper.pk}
    return Example(kwargs, codes=(paper.volunteer.code,))


def _certificate(cast: Cast) -> Example:
    paper = made.certified(cast)
    return Example({"pk": paper.pk}, codes=(paper.code,))


def _own_dates(cast: Cast) -> Example:
    who = made.volunteer(cast)
    return Example({"pk": who.pk, "key": feed_key(who)})


def _close(cast: Cast) -> Example:
    return replace(_own(x="1")(cast), get=False, by_code=False)


def _ask(cast: Cast) -> Example:
    made.team(cast)
    sent = {"client_id": str(uuid4()), **PERSON, "outing": made.outing(cast).pk}
    return Example({"code": HOME}, sent=sent)


def _enlist_own(cast: Cast) -> Example:
    household = cast.households()[1]
    sent = {"client_id": str(uuid4()), **PERSON}
    code = with_code(household.number).code
    return Example({"pk": household.pk}, codes=(code,), sent=sent)


def _confirm(answer: str) -> Make:
    def make(cast: Cast) -> Example:
        visit, who = made.visit(cast), made.volunteer(cast)
        actions.take_visit(actor=holder_of(who), volunteer=who, visit=visit)
        hours: Hours = made.write(who, visit.outing, visit=visit)
        code = with_code(visit.household.number).code
        kwargs = {"pk": visit.household_id, "key": hours.pk}
        return Example(kwargs, codes=(code,), get=False, sent={"answer": answer})

    return make


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    made.certified(cast)
    made.visit(cast)
    newcomer = made.volunteer(cast, name="罗测星", phone="13700000001")
    made.join(newcomer, made.outing(cast))


EXAMPLES: dict[str, list[Make]] = {
    "teams": [_plain(), _plain(query={"place": HOME, "words": "洲"})],
    "form_team": [
        _at(HOME, name="渡口志愿队", leader_name="罗测松", formed_on="2026-05-01"), _at(VILLAGE),
    ],
    "team": [_seen(made.team)],
    "outing_poster": [lambda c: Example({"pk": made.team(c).pk}, HOME, {"team": made.team(c)})],
    "team_outing": [_step(made.team, "team", **OUTING)],
    "team_change": [_step(made.team, "team", name="洲上志愿队", leader_name="罗测柏")],
    "team_end": [_step(made.team, "team", ending="人都出去了")],
    "api-1:outings": [lambda cast: Example()],
    "outings": [_plain(), _plain(query={"place": HOME, "kind": "visiting", "state": "open",
                                        "words": "洲"})],
    "outing": [_seen(made.outing), lambda c: Example({"pk": made.visit(c).outing_id}, HOME)],
    "come_along": [_come],
    "answer_sign_up": [_answer_sign_up],
    "outing_hold": [_step(made.outing, "outing", head_count="4")],
    "outing_nobody": [_step(made.outing, "outing")],
    "outing_close": [_step(_held, "outing")],
    "outing_visits": [_visits],
    "outing_change": [_step(made.outing, "outing", **OUTING, words="渡口在修路")],
    "outing_call_off": [_step(made.outing, "outing", words="涨水")],
    "outing_take_back": [_take_back],
    "volunteers": [_plain(), _plain(query={"place": HOME, "group": "waiting", "words": "罗"})],
    "export_volunteers": [_plain()],
    "my_hours": [_plain(ok=302)],
    "enlist_volunteer": [_at(HOME, **PERSON), _at(VILLAGE)],
    "volunteer": [_seen(made.volunteer), _seen(made.asked)],
    "answer_volunteer": [_answer_volunteer],
    "volunteer_slip": [_slip],
    "renew_volunteer_slip": [_renew],
    "volunteer_paper": [_paper],
    "volunteer_join": [_join],
    "volunteer_write": [_step(made.volunteer, "volunteer", what="抬谷", **DAY)],
    "volunteer_certificate": [
        _step(lambda c: made.vouched(c).volunteer, "volunteer", since="2026-01-01",
              until="2026-05-13"),
    ],
    "volunteer_change": [_step(made.volunteer, "volunteer", **PERSON)],
    "volunteer_leave": [_step(made.volunteer, "volunteer")],
    "volunteer_hours": [
        _plain(), _plain(query={"place": HOME, "state": "said", "since": "2026-05-01"}),
    ],
    "export_volunteer_hours": [_plain()],
    "hours": [_seen(made.vouched)],
    "hours_vouch": [_vouch],
    "hours_correct": [_step(made.vouched, "hours", what="抬谷", words="记错了", **DAY)],
    "hours_withdraw": [_step(made.vouched, "hours", words="记错了人")],
    "find_hours": [_plain(sent={"code": ""}, sent_ok=200)],
    "own_hours": [_own()],
    "close_hours": [_close],
    "own_write": [_own(what="抬谷", **DAY)],
    "own_correct": [_own_hours(what="抬谷", words="记错了", **DAY)],
    "own_withdraw_hours": [_own_hours(words="记错了人")],
    "own_person": [_own(**PERSON)],
    "own_quit": [_own_post()],
    "own_certificate": [_own_certificate],
    "own_paper": [_own_paper],
    "own_tap": [
        _own_tap("join", made.outing), _own_tap("leave", made.outing), _own_tap("take", made.visit),
        _own_return, _own_vouch,
    ],
    "own_dates": [_own_dates],
    "certificate": [_certificate],
    "ask_to_join": [_ask],
    "hamlet_dates": [_plain(kwargs={"code": HOME})],
    "own_enlist": [_enlist_own],
    "own_confirm": [_confirm("yes"), _confirm("no")],
}  # fmt: skip

PLAIN = {
    f"volunteers.{action}.{name}"
    for action, names in {
        "announce_outing": "begins_on dangerous ends_at ends_on insured kind starts_at wanted",
        "answer_sign_up": "yes",
        "answer_volunteer": "yes",
        "ask_to_join": "minor",
        "change_outing": "begins_on dangerous ends_at ends_on insured kind starts_at wanted",
        "change_team": "name",
        "change_volunteer": "minor",
        "choose_visits": "households",
        "correct_hours": "day ends_at starts_at",
        "enlist_own": "minor",
        "enlist_volunteer": "minor",
        "form_team": "name",
        "hold_outing": "came ends_at starts_at",
        "join_outing": "said_so",
        "write_hours": "day ends_at starts_at",
    }.items()
    for name in names.split()
}  # fmt: skip
SENSITIVE = {
    **{
        f"volunteers.{action}.what": "words"
        for action in ("announce_outing", "change_outing", "write_hours", "correct_hours")
    },
    "volunteers.announce_outing.risk": "words",
    "volunteers.change_outing.risk": "words",
    "volunteers.change_team.leader_name": "names",
    "volunteers.form_team.leader_name": "names",
    "volunteers.ask_to_join.guardian": "names",
    "volunteers.change_volunteer.guardian": "names",
    "volunteers.enlist_own.guardian": "names",
    "volunteers.enlist_volunteer.guardian": "names",
}


def take_batches(cast: Cast) -> None:
    """Rows of a spreadsheet: no address sends them."""
    rows = [VolunteerRow(HOME, "罗测星", "13844445555", None, "")]
    record_volunteers(
        actor=OPERATOR, place=cast.hamlet(PROVINCE), rows=rows, count=1, hamlets=hamlets_of(rows)
    )
