"""Free text is kept as it can be read."""

import pytest

from genxu.core.errors import Invalid
from genxu.core.texts import optional, readable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  路灯坏了 ", "路灯坏了"),
        ("第一行\r\n第二行\t完", "第一行\r\n第二行\t完"),
        ("张\u200b三", "张三"),
        ("同意\u202e对反\u202c", "同意对反"),
        ("\u2066路\x00灯\x07\ufeff", "路灯"),
        ("👨\u200d👩\u200d👧𠮷", "👨\u200d👩\u200d👧𠮷"),
    ],
)
def test_unseen_signs_scramble_nothing(typed: str, kept: str) -> None:
    assert readable(typed) == kept
    assert optional(typed, 20) == kept


def test_only_unseen_signs_are_no_words() -> None:
    assert readable("\u202e\u2066 ") == ""
    with pytest.raises(Invalid):
        optional("长" * 21, 20)
