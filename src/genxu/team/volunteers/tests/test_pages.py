"""What the pages of volunteering show, and to whom."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from icalendar import Calendar

from genxu.core import clock
from genxu.core.models import JournalEntry
from genxu.people.tests.factories import with_code
from genxu.team.volunteers import actions, hours_actions, team_actions
from genxu.team.volunteers.models import Hours, Volunteer
from genxu.team.volunteers.own_access import feed_key, holder_of
from tests.cast import HOME, Cast, Enter, later
from tests.doing import hold, page_text

from .factories import (
    asked,
    certified,
    facts,
    join,
    outing,
    team,
    visit,
    volunteer,
    vouched,
    work,
    write,
)

ASK = f"/places/{HOME}/help/"


def own(one: Volunteer) -> str:
    return f"/my/hours/{one.pk}/"


def ask(client: Client, **changes: str) -> Any:
    sent = {"client_id": str(uuid4()), "name": "罗测新", "phone": "13811112222", **changes}
    return client.post(ASK, sent)


def test_everybody_reads_what_is_announced_and_who_agreed_to_be_named(cast: Cast) -> None:
    page = f"/places/{HOME}/"
    assert ASK not in page_text(Client().get(page))
    team(cast)
    assert ASK in page_text(Client().get(page))
    of = outing(cast)
    join(volunteer(cast, shown=True), of)
    join(volunteer(cast, 1), of)
    shown = page_text(Client().get(page))
    assert "清渡口的草" in shown
    assert ("罗测风" in shown, "罗测雨" in shown) == (True, False)
    team_actions.call_off_outing(actor=cast.actor("secretary"), outing=of, words="涨水了")
    assert "涨水了" in page_text(Client().get(page))


def test_whoever_scans_the_code_signs_up_without_log_in_and_has_a_page_of_his_own(
    cast: Cast, enter: Enter
) -> None:
    of = outing(cast)
    client = Client()
    assert "石阶滑" in page_text(client.get(ASK))  # told before (志愿服务条例 12)
    answer = ask(client, outing=str(of.pk))
    one = Volunteer.objects.get()
    assert answer["Location"] == own(one)
    assert one.code_grouped in page_text(client.get(own(one)))
    assert Client().get(own(one)).status_code == 302
    assert "清渡口的草" in page_text(enter("secretary").get("/home/"))
    page = f"/outings/{of.pk}/"
    enter("secretary").post(f"{page}sign-ups/{one.pk}/", {"answer": "yes"})
    assert one.code_grouped not in page_text(client.get(own(one)))


def test_who_knows_name_and_number_of_another_does_not_get_his_page(cast: Cast) -> None:
    asked(cast)
    answer = ask(Client())
    assert answer["Location"] == f"/places/{HOME}/"
    assert Volunteer.objects.count() == 1


def test_one_address_is_braked_and_nothing_typed_is_lost(cast: Cast) -> None:
    client = Client()
    for n in range(5):
        assert ask(client, name=f"罗测{n}号").status_code == 302
    answer = ask(client, name="罗测六号")
    assert answer.status_code == 429
    assert "罗测六号" in page_text(answer)


def test_whom_to_visit_reads_who_has_taken_it(cast: Cast, enter: Enter) -> None:
    of, one = visit(cast), volunteer(cast)
    client, name = hold(Client(), one.code), of.household.label
    assert name not in page_text(client.get(own(one)))
    client.post(f"{own(one)}take/{of.pk}/")
    assert name in page_text(client.get(own(one)))
    page = f"/outings/{of.outing_id}/"
    shown = {part: name in page_text(enter(part).get(page))
             for part in ("secretary", "village_staff", "member", "county_staff")}  # fmt: skip
    assert shown == {"secretary": True, "village_staff": True, "member": False,
                     "county_staff": False}  # fmt: skip
    assert JournalEntry.objects.filter(action="people.see_needs", reading=True).count() == 2


def test_a_code_does_not_hide_who_is_signed_in(cast: Cast, enter: Enter) -> None:
    one, of = volunteer(cast), outing(cast)
    client = hold(enter("secretary"), one.code)
    shown = page_text(client.get(own(one)))
    assert f"{own(one)}join/{of.pk}/" not in shown
    assert client.post(f"{own(one)}join/{of.pk}/").status_code == 403
    assert JournalEntry.objects.filter(action="volunteers.open_own_hours", reading=True).exists()


def test_whoever_is_the_volunteer_opens_his_page_with_his_account(cast: Cast, enter: Enter) -> None:
    of = outing(cast)
    client = enter("member")
    client.post(f"/outings/{of.pk}/come/")
    one = Volunteer.objects.get()
    assert client.get("/volunteers/mine/")["Location"] == own(one)
    assert f"{own(one)}leave/{of.pk}/" in page_text(client.get(own(one)))
    client.post(f"{own(one)}leave/{of.pk}/")
    assert not of.sign_ups.exists()


def test_a_code_that_was_lost_opens_nothing_any_more(cast: Cast, enter: Enter) -> None:
    one = volunteer(cast)
    client, dates_of = hold(Client(), one.code), f"/my/dates/{one.pk}/{feed_key(one)}.ics"
    assert (client.get(own(one)).status_code, Client().get(dates_of).status_code) == (200, 200)
    enter("secretary").post(f"/volunteers/{one.pk}/slip/renew/")
    assert (client.get(own(one)).status_code, Client().get(dates_of).status_code) == (302, 404)


def test_the_household_that_was_visited_is_asked_on_its_page(cast: Cast) -> None:
    of, one = visit(cast), volunteer(cast)
    actions.take_visit(actor=holder_of(one), volunteer=one, visit=of)
    hours = write(one, of.outing, visit=of)
    link = with_code(of.household.number)
    client, page = hold(Client(), link.code), f"/my/household/{of.household_id}/"
    assert "罗测风" in page_text(client.get(page))
    client.post(f"{page}hours/{hours.pk}/", {"answer": "yes"})
    assert Hours.objects.get().counts
    assert f"{page}hours/" not in page_text(client.get(page))


def test_a_refused_form_keeps_what_was_typed(cast: Cast) -> None:
    one = volunteer(cast)
    client = hold(Client(), one.code)
    sent = {"client_id": str(uuid4()), "version": one.version, "at": "", "what": "抬谷到仓里",
            "day": "2026-05-14", "starts_at": "08:00", "ends_at": "09:00"}  # fmt: skip
    answer = client.post(f"{own(one)}write/", sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"day"}
    assert "抬谷到仓里" in page_text(answer)


def test_a_certificate_says_what_has_changed_since(cast: Cast) -> None:
    paper = certified(cast)
    page = f"/my/certificate/{paper.pk}/"
    assert Client().get(page).status_code == 302
    client = hold(Client(), paper.code)
    shown = page_text(client.get(page))
    assert "罗测风" in shown
    assert "notice-good" in shown
    hours = Hours.objects.get()
    hours_actions.correct_hours(
        actor=holder_of(hours.volunteer), hours=hours, words="早走了",
        work=work(hours.outing, ends_at=hours.ends_at.replace(hour=9)),
    )  # fmt: skip
    assert "notice-warn" in page_text(client.get(page))


def test_the_code_of_a_paper_is_understood_where_any_is_typed(cast: Cast) -> None:
    paper = certified(cast)
    for finder in ("/v/", "/h/", "/r/"):
        answer = Client().post(finder, {"code": paper.code_grouped})
        assert answer["Location"] == f"/my/certificate/{paper.pk}/"
    answer = Client().post("/h/", {"code": paper.volunteer.code})
    assert answer["Location"] == own(paper.volunteer)


def test_a_certificate_is_a_pdf_free_of_charge(cast: Cast) -> None:
    paper = certified(cast)
    client = hold(Client(), paper.volunteer.code)
    answer = client.get(f"{own(paper.volunteer)}papers/{paper.pk}/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def dates(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_dates_go_to_the_calendar_without_names(cast: Cast) -> None:
    day = clock.today() + timedelta(days=1)
    of = outing(cast, facts(begins_on=day, ends_on=day))
    one = volunteer(cast)
    join(one, of)
    visit(cast)
    answer = Client().get(f"/places/{HOME}/outings.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    fixed = next(e for e in dates(answer.content) if e["SUMMARY"] == "清渡口的草")
    assert fixed.decoded("DTSTART").isoformat() == "2026-05-14T00:00:00+00:00"
    assert "罗测" not in answer.content.decode()
    mine = f"/my/dates/{one.pk}/{feed_key(one)}.ics"
    assert [e["SUMMARY"] for e in dates(Client().get(mine).content)] == ["清渡口的草"]
    team_actions.call_off_outing(actor=cast.actor("secretary"), outing=of, words="落雨")
    assert dates(Client().get(mine).content)[0]["STATUS"] == "CANCELLED"
    assert Client().get(f"/my/dates/{one.pk}/{'0' * 32}.ics").status_code == 404


@pytest.mark.parametrize("path", ["/volunteers/export/", "/volunteer-hours/export/"])
def test_lists_go_out_as_spreadsheets_and_it_is_noted(cast: Cast, enter: Enter, path: str) -> None:
    vouched(cast)
    answer = enter("secretary").get(path)
    assert answer.status_code == 200
    assert JournalEntry.objects.filter(action="volunteers.see_volunteers", reading=True).exists()


def test_what_is_written_late_says_so_wherever_it_stands(cast: Cast, enter: Enter) -> None:
    one, day = volunteer(cast), clock.today()
    with later(days=9):
        write(one, day=day)
        pages = [enter("secretary").get(f"/volunteers/{one.pk}/"),
                 enter("secretary").get("/volunteer-hours/"),
                 hold(Client(), one.code).get(own(one))]  # fmt: skip
        assert all("补记" in page_text(page) for page in pages)
