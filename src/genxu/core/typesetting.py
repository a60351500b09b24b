"""Papers set by Typst: templates with data → PDF, with our own fonts and no crossed boxes.

Typst draws a crossed box for a character that no font has, without a word. So the texts that
differ from paper to paper are held against the fonts' own tables first (``missing_glyphs``).

Large amounts are set in processes of their own (``run_apart``), so that their memory goes back to
the machine with each of them: there this module is run by itself, without Django.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import typst

FAMILY, MORE_FAMILY = "Noto Serif SC", "Noto Serif CJK SC"
"""The font that comes with the program, and Debian's (fonts-noto-cjk) for what it lacks."""
REGULAR = "NotoSerifSC-Regular.ttf"
ZIP_TIME = (2020, 1, 1, 0, 0, 0)


class NoFonts(Exception):
    """The fonts have not been put in place: the front end was not built."""


@dataclass(frozen=True)
class Fonts:
    """The folders that hold our font, and further ones for rare characters."""

    ours: Path
    more: Path

    def folders(self, texts: Iterable[str]) -> list[str]:
        """Those that are needed for the texts; the second font is large and seldom wanted."""
        rare = any(_lacking(text, _ours(self.ours)) for text in texts)
        return [str(self.ours), *([str(self.more)] if rare and self.more.is_dir() else [])]


def fonts() -> Fonts:
    """The fonts as the settings name them; ``NoFonts`` if ours are not in place."""
    from django.conf import settings

    if not (settings.FONTS / REGULAR).exists():
        raise NoFonts("the fonts of the papers are not in place; run: make front")
    return Fonts(settings.FONTS, settings.MORE_FONTS)


def missing_glyphs(texts: Iterable[str]) -> dict[str, str]:
    """The texts that cannot be printed, each with the characters that no font here has."""
    here = fonts()
    found = {}
    for text in texts:
        lacking = _lacking(text, _ours(here.ours))
        if lacking:
            lacking = _lacking(lacking, _more(here.more))
        if lacking:
            found[text] = lacking
    return found


def _lacking(text: str, known: frozenset[int]) -> str:
    return "".join(dict.fromkeys(c for c in text if ord(c) not in known and not c.isspace()))


@lru_cache(maxsize=4)
def _ours(folder: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(folder / REGULAR, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=4)
def _more(folder: Path) -> frozenset[int]:
    """The characters of the second font, none where it is not installed."""
    from fontTools.ttLib import TTCollection

    for path in sorted(folder.glob("NotoSerifCJK-*.ttc")):
        with TTCollection(path, lazy=True) as collection:
            for font in collection.fonts:
                if font["name"].getDebugName(1) == MORE_FAMILY:
                    return frozenset(font.getBestCmap())
    return frozenset()


@dataclass(frozen=True)
class Document:
    """One document: what its template is given, and its name where it is one of several.

    ``texts`` are those in it that may hold rare characters.
    """

    data: dict[str, Any]
    name: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Output:
    """A file to make: one document as PDF or PNG, or several in a ZIP, by the ending of its name.

    ``made_at`` (seconds since 1970) is written into it in place of the clock, so that the same
    paper is the same file. ``tagged`` is for screen readers: piles of paper go without, they are
    for a printer, and a third smaller.
    """

    template: Path
    path: Path
    documents: Sequence[Document]
    made_at: int
    tagged: bool = True
    dots: float = 144
    """Dots per inch of a PNG."""

    def request(self) -> dict[str, Any]:
        """The output as the other process reads it."""
        documents = [
            {"data": json.dumps(one.data, ensure_ascii=False), "name": one.name}
            for one in self.documents
        ]
        paths = {"template": str(self.template), "path": str(self.path)}
        return {**asdict(replace(self, documents=())), **paths, "documents": documents}


def run_apart(outputs: Sequence[Output]) -> None:
    """Make the files in a process of their own; ``CalledProcessError`` if it fails or falls."""
    rare = (text for output in outputs for one in output.documents for text in one.texts)
    request = {
        "folders": fonts().folders(rare),
        "outputs": [output.request() for output in outputs],
    }
    subprocess.run(
        [sys.executable, "-m", "genxu.core.typesetting"],
        input=json.dumps(request, ensure_ascii=False).encode(),
        check=True,
    )


def typeset(
    template: Path, document: Document, *, made_at: int, kind: str = "pdf", dots: float = 144
) -> bytes:
    """One PDF (or the first page as PNG), without the weight of the fonts in this process."""
    with TemporaryDirectory(prefix="genxu-paper-") as folder:
        path = Path(folder) / f"paper.{kind}"
        run_apart([Output(template, path, [document], made_at, dots=dots)])
        return path.read_bytes()


def make(request: dict[str, Any]) -> None:
    """What the process of its own does."""
    import typst

    compilers: dict[str, typst.Compiler] = {}
    for output in request["outputs"]:
        template, path = output["template"], Path(output["path"])
        if template not in compilers:
            folders: list[str] = request["folders"]
            compilers[template] = typst.Compiler(
                template, font_paths=folders, ignore_system_fonts=True
            )
        if path.suffix == ".zip":
            _zip(compilers[template], output, path)
        else:
            path.write_bytes(_set(compilers[template], output, output["documents"][0], path.suffix))


def _set(
    compiler: "typst.Compiler", output: dict[str, Any], document: dict[str, Any], ending: str
) -> bytes:
    made = compiler.compile(
        format="png" if ending == ".png" else "pdf",
        ppi=output["dots"],
        timestamp=output["made_at"],
        pdf_tags=output["tagged"],
        sys_inputs={"data": document["data"]},
    )
    return made[0] if isinstance(made, list) else cast("bytes", made)


def _zip(compiler: "typst.Compiler", output: dict[str, Any], path: Path) -> None:
    with zipfile.ZipFile(path, "w") as pack:
        for document in output["documents"]:
            entry = zipfile.ZipInfo(document["name"], ZIP_TIME)
            pack.writestr(entry, _set(compiler, output, document, ".pdf"))


if __name__ == "__main__":
    make(json.load(sys.stdin.buffer))
