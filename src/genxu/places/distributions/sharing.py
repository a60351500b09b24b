"""How a year's income becomes each household's sum: whole numbers in, whole fen out, no query.

The order is the law's: losses of earlier years are made good, then the reserve (公积公益金) at the
charter's rate, then the members by their shares (农村集体经济组织法 第四十二条; 财农〔2021〕121号
第二十八条). Before the members comes what their meeting leaves for the next year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genxu.core.money import apportion

PER_MILLE = 1000
HALF = PER_MILLE // 2


@dataclass(frozen=True, slots=True)
class Steps:
    """The way from the income of a year to what the members share, in fen. ``rate`` is per mille.

    ``earlier`` is what earlier years left: below nothing their losses, above what their meetings
    did not share out; the reserve was taken of that already.
    """

    earned: int
    earlier: int
    rate: int
    kept: int = 0

    @property
    def losses(self) -> int:
        return max(-self.earlier, 0)

    @property
    def carried(self) -> int:
        return max(self.earlier, 0)

    @property
    def made_good(self) -> int:
        """Of the losses of earlier years, as far as the income of this one reaches."""
        return max(min(self.earned, self.losses), 0)

    @property
    def income(self) -> int:
        """Of the year, once earlier losses are made good."""
        return self.earned - self.made_good

    @property
    def reserve(self) -> int:
        """Rounded to the fen, half a fen up (四舍五入)."""
        return (max(self.income, 0) * self.rate + HALF) // PER_MILLE

    @property
    def left(self) -> int:
        """What the meeting may share out or leave: nothing of a year that ended with a loss, or
        whose income only made earlier losses good."""
        return self.income - self.reserve + self.carried if self.income > 0 else 0

    @property
    def shared(self) -> int:
        return self.left - self.kept


@dataclass(frozen=True, slots=True)
class Part:
    """What falls to one holder: the sum, and whether one fen of it came by its remainder."""

    key: Any
    quantity: int
    sum: int
    odd: bool


def share_out(total: int, held: Mapping[Any, int]) -> list[Part]:
    """``total`` fen by shares, in the order of the keys: each the whole fen of its part, those that
    remain one by one to the largest remainders, of equal ones to the first key. In whatever order
    they were typed, the result is the same. ``ValueError`` if nobody holds a share."""
    keys = sorted(held)
    quantities = [held[key] for key in keys]
    whole = sum(quantities)
    return [
        Part(key, quantity, fen, odd=fen > total * quantity // whole)
        for key, quantity, fen in zip(keys, quantities, apportion(total, quantities), strict=True)
    ]
