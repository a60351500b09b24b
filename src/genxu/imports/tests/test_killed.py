"""A real process, killed in the midst of taking in, and run again: nothing is doubled or lost."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.house import migrated
from tests.moulds import Moulds

from .factories import workbook

pytestmark = pytest.mark.once

VILLAGE, HAMLETS = "421221104202", 20
ROWS = 12_000
GENXU = (sys.executable, "-m", "genxu.cli")


def surroundings(folder: Path) -> dict[str, str]:
    env = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    return env | {"GENXU_MODE": "demo", "GENXU_VAR": str(folder / "var")}


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory, moulds: Moulds) -> Path:
    """A database of its own with a village of twenty hamlets, and a file for it."""
    folder = tmp_path_factory.mktemp("village")
    lines = ["code,name,level,parent_code", "420000000000,湖北省,province,"]
    above = "420000000000"
    for code, name, level in (("421200000000", "咸宁市", "prefecture"),
                              ("421221000000", "嘉鱼县", "county"),
                              ("421221104000", "新街镇", "township"),
                              (VILLAGE, "港东村村委会", "village")):  # fmt: skip
        lines.append(f"{code},{name},{level},{above}")
        above = code
    lines += [f"{VILLAGE}{n:03d},湾{n},hamlet,{VILLAGE}" for n in range(1, HAMLETS + 1)]
    (folder / "places.csv").write_text("\n".join(lines), "utf-8")
    rows = [(f"湾{n * HAMLETS // ROWS + 1}", n % 600 + 1, f"某{n}", 2) for n in range(ROWS)]
    content = workbook(("湾", "门牌序号", "户主", "人数"), *rows)
    (folder / "households.xlsx").write_bytes(content)
    moulds.pour("migrated", migrated, folder / "var", "")
    places = [*GENXU, "regions", "import", str(folder / "places.csv")]
    subprocess.run(places, env=surroundings(folder), check=True, capture_output=True)
    return folder


@pytest.fixture
def house(village: Path, tmp_path: Path) -> dict[str, str]:
    """A copy of the village for each test."""
    shutil.copytree(village, tmp_path, dirs_exist_ok=True)
    return surroundings(tmp_path)


def command(tmp_path: Path) -> list[str]:
    return [*GENXU, "import", "households", str(tmp_path / "households.xlsx"), "--place", VILLAGE]


def count(tmp_path: Path) -> int:
    with sqlite3.connect(tmp_path / "var" / "genxu.sqlite3", timeout=20) as connection:
        (found,) = connection.execute("SELECT COUNT(*) FROM people_household").fetchone()
    return int(found)


def test_killed_and_run_again(tmp_path: Path, house: dict[str, str]) -> None:
    process = subprocess.Popen(command(tmp_path), env=house, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while count(tmp_path) == 0 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    there = count(tmp_path)
    assert there > 0
    assert there % 600 == 0, "a batch is in, or it is not"
    again = run(tmp_path, house)
    assert again["same"] == there
    assert again["new"] == ROWS - there
    assert count(tmp_path) == ROWS
    third = run(tmp_path, house)
    assert (third["same"], third["new"]) == (ROWS, 0)


def run(tmp_path: Path, house: dict[str, str]) -> dict[str, Any]:
    """The sum that the command prints: rows = new + changed + same + wrong + empty."""
    done = subprocess.run(command(tmp_path), env=house, capture_output=True, text=True, check=True)
    numbers = [int(n.replace(",", "")) for n in re.findall(r"[\d,]+", done.stdout.splitlines()[0])]
    assert numbers[0] == sum(numbers[1:])
    return dict(zip(("rows", "new", "changed", "same", "wrong", "empty"), numbers, strict=True))


def test_two_files_at_once(tmp_path: Path, house: dict[str, str]) -> None:
    both = [subprocess.Popen(command(tmp_path), env=house, stdout=subprocess.DEVNULL)
            for _n in range(2)]  # fmt: skip
    assert [one.wait(timeout=240) for one in both] == [0, 0]
    assert count(tmp_path) == ROWS
