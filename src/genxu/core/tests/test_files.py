"""Photos are true pictures of a sane size, and keep no position."""

import io
import struct
import zlib
from time import process_time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from genxu.core.errors import Invalid
from genxu.core.files import MAX_BYTES, MAX_SIDE, clean_photo
from tests.addresses import picture


def clean(content: bytes, name: str = "夜话.jpg") -> Image.Image:
    made = clean_photo(SimpleUploadedFile(name, content, "image/jpeg"))
    return Image.open(io.BytesIO(made.read()))


def bomb() -> bytes:
    """A PNG of a few bytes whose header says 50,000 by 50,000."""
    return bomb_of(50_000, 50_000)


def bomb_of(width: int, height: int) -> bytes:

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
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


WORD = "小红家在井边Secret"
PLAIN = "SecretWord"


def exif_of(word: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = word
    exif[0x8298] = word
    return exif


def xmp_of(word: str) -> bytes:
    return f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{word}</x:xmpmeta>".encode()


def with_words(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, kind, **options)
    return out.getvalue()


def png_with_texts() -> bytes:
    texts = PngInfo()
    texts.add_text("Author", PLAIN)
    texts.add_text("Comment", PLAIN, zip=True)
    texts.add_itxt("Place", WORD)
    texts.add_itxt("Title", WORD, zip=True)
    return with_words("PNG", pnginfo=texts, exif=exif_of(PLAIN), dpi=(71, 71))


def mpo() -> bytes:
    second = Image.new("RGB", (40, 30), "red")
    return with_words("MPO", save_all=True, append_images=[second], exif=exif_of(PLAIN),
                      comment=PLAIN.encode())  # fmt: skip


SPEAKING = {
    "a comment in a JPEG": lambda: with_words("JPEG", comment=WORD.encode()),
    "EXIF in a JPEG": lambda: with_words("JPEG", exif=exif_of(PLAIN)),
    "XMP in a JPEG": lambda: with_words("JPEG", xmp=xmp_of(WORD)),
    "a profile in a JPEG": lambda: with_words("JPEG", icc_profile=PLAIN.encode() * 40),
    "texts in a PNG": png_with_texts,
    "XMP in a WebP": lambda: with_words("WEBP", xmp=xmp_of(WORD), exif=exif_of(PLAIN)),
    "several pictures in one": mpo,
    "words behind the end": lambda: picture() + WORD.encode(),
}


@pytest.mark.parametrize("kind", SPEAKING)
def test_nothing_is_kept_but_the_picture(kind: str) -> None:
    raw = SPEAKING[kind]()
    made = clean_photo(SimpleUploadedFile("a.jpg", raw)).read()
    assert PLAIN.encode() not in made
    assert WORD.encode() not in made
    kept = Image.open(io.BytesIO(made))
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not kept.getexif()
    assert kept.format == "JPEG"


def test_the_words_were_there_before() -> None:
    """The law above does not hold by planting nothing."""
    assert Image.open(io.BytesIO(SPEAKING["a comment in a JPEG"]())).info["comment"]
    assert set(Image.open(io.BytesIO(png_with_texts())).info) >= {"Author", "Comment", "Place"}
    assert Image.open(io.BytesIO(mpo())).format == "MPO"


def crossed_profile() -> bytes:
    """A profile whose red is the blue of the screen."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    crossed = profile.replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ")
    return crossed.replace(b"----", b"bXYZ")


def test_colours_are_shown_as_their_profile_meant_them() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", icc_profile=crossed_profile(), quality=95)
    colour = clean(out.getvalue()).getpixel((20, 15))
    assert isinstance(colour, tuple)
    red, _green, blue = colour
    assert blue > 200
    assert red < 60


def head_of(width: int, height: int, kind: str = "PNG") -> bytes:
    """A picture that only says how large it is: nobody needs to read further to refuse it."""
    if kind == "PNG":
        return bomb_of(width, height)
    raw = bytearray(picture((16, 16), kind))
    frame = raw.index(b"\xff\xc0")
    raw[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(raw)


@pytest.mark.parametrize(
    "raw",
    [head_of(4100, 4000), head_of(10_000, 8001, "JPEG")],
    ids=["PNG of 16.4 megapixels", "JPEG of 80 megapixels and more"],
)
def test_too_many_pixels_are_refused_unread_and_it_is_said_what_to_do(
    raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*args: object) -> None:
        raise AssertionError("it was decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", read)
    with pytest.raises(Invalid) as refused:
        clean(raw)
    assert "JPG" in str(refused.value.message)


def test_a_phone_of_fifty_megapixels_is_welcome_within_a_second() -> None:
    raw = picture((8160, 6120))
    started = process_time()
    assert max(clean(raw).size) == MAX_SIDE
    assert process_time() - started < 1


def test_a_jpeg_of_many_layers_is_refused_unread() -> None:
    """Each layer is a walk over the whole picture: a few bytes would keep a core busy for long."""
    raw = picture((8000, 6000), progressive=True)
    layers = raw[raw.rindex(b"\xff\xda") : -2]
    with pytest.raises(Invalid):
        clean(raw[:-2] + layers * 40 + raw[-2:])
    assert clean(raw)


def test_many_scans_of_a_plain_jpeg_are_counted_as_layers_too() -> None:
    raw = picture((4000, 3000))
    scan = raw[raw.rindex(b"\xff\xda") : -2]
    with pytest.raises(Invalid):
        clean(raw[:-2] + scan[:600] * 60 + raw[-2:])
    assert clean(raw)


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
