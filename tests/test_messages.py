"""The Chinese catalogue is whole: nothing untranslated, nothing doubtful, nothing left out."""

import ast
import gettext
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

import genxu
from genxu.people.library_messages import BORROWED

PACKAGE = Path(genxu.__file__).parent
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
HALF_WIDTH = re.compile(r"[一-鿿][,:;?!()]|[,:;?!()][一-鿿]")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def key(message: Message) -> str:
    """What the code says: the singular where there is a plural."""
    return message.id if isinstance(message.id, str) else message.id[0]


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


MESSAGES = {(m.context, key(m)): m for m in read(PACKAGE / CATALOGUE) if m.id}


def entries(messages: list[Message]) -> str:
    """As the catalogue has them, untranslated."""
    lines = Catalog(locale="zh_Hans")
    for message in messages:
        flags = [flag for flag in message.flags if flag != "fuzzy"]
        lines.add(message.id, context=message.context, flags=flags)
    out = BytesIO()
    write_po(out, lines, omit_header=True)
    return out.getvalue().decode()


def test_every_sentence_is_translated() -> None:
    assert [name for name, m in MESSAGES.items() if not all(texts(m))] == []


def test_no_translation_is_doubtful() -> None:
    assert [name for name, m in MESSAGES.items() if m.fuzzy] == []


def test_placeholders_are_kept() -> None:
    def holes(text: str) -> list[str]:
        return sorted(set(PLACEHOLDER.findall(text)))

    wrong = []
    for name, message in MESSAGES.items():
        said = message.id if isinstance(message.id, str) else message.id[-1]
        wrong += [(name, text) for text in texts(message) if holes(text) != holes(said)]
    assert wrong == []


def test_chinese_has_its_own_punctuation() -> None:
    assert [text for m in MESSAGES.values() for text in texts(m) if HALF_WIDTH.search(text)] == []


def test_borrowed_sentences_are_in_our_words_and_still_said_by_the_libraries() -> None:
    assert [text for text in BORROWED if (None, text) not in MESSAGES] == []
    said: set[str] = set()
    for home in (Path(django.__file__).parent / "conf", Path(allauth.__file__).parent):
        with (home / "locale/zh_Hans/LC_MESSAGES/django.mo").open("rb") as file:
            said |= set(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    assert [text for text in BORROWED if text not in said] == []


def test_the_code_says_nothing_that_the_catalogue_does_not_know(tmp_path: Path) -> None:
    """If this fails it says what to write at the end of the catalogue, and translate."""
    if not (shutil.which("xgettext") and shutil.which("msgmerge")):
        pytest.skip("xgettext is not on this machine (Debian: gettext), so nothing was extracted.")
    copy = tmp_path / "genxu"
    leave = shutil.ignore_patterns("static_build", "var", "tests", "__pycache__", "*.mo")
    shutil.copytree(PACKAGE, copy, ignore=leave)
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "zh_Hans"]
    command += ["--no-location", "--no-obsolete", "--settings", "genxu.config.settings.test"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    said = read(copy / CATALOGUE)
    found = {(m.context, key(m)): m for m in said if m.id}
    new = [m for name, m in found.items() if name not in MESSAGES]
    assert not new, f"not in {CATALOGUE} yet:\n\n{entries(new)}"
    gone = MESSAGES.keys() - found.keys()
    assert not gone, f"no longer said by the code: {gone}"


def hidden(path: Path) -> set[str]:
    """The sentences within its f-strings: xgettext does not read those."""
    parts = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.JoinedStr)]
    calls = [n for part in parts for n in ast.walk(part) if isinstance(n, ast.Call)]
    return {
        n.args[0].value for n in calls
        if isinstance(n.func, ast.Name) and n.func.id in ("_", "gettext")
        and isinstance(n.args[0], ast.Constant)
    }  # fmt: skip


def test_a_sentence_within_an_f_string_is_translated_too() -> None:
    code = [path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts]
    said = {text for path in code for text in hidden(path)}
    assert said
    assert not [text for text in said if (None, text) not in MESSAGES]


BARE = {"确定", "确认", "提交", "保存", "好", "好的"}


def test_a_button_names_its_act() -> None:
    """Whoever taps knows what it does: no word of the catalogue is a bare yes."""
    assert not [name for name, one in MESSAGES.items() if {*texts(one)} & BARE]


def test_who_is_due_to_attend_is_no_deadline() -> None:
    """应到 is said of people at a meeting; a deadline is 最晚哪天."""
    matters = (PACKAGE / "institutions" / "matters" / "templates").rglob("*.html")
    assert not [path.name for path in matters if '{% trans "Due" %}' in path.read_text()]
    assert not [name for name, one in MESSAGES.items() if "期限" in texts(one)]
