"""The first letters of a name in pinyin, by which a household is found: 周小芳 is zxf."""

from functools import cache

AS_SURNAME = {
    "曾": "z", "单": "s", "仇": "q", "解": "x", "查": "z", "区": "o", "种": "c", "乐": "y",
    "翟": "z", "阚": "k", "繁": "p", "折": "s", "秘": "b", "召": "s", "句": "g", "覃": "q",
}  # fmt: skip
"""Characters that begin with another letter when they are a surname."""
UNREAD = {"𠮷": "j", "𠅤": "x"}
"""Characters of names that the tables of pinyin do not know."""


def initials_of(name: str) -> str:
    """Small letters, one a character; what has no pinyin stands for itself, marks are left out."""
    if not name:
        return ""
    first = AS_SURNAME.get(name[0]) or _initial(name[0])
    return first + "".join(map(_initial, name[1:]))


@cache
def _initial(character: str) -> str:
    """The letter of one character; each is looked up once."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    if character in UNREAD:
        return UNREAD[character]
    # Its tables take 0.15 s and 20 MB to load: only a process that writes names pays for them.
    from pypinyin import Style, lazy_pinyin

    (found,) = lazy_pinyin(character, style=Style.FIRST_LETTER, errors="default")
    return str(found) if character.isalpha() else ""
