"""Photos as they may be kept: true pictures, of a sane size, without the camera's notes.

The camera's notes (EXIF) can hold a position; the product keeps no location of a person
(个人信息保护法 6, minimal handling), so every photo is written anew.
"""

import io
import struct
import warnings
from typing import IO, Any, cast
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import Invalid

MAX_BYTES = 15 * 1024 * 1024
MAX_SIDE = 1920


def clean_photo(upload: "UploadedFile[Any]", field: str = "photos") -> "ContentFile[bytes]":
    """A JPEG of at most 1920 px a side made from the upload; ``Invalid`` if it is no picture."""
    name = upload.name or ""
    if (upload.size or 0) > MAX_BYTES:
        raise Invalid({field: _("“%(name)s” is larger than 15 MB.") % {"name": name}})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(cast("IO[bytes]", upload.file), formats=("JPEG", "PNG", "WEBP"))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
    except (
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
    ) as error:
        message = _("“%(name)s” is not a picture that can be opened (JPG, PNG or WebP).")
        raise Invalid({field: message % {"name": name}}) from error
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=82, optimize=True)
    return ContentFile(out.getvalue(), name=f"{uuid4().hex}.jpg")
