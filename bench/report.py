"""The rows of the report: kept, printed as a table, written as JSON."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

COLUMNS = ("measure", "value", "floor", "ratio", "target", "met")
NOT_MEASURED = "not measured"


class Failed(Exception):
    """Something could not be measured; the text says why in a plain sentence."""


@dataclass(frozen=True)
class Row:
    """One measure: its value and floor in ``unit``; without a target it only informs."""

    measure: str
    value: float | None
    unit: str
    floor: float | None = None
    ratio: float | None = None
    target: str | None = None
    met: bool | None = None
    said: str = NOT_MEASURED
    """Instead of a value that there is not."""


@dataclass
class Report:
    """Collects rows and notes; notes say under the table what a number cannot."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(
        self,
        measure: str,
        value: float,
        unit: str,
        *,
        floor: float | None = None,
        target: str | None = None,
        meets: Callable[[float, float], bool] | None = None,
    ) -> None:
        """Note a measure; ``meets(value, ratio)`` says whether the target is met."""
        ratio = value / floor if floor else None
        met = meets(value, ratio or 0.0) if meets else None
        self.rows.append(Row(measure, value, unit, floor, ratio, target, met))

    def skip(
        self, measure: str, unit: str, target: str, met: bool | None, said: str = NOT_MEASURED
    ) -> None:
        """Note that a measure could not be taken; ``met`` is False where the program failed."""
        self.rows.append(Row(measure, None, unit, target=target, met=met, said=said))

    def note(self, text: str) -> None:
        self.notes.append(text)

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        body = [_rounded(asdict(row)) for row in self.rows]
        path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def table(self) -> str:
        lines = [COLUMNS, *(_cells(row) for row in self.rows)]
        widths = [max(_width(line[n]) for line in lines) for n in range(len(COLUMNS))]
        drawn = ["  ".join(_padded(c, w) for c, w in zip(line, widths, strict=True)).rstrip()
                 for line in lines]  # fmt: skip
        drawn.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join([*drawn, "", *(f"* {text}" for text in self.notes)])


def _rounded(row: dict[str, object]) -> dict[str, object]:
    return {k: float(f"{v:.4g}") if isinstance(v, float) else v for k, v in row.items()}


def _cells(row: Row) -> tuple[str, ...]:
    met = {True: "yes", False: "NO", None: ""}[row.met]
    value = row.said if row.value is None else f"{_number(row.value)} {row.unit}"
    floor = "" if row.floor is None else _number(row.floor)
    return row.measure, value, floor, _ratio(row.ratio), row.target or "", met


def _ratio(ratio: float | None) -> str:
    if ratio is None:
        return ""
    return f"1/{1 / ratio:.1f}" if 0 < ratio < 0.5 else f"{ratio:.2f}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
