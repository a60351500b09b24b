"""A volunteer as a spreadsheet gives him."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise

from .facts import wrong_with


@dataclass(frozen=True, slots=True)
class VolunteerRow:
    """The code of the hamlet, the name, and what tells him from another of that name."""

    hamlet: str
    name: str
    phone: str = ""
    household_number: int | None = None
    guardian: str = ""
    """Who of the family agrees: only for one who is not 18 yet."""

    def cleaned(self) -> "VolunteerRow":
        return replace(self, name=clean_name(self.name), phone=self.phone.strip(),
                       guardian=clean_name(self.guardian))  # fmt: skip

    def problems(self) -> Mapping[str, StrOrPromise]:
        """Field → what is wrong with it; of a cleaned row."""
        return wrong_with(self.name, self.phone, bool(self.guardian), self.guardian)
