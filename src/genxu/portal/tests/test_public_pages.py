"""A talk and a common matter, as everybody may read them: nothing personal is on them."""

from django.test import Client

from genxu.institutions.matters import actions as matters
from genxu.institutions.talks.actions import Said
from tests.cast import HOME, NEIGHBOUR, Cast
from tests.doing import hold_talk, page_text, raise_matter, taken_up


def seen(path: str) -> str:
    return page_text(Client().get(path))


def test_a_talk_tells_its_evening_and_what_became_of_its_common_matters(cast: Cast) -> None:
    household = cast.households()[0]
    talk = hold_talk(
        cast,
        taken_up("渠要清淤", tier="common", household=household),
        taken_up("低保证明丢了", tier="personal", name="罗测九"),
        Said(text="想盖三层楼", response="declined", reply="超过了高度"),
        topic="过冬",
        venue="晒谷场",
    )
    text = seen(f"/places/{HOME}/talks/{talk.pk}/")
    for told in ("过冬", "晒谷场", "23", "渠要清淤"):
        assert told in text, told
    for hidden in ("低保证明丢了", "想盖三层楼", "超过了高度", "罗测九", household.head_name):
        assert hidden not in text, hidden


def test_a_venue_that_names_somebody_is_not_public(cast: Cast) -> None:
    talk = hold_talk(cast, taken_up(), venue=f"{cast.households()[0].head_name}家")
    assert cast.households()[0].head_name not in seen(f"/places/{HOME}/talks/{talk.pk}/")


def test_a_common_matter_tells_its_way_and_the_office_without_words_or_names(cast: Cast) -> None:
    matter = raise_matter(cast, "assigned", assignee="centre_household")
    actor = cast.actor("centre_household")
    matter = matters.start_matter(actor=actor, matter=matter, words="先找罗测九问")
    text = seen(f"/places/{HOME}/matters/{matter.pk}/")
    assert matter.title in text
    assert "中心户" in text
    assert "最晚哪天" in text
    for hidden in ("先找罗测九问", cast.centre_household.name, cast.secretary.name):
        assert hidden not in text, hidden


def test_what_is_not_public_is_not_found_below_a_hamlet(cast: Cast) -> None:
    personal = raise_matter(cast, "assigned", "personal", assignee="centre_household")
    common = raise_matter(cast, "assigned")
    talk = hold_talk(cast, taken_up())
    for path in (
        f"/places/{HOME}/matters/{personal.pk}/",
        f"/places/{NEIGHBOUR}/matters/{common.pk}/",
        f"/places/{NEIGHBOUR}/talks/{talk.pk}/",
    ):
        assert Client().get(path).status_code == 404, path


def test_a_public_page_is_not_sent_again_until_its_matter_moves_on(cast: Cast) -> None:
    matter = raise_matter(cast, "assigned", assignee="centre_household")
    path, client = f"/places/{HOME}/matters/{matter.pk}/", Client()
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    matters.start_matter(actor=cast.actor("centre_household"), matter=matter, words="")
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_villagers_read_what_a_state_means(cast: Cast) -> None:
    assigned = raise_matter(cast, "assigned")
    closed = raise_matter(cast, "closed", text="桥修好了", household=True)
    text = seen(f"/places/{HOME}/")
    assert "定了谁来办" in text
    assert "已交办" not in text
    assert "已销号" not in text
    assert "定了谁来办" in seen(f"/places/{HOME}/matters/{assigned.pk}/")
    assert "办好了，提的人认可" in seen(f"/places/{HOME}/matters/{closed.pk}/")
