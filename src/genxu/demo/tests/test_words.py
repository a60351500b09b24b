"""The words are enough, short enough, and name nobody."""

import re
from itertools import chain
from random import Random

from genxu.demo.names import (
    FORBIDDEN_NAMES,
    dominant_surname,
    hamlet_name,
    hamlet_surnames,
    person_name,
    phone,
)
from genxu.demo.words import ALL_YEAR, TOPICS, WORDS, Case, put, topics_of_month

CASES = [case for topic in TOPICS for case in topic.cases]
LISTS = ("answers", "declines", "work", "results", "bad", "good", "level_answers")


def texts(case: Case) -> list[str]:
    lists = chain.from_iterable(getattr(case, name) for name in LISTS)
    return [case.said, case.title, case.second_title or "", *lists]


def test_there_are_enough_topics_and_cases() -> None:
    assert len(TOPICS) >= 24
    assert len(CASES) >= 120
    assert all(len(topic.cases) >= 5 for topic in TOPICS)
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)
    assert len({case.title for case in CASES}) == len(CASES)
    assert sum(case.second_title is not None for case in CASES) >= 10


def test_tiers_are_mixed_and_urgent_is_rare() -> None:
    share = {t: sum(c.tier == t for c in CASES) / len(CASES) for t in {c.tier for c in CASES}}
    assert 0.22 < share["personal"] < 0.38
    assert 0.38 < share["common"] < 0.52
    assert 0.18 < share["specialist"] < 0.32
    assert 0 < sum(case.urgency == "urgent" for case in CASES) < len(CASES) * 0.1


def test_only_specialist_matters_climb_and_all_come_back_with_an_answer() -> None:
    for case in CASES:
        specialist = case.tier == "specialist"
        assert bool(case.level_answers) == specialist
        assert (case.specialist_top in {"village", "township", "county"}) == specialist
    assert {case.specialist_top for case in CASES} >= {"village", "township", "county"}


def test_titles_and_sayings_keep_their_length() -> None:
    widest = max(WORDS.spots, key=len)
    for case in CASES:
        for title in filter(None, (case.title, case.second_title)):
            assert len(title.replace("{spot}", "村口")) >= 6
            assert len(title.replace("{spot}", widest)) <= 30
        assert 15 <= len(case.said) <= 60


def test_every_list_has_words_and_no_text_holds_a_telephone_number() -> None:
    for case in CASES:
        assert all(getattr(case, name) for name in LISTS[:-1])
        for text in texts(case):
            assert not re.search(r"\d{6,}", text)
            assert not any(name in text for name in FORBIDDEN_NAMES)
            assert not re.search(r"[,;?!:]", text), text
            assert "{" not in put(text, "村口")


def test_each_month_has_topics() -> None:
    assert all(len(topics_of_month(month)) >= 12 for month in ALL_YEAR)


def test_no_living_person_is_ever_produced() -> None:
    rng = Random(7)
    made = {person_name(rng) for _ in range(50_000)}
    for family in {name[0] for name in FORBIDDEN_NAMES}:
        made |= {person_name(rng, family) for _ in range(10_000)}
    assert not made & FORBIDDEN_NAMES
    assert len(made) > 10_000
    assert all(2 <= len(name) <= 3 for name in made)


def test_hamlet_names_are_many_and_unique_in_a_village() -> None:
    rng = Random(3)
    taken: set[str] = set()
    assert len({hamlet_name(rng, taken) for _ in range(200)}) == 200
    assert len({hamlet_name(rng, set()) for _ in range(60_000)}) >= 2_000


def test_the_family_in_the_name_is_most_of_the_hamlet() -> None:
    rng = Random(5)
    cases = {"罗家洲": "罗", "朱家湾": "朱", "上屋汪": "汪", "卢家大屋": "卢", "石嘴熊": "熊"}
    for name, family in cases.items():
        assert dominant_surname(name) == family
        drawn = hamlet_surnames(rng, name)
        assert drawn.count(family) / len(drawn) == 0.6
    assert dominant_surname("六组") is dominant_surname("柏墩") is None


def test_telephone_numbers_belong_to_nobody_and_do_not_repeat() -> None:
    numbers = {phone(serial) for serial in range(20_000)}
    assert len(numbers) == 20_000
    assert all(len(n) == 11 and n.startswith("154") and n.isdigit() for n in numbers)
