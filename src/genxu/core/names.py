"""The one form of a person's name: stored, searched, compared and guarded, it is the same.

Full width is narrow, blanks that only spread a name out and unseen signs are left out, every
middle dot is ·; characters beyond the first plane (𠮷) stay what they are.
"""

import re
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.db.models.lookups import Contains, IContains

DOT = "·"
_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSEEN = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef]"
)
_DOTS = re.compile(
    r"\s*[\u00b7\u1427\u2022\u2027\u2219\u22c5\u2e31\u30fb]\s*"
    rf"|(?<=[{_HAN}])\s*\.\s*(?=[{_HAN}])"
)
_SPREAD = re.compile(rf"(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])")
_BLANKS = re.compile(r"\s+")
_PLAIN = re.compile(r"[\u4e00-\u9fff]*\Z").match
"""Nearly every name there is: nothing to be done."""


def clean_name(text: str) -> str:
    """A name as it is kept: 张　三 is 张三, 买买提 • 艾力 is 买买提·艾力, John  Li is John Li."""
    if _PLAIN(text):
        return text
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return _BLANKS.sub(" ", _SPREAD.sub("", _DOTS.sub(DOT, text))).strip()


def bare(text: str) -> str:
    """A text in which names are found however they are spread out: without blanks (its lines stay
    apart) and without middle dots."""
    lines = (clean_name(line) for line in text.splitlines())
    return "\n".join(line.replace(" ", "").replace(DOT, "") for line in lines)


if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField


class NameField(Text):
    """A person's name: whatever is written to it or looked up in it takes the one form first, so
    that no door, form, sheet or operation can store another one."""

    def deconstruct(self) -> Any:
        """To the database it is a text as any other."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean_name(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The row at hand has the name that is stored, too."""
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class _InOneForm:
    """A part of a name that is looked for takes the one form as well."""

    def get_prep_lookup(self: Any) -> Any:
        return clean_name(self.rhs) if isinstance(self.rhs, str) else self.rhs


@NameField.register_lookup
class NameContains(_InOneForm, Contains):
    pass


@NameField.register_lookup
class NameIContains(_InOneForm, IContains):
    pass


def tidy(model: type[models.Model], *fields: str) -> list[Any]:
    """For a migration: give the names that stand there the one form; the keys of rows changed. Two
    rows that may not have one name stay apart as they are."""
    changed = []
    for row in model._default_manager.only("pk", *fields).order_by("pk").iterator(2000):
        names = {field: clean_name(getattr(row, field)) for field in fields}
        if any(getattr(row, field) != name for field, name in names.items()):
            with suppress(IntegrityError), transaction.atomic():
                model._default_manager.filter(pk=row.pk).update(**names)
                changed.append(row.pk)
    return changed
