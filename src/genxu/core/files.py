"""Photos as they may be kept: true pictures, of a sane size, without the camera's notes.

What a camera or a program writes beside the picture (EXIF, comments, texts, profiles) can hold a
position or a name; the product keeps neither (个人信息保护法 6, minimal handling). So every photo
is painted anew: nothing but its colours is taken over.
"""

import io
import struct
import warnings
from typing import IO, Any, cast
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .errors import Invalid

MAX_BYTES = 15 * 1024 * 1024
MAX_SIDE = 1920
MILLION = 1_000_000
JPEG_MEGAPIXELS, MEGAPIXELS = 80, 16
"""What is opened within a second of a core: a JPEG is read in an eighth to a half of its size,
PNG and WebP whole (measured: JPEG of 50 megapixels 0.4 s, PNG of 16 0.9 s, WebP of 16 1.0 s)."""
JPEG_LAYERS = 600
"""Megapixels × layers of a JPEG that comes in layers (progressive): each is a walk over all of it.
The ten that are usual fit 50 megapixels (0.9 s)."""
START_OF_LAYER = b"\xff\xda"
BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def clean_photo(upload: "UploadedFile[Any]", field: str = "photos") -> "ContentFile[bytes]":
    """A JPEG of at most 1920 px a side made from the upload; ``Invalid`` if it is no picture, or
    one that would keep a core busy for more than a second."""
    name = upload.name or ""
    if (upload.size or 0) > MAX_BYTES:
        raise Invalid({field: _("“%(name)s” is larger than 15 MB.") % {"name": name}})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(cast("IO[bytes]", upload.file), formats=("JPEG", "PNG", "WEBP"))
        too_large = _costs_too_much(picture, cast("IO[bytes]", upload.file))
        painted = None if too_large else _painted_anew(picture)
    except BROKEN as error:
        message = _("“%(name)s” is not a picture that can be opened (JPG, PNG or WebP).")
        raise Invalid({field: message % {"name": name}}) from error
    if painted is None:
        raise Invalid({field: _too_many_pixels(name, picture)})
    out = io.BytesIO()
    painted.save(out, "JPEG", quality=82, optimize=True)
    return ContentFile(out.getvalue(), name=f"{uuid4().hex}.jpg")


def _is_jpeg(picture: Image.Image) -> bool:
    """MPO is what phones make of several JPEGs in one file."""
    return picture.format in ("JPEG", "MPO")


def _costs_too_much(picture: Image.Image, file: IO[bytes]) -> bool:
    """Asked before a single pixel is read: the head of the file says how many there are."""
    megapixels = picture.width * picture.height / MILLION
    if not _is_jpeg(picture):
        return megapixels > MEGAPIXELS
    if megapixels > JPEG_MEGAPIXELS:
        return True
    at = file.tell()
    file.seek(0)
    layers = file.read(MAX_BYTES).count(START_OF_LAYER)
    file.seek(at)
    return megapixels * layers > JPEG_LAYERS


def _too_many_pixels(name: str, picture: Image.Image) -> Any:
    text = _(
        "“%(name)s” is too large: %(size)s megapixels. Choose a smaller size in the camera, or "
        "send it as a JPG."
    )
    return text % {"name": name, "size": round(picture.width * picture.height / MILLION)}


def _painted_anew(picture: Image.Image) -> Image.Image:
    """The colours alone, upright, as every screen shows them (sRGB)."""
    profile = picture.info.get("icc_profile")
    if _is_jpeg(picture):
        picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
    upright = ImageOps.exif_transpose(picture)
    if upright.mode not in ("RGB", "L", "CMYK"):
        upright = upright.convert("RGB")
    upright.thumbnail((MAX_SIDE, MAX_SIDE), reducing_gap=2.0)
    shown = _in_srgb(upright, profile).convert("RGB")
    painted = Image.new("RGB", shown.size)
    painted.paste(shown)
    return painted


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours that were meant; a profile that makes no sense says nothing about them."""
    if not profile:
        return picture
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, meant, srgb, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
