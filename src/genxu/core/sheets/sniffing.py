"""What a file really is, whatever it calls itself; what cannot be read is refused in a sentence.

Nothing is unpacked here: of a ZIP archive only the directory is read.
"""

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from genxu.core.errors import Invalid

LARGEST = 60 * 1024 * 1024
"""Bytes of an upload: a register of 320,000 households takes some 15 MB."""
LARGEST_UNPACKED = 800 * 1024 * 1024
"""Bytes of all that is packed in a workbook: 320,000 households take some 150 MB."""
DENSEST = 150
"""How many times larger than packed a workbook may be, past ``HARMLESS``; usual are 8 to 30."""
HARMLESS = 20 * 1024 * 1024


class Nature(StrEnum):
    WORKBOOK = "workbook"
    CSV = "csv"


def sniff(path: Path, field: str = "file") -> Nature:
    """Whether it is a workbook or a text with columns; ``Invalid`` says what else it is."""
    size = path.stat().st_size
    if size == 0:
        raise Invalid({field: _("The file is empty: it has 0 bytes. Please save it once more.")})
    if size > LARGEST:
        message = _("The file is larger than %(size)s MB. Please split it.")
        raise Invalid({field: message % {"size": LARGEST // 1024**2}})
    with path.open("rb") as file:
        head = file.read(4096)
    nature = _nature(path, head)
    if isinstance(nature, Nature):
        return nature
    raise Invalid({field: nature})


def _nature(path: Path, head: bytes) -> Nature | str:
    """What the file is, or the sentence that refuses it."""
    if head.startswith(b"PK"):
        return _packed(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(path)
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF")):
        return _("This is a picture, not a spreadsheet.")
    if head.startswith(b"%PDF"):
        return _("This is a PDF, not a spreadsheet. Ask for the Excel file it was made from.")
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return _("This is an archive. Unpack it first and upload the spreadsheet in it.")
    if re.match(rb"\s*<(!doctype|html|table|\?xml|head|meta|style)", _bare(head), re.IGNORECASE):
        return _("This is a web page that only bears the name of a spreadsheet. "
                 "Open it in Excel or WPS and save it as .xlsx.")  # fmt: skip
    if head[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\x00" in head:
        return _("This is no spreadsheet that can be read (.xlsx, .xls or .csv).")
    return Nature.CSV


def _bare(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _packed(path: Path) -> Nature | str:
    """A ZIP archive: a workbook, if its directory says so and promises to stay small."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        return _("The file is damaged: it ends too early. Please save it once more.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > max(HARMLESS, DENSEST * path.stat().st_size) or unpacked > LARGEST_UNPACKED:
        return _("Unpacked, this file would be far too large. It is not opened.")
    names = {entry.filename.lower().replace("\\", "/") for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        return _locked()
    if names & {"xl/workbook.xml", "xl/workbook.bin"} or "content.xml" in names:
        return Nature.WORKBOOK
    if "word/document.xml" in names:
        return _("This is a Word document, not a spreadsheet. Copy its table into Excel.")
    if "ppt/presentation.xml" in names:
        return _("This is a presentation, not a spreadsheet.")
    return _("This is an archive. Unpack it first and upload the spreadsheet in it.")


def _compound(path: Path) -> Nature | str:
    """An OLE file: the old .xls; or a workbook with a password; or an old Word document."""
    content = path.read_bytes()
    if _stream("EncryptedPackage") in content:
        return _locked()
    if _stream("WordDocument") in content:
        return _("This is a Word document, not a spreadsheet. Copy its table into Excel.")
    if _stream("Workbook") in content or _stream("Book") in content:
        return Nature.WORKBOOK
    return _("This is no spreadsheet that can be read (.xlsx, .xls or .csv).")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\x00\x00"


def _locked() -> str:
    return _("The file is protected by a password. Take the password off and upload it again.")


def has_macros(path: Path) -> bool:
    """Whether a workbook brings macros; they are never run."""
    content = path.read_bytes()
    if content.startswith(b"PK"):
        return b"vbaProject.bin" in content
    return "_VBA_PROJECT_CUR".encode("utf-16-le") in content
