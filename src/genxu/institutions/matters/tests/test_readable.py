"""What a matter says is shut until a queryset has judged that the reader at hand may read it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches

import genxu
from genxu.institutions.matters import queries
from genxu.institutions.matters.models import Matter, MatterQuerySet
from tests.cast import HOME, Cast, Enter
from tests.doing import hold, page_text, raise_matter

PACKAGE = Path(genxu.__file__).parent
MODELS = PACKAGE / "institutions" / "matters" / "models.py"
WORDS, RESULT = "东头的井盖不见了", "井盖已经补上了"


@pytest.fixture
def matter(cast: Cast) -> Matter:
    """One that every page shows: common, done, waiting for the verdict."""
    pk = raise_matter(cast, "done", "common", household=True).pk
    Matter.objects.filter(pk=pk).update(title=WORDS, result=RESULT)
    return Matter.objects.get(pk=pk)


def test_one_that_nobody_judged_says_nothing(matter: Matter) -> None:
    assert not matter.readable
    assert WORDS not in matter.shown_title
    assert matter.shown_result == ""


def pages_of(matter: Matter) -> list[str]:
    """Every page of the secretary, of a receipt and of the public on which a matter stands."""
    (said,) = matter.suggestions.all()
    talk = said.raised.talk_id  # type: ignore[attr-defined]
    return [
        "/matters/", f"/matters/{matter.pk}/", f"/suggestions/{said.pk}/", "/home/",
        f"/talks/{talk}/", f"/talks/{talk}/minutes/", f"/talks/at/{HOME}/new/?another=1",
        f"/places/{HOME}/", f"/my/receipt/{said.pk}/", "/api/v1/matters",
        f"/api/v1/matters/{matter.pk}",
    ]  # fmt: skip


def shown_on(cast: Cast, enter: Enter, matter: Matter) -> list[str]:
    (said,) = matter.suggestions.all()
    client = hold(enter("secretary"), said.code)
    answers = {url: client.get(url) for url in pages_of(matter)}
    assert {answer.status_code for answer in answers.values()} == {200}
    texts = {url: str(a.json()) if "/api/" in url else page_text(a) for url, a in answers.items()}
    return [url for url, text in texts.items() if WORDS in text or RESULT in text]


def test_each_page_shows_what_was_judged_and_shuts_what_was_not(
    cast: Cast, enter: Enter, matter: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown_on(cast, enter, matter) == pages_of(matter)
    monkeypatch.setattr(MatterQuerySet, "_judged", lambda rows, condition: rows)
    anew: Any = queries._talked_of.__wrapped__  # type: ignore[attr-defined]  # its SQL is kept
    monkeypatch.setattr(queries, "_talked_of", lambda *given: list(anew(*given)))
    for memory in caches.all():  # pages are kept as they were shown
        memory.clear()
    assert shown_on(cast, enter, matter) == []


def test_templates_ask_for_the_shown_words_alone() -> None:
    words = re.compile(r"\bmatter\.(title|result)\b")
    templates = [p for p in PACKAGE.rglob("*.html") if "static_build" not in p.parts]
    assert [p.name for p in templates if words.search(p.read_text())] == []


def test_nothing_but_the_queryset_judges() -> None:
    by_hand = re.compile(r"\.readable\s*=(?!=)|annotate\(\s*readable")
    code = [p for p in PACKAGE.rglob("*.py") if "tests" not in p.parts and p != MODELS]
    assert [p.name for p in code if by_hand.search(p.read_text())] == []
