"""The official chart of accounts (会计科目表).

农村集体经济组织会计制度 (财会〔2023〕14号, in force since 2024-01-01): 42 accounts; its article on
who applies it names villagers' committees that keep such books, too. The table is
``data/accounts.csv``.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language

CASH, BANK = "101", "102"
MONEY = (CASH, BANK)
"""What is money in hand; of neither can be less than nothing."""
PAYABLE = "211"
CAPITAL, RESERVE, YEAR, DISTRIBUTION = "301", "311", "321", "322"
OPERATING, SUBSIDIES, OTHER_INCOME = "501", "503", "504"
ADMINISTRATION, PUBLIC_GOOD, OTHER_EXPENSE = "513", "514", "515"
LOANS = ("201", "221")
"""What is borrowed: nothing is, for public works (财农〔2021〕121号 第十五条)."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account. ``kind`` is asset, liability, equity, cost, income or expense; ``side`` on which
    it grows: debit or credit."""

    code: str
    kind: str
    side: str
    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if (get_language() or "").startswith("zh") else self.en

    @property
    def label(self) -> str:
        return f"{self.code} {self}"

    def balance(self, debit: int, credit: int) -> int:
        """What stands on it: positive on the side on which it grows."""
        return debit - credit if self.side == "debit" else credit - debit


@cache
def accounts() -> dict[str, Account]:
    """Code → account, in the order of the chart."""
    text = (files("genxu.places.ledger") / "data/accounts.csv").read_text(encoding="utf-8")
    return {row["code"]: Account(**row) for row in csv.DictReader(text.splitlines())}


def codes_of(*kinds: str) -> list[str]:
    """The accounts of these kinds."""
    return [one.code for one in accounts().values() if one.kind in kinds]
