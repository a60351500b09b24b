"""What is found by its sound: names and places typed in pinyin, by the first letters (jtz) or whole
(jintangzhen, jintangz).

Nothing is stored for it: the letters become a pattern of the characters that are read so, in all
their readings, and that is looked for where the words themselves are. Neither that nor a part of a
text is helped by an index of either database; lists are cut to a place by theirs before.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from django.db.models import Q

FEWEST = 2
"""Letters: one alone would find nearly everything."""
LONGEST = 24
READ_AS = {"𠮷": "ji", "𠅤": "x", "〇": "ling"}
"""Characters of names that the tables of pinyin do not know."""
BETWEEN = "·?"
"""Names of several parts have a dot there."""


def sought(field: str, words: str) -> Q:
    """The rows whose field holds these words, or sounds like them."""
    pattern = sounding(words)
    if not pattern:
        return Q(**{f"{field}__contains": words})
    return Q(**{f"{field}__icontains": words}) | Q(**{f"{field}__regex": pattern})


def sounding(words: str) -> str:
    """The pattern of what is read so, for both databases; empty for what is no pinyin."""
    letters = words.lower().replace(" ", "").replace("'", "").replace("ü", "v")
    if not (letters.isascii() and letters.isalpha() and FEWEST <= len(letters) <= LONGEST):
        return ""
    first, whole = _characters()
    ways = [[first[one] for one in letters]] if all(one in first for one in letters) else []
    ways += [[whole.get(one) or first[one] for one in way] for way in _syllables(letters)]
    return "|".join(BETWEEN.join(way) for way in ways)


def sounding_whole(words: str, text: str) -> bool:
    """Whether a text is read so from its beginning to its end."""
    pattern = sounding(words)
    return bool(pattern and re.fullmatch(pattern, text))


def _syllables(letters: str) -> Iterator[list[str]]:
    """The ways to part the letters into syllables; of the last one a letter is enough."""
    first, whole = _characters()
    if len(letters) == 1 and letters in first:
        yield [letters]
    for n in range(1, min(6, len(letters)) + 1):
        if letters[:n] not in whole:
            continue
        if n == len(letters) and n > 1:
            yield [letters]
        for rest in _syllables(letters[n:]):
            yield [letters[:n], *rest]


@cache
def _characters() -> tuple[dict[str, str], dict[str, str]]:
    """First letter, and syllable → the class of the characters that are read so.

    The tables take 0.3 s and 20 MB to load: only a process that looks for letters pays for them.
    """
    from pypinyin.pinyin_dict import pinyin_dict

    usual = ((chr(key), said) for key, said in pinyin_dict.items() if 0x4E00 <= key <= 0x9FFF)
    first: dict[str, set[str]] = defaultdict(set)
    whole: dict[str, set[str]] = defaultdict(set)
    for character, readings in (*usual, *READ_AS.items()):
        for syllable in {_plain(one) for one in readings.split(",")} - {""}:
            first[syllable[0]].add(character)
            for spelt in {syllable, syllable.replace("v", "u")}:
                whole[spelt].add(character)
    return _classes(first), _classes(whole)


def _plain(reading: str) -> str:
    """A syllable without its tone; ü is v, as it is typed."""
    parts = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(one for one in parts if one.isascii() and one.isalpha())


def _classes(found: dict[str, set[str]]) -> dict[str, str]:
    return {key: f"[{''.join(_ranges(map(ord, one)))}]" for key, one in found.items()}


def _ranges(codes: Iterable[int]) -> Iterator[str]:
    """The characters, those that follow each other as a range: half as long."""
    run: list[int] = []
    for code in [*sorted(codes), -1]:
        if run and code == run[-1] + 1:
            run.append(code)
            continue
        if run:
            yield chr(run[0]) + ("-" if len(run) > 2 else "") + (chr(run[-1]) if run[1:] else "")
        run = [code]
