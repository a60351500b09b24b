"""Places and the codes they had before."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.access import under

from .codes import LENGTHS, Level, ancestors_of

SUFFIXES = (
    ("村村委会", "村"),
    ("村民委员会", "村"),
    ("村委会", "村"),
    ("居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("居委会", "社区"),
)


class RegionQuerySet(models.QuerySet["Region"]):
    def under(self, code: str) -> Self:
        """The place itself and all below it."""
        return self.filter(under(code, "code"))

    def of_level(self, level: Level) -> Self:
        return self.filter(level=level)

    def path_to(self, code: str) -> Self:
        """The places above and the place itself, the prefecture first."""
        codes = [*ancestors_of(code), code]
        return self.filter(code__in=[c for c in codes if len(c) > 2]).order_by("code")


class Region(models.Model):
    """A place (区划): its short code is the key, see ``codes``."""

    code = models.CharField(_("code"), max_length=15, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")

    objects = RegionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["level", "code"], name="region_level")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def place_code(self) -> str:
        return self.code

    @property
    def short_name(self) -> str:
        """The name as people say it: 金塘村村委会 is 金塘村."""
        for official, said in SUFFIXES:
            if self.name.endswith(official):
                return self.name.removesuffix(official) + said
        return self.name

    @property
    def is_hamlet(self) -> bool:
        return len(self.code) == LENGTHS[Level.HAMLET]


class FormerCode(models.Model):
    """A code that a place had before it was recoded; old links and papers still find it."""

    code = models.CharField(max_length=15, primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="former_codes")
    changed_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.code} → {self.region_id}"
