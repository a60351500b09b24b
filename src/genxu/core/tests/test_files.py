"""Photos are true pictures of a sane size, and keep no position."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from genxu.core.errors import Invalid
from genxu.core.files import MAX_BYTES, MAX_SIDE, clean_photo
from tests.addresses import picture


def clean(content: bytes, name: str = "夜话.jpg") -> Image.Image:
    made = clean_photo(SimpleUploadedFile(name, content, "image/jpeg"))
    return Image.open(io.BytesIO(made.read()))


def bomb() -> bytes:
    """A PNG of a few bytes whose header says 50,000 by 50,000."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def with_position() -> bytes:
    picture_with = Image.new("RGB", (40, 30), "green")
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif[0x0132] = "2026:05:13 10:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (29.0, 58.0, 12.0)
    out = io.BytesIO()
    picture_with.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_becomes_a_jpeg(kind: str) -> None:
    assert clean(picture(kind=kind)).format == "JPEG"


@pytest.mark.parametrize(
    "content",
    [b"", b"just a text", picture()[:60], bomb(), picture(kind="GIF"), picture(kind="BMP"),
     b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\0" * 5000],
    ids=["0 bytes", "text", "cut off", "bomb", "gif", "bmp", "svg", "zeros"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_by_its_name(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        clean(content)
    assert set(refused.value.fields) == {"photos"}
    assert "夜话.jpg" in str(refused.value.message)


def test_a_file_too_large_is_refused_before_it_is_opened() -> None:
    upload = SimpleUploadedFile("big.jpg", b"x")
    upload.size = MAX_BYTES + 1
    with pytest.raises(Invalid):
        clean_photo(upload)


def test_the_position_and_all_other_notes_of_the_camera_are_gone() -> None:
    raw = with_position()
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(0x8825)
    kept = clean(raw)
    assert not kept.getexif().get_ifd(0x8825)
    assert not dict(kept.getexif())
    assert b"Camera" not in clean_photo(SimpleUploadedFile("a.jpg", raw)).read()


@pytest.mark.parametrize("size", [(4000, 3000), (1000, 6000)])
def test_a_big_picture_is_shrunk_in_proportion(size: tuple[int, int]) -> None:
    kept = clean(picture(size))
    assert max(kept.size) == MAX_SIDE
    assert abs(kept.size[0] / kept.size[1] - size[0] / size[1]) < 0.01


def test_a_small_picture_keeps_its_size() -> None:
    assert clean(picture((40, 30))).size == (40, 30)


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert clean(picture((40, 30), exif=exif)).size == (30, 40)


def test_transparency_and_palettes_are_no_trouble() -> None:
    for mode in ("RGBA", "P", "L", "LA", "I;16"):
        out = io.BytesIO()
        Image.new(mode, (20, 20)).save(out, "PNG")
        assert clean(out.getvalue()).mode == "RGB"


def test_the_name_of_the_file_is_ours() -> None:
    made = clean_photo(SimpleUploadedFile("../../etc/passwd.jpg", picture()))
    assert made.name
    assert "/" not in made.name
    assert "passwd" not in made.name
