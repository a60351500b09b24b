"""The reader of QR codes itself, on codes made by segno."""

import io

import pytest
import segno

from .qr import decode


@pytest.mark.parametrize("error", ["l", "m"])
@pytest.mark.parametrize(("mask", "length"), [*enumerate([1, 12, 24, 40, 60, 80, 100, 106])])
def test_it_reads_what_segno_writes(length: int, error: str, mask: int):
    text = ("http://127.0.0.1:8000/r/#ABCDEFGHJK?" * 3)[:length]
    code = segno.make(text, error=error, mask=mask, boost_error=False, mode="byte", micro=False)
    out = io.BytesIO()
    code.save(out, kind="png", scale=4, border=2)
    assert decode(out.getvalue()) == text
