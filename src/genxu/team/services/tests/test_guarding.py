"""What no free text of an errand may hold."""

import pytest

from genxu.core.errors import Invalid
from genxu.team.services.guarding import check, why_not
from genxu.team.services.workflow import State
from tests.cast import Cast

from .factories import finished, in_state

GIVEN_AWAY = [
    "42122119500101123X", "身份证 421221 19500101 1234", "４２１２２１１９５００１０１１２３４",
    "421221500101123", "6222021234567890123", "密码是abc123", "她的 pwd", "验证码 8831",
    "收了50元", "¥ 200", "三百元", "两块钱",
]  # fmt: skip


@pytest.mark.parametrize("text", GIVEN_AWAY)
def test_it_is_refused_with_a_sentence(text: str) -> None:
    assert why_not(text)
    with pytest.raises(Invalid):
        check(words=text)


@pytest.mark.parametrize(
    "text", ["", "鄂202605130001", "4212002026051300012345", "人脸认不出来，要到窗口办", "第三块地"]
)
def test_plain_words_pass(text: str) -> None:
    assert not why_not(text)


def test_a_receipt_is_looked_at(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        finished(cast, in_state(cast, State.AUTHORISED), receipt="42122119500101123X")
    assert "receipt" in refused.value.fields
