"""Places, and the codes and names they had before."""

from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core.access import under

from .codes import LENGTHS, Level, ancestors_of

NAME_LIMIT, WORD_LIMIT = 60, 8
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

    def open(self) -> Self:
        """Those that were not closed: what is new can lie there."""
        return self.filter(closed_on=None)

    def named_like(self, place: "Region") -> Self:
        """The other open hamlets of its village that bear the same name and the same word: there
        must be none (docs/adr/0016)."""
        rows = self.open().of_level(Level.HAMLET).filter(parent_id=place.parent_id)
        same = rows.filter(name=place.name, distinguished_by=place.distinguished_by)
        return same.exclude(code=place.code)

    def path_to(self, code: str) -> Self:
        """The places above and the place itself, the prefecture first."""
        codes = [*ancestors_of(code), code]
        return self.filter(code__in=[c for c in codes if len(c) > 2]).order_by("code")


class Region(models.Model):
    """A place (区划): its short code is the key, see ``codes``.

    ``distinguished_by`` is a short word that tells it from another one of the same name in its
    village; ``closed_on`` is the day on which a hamlet was given up.
    """

    code = models.CharField(_("code"), max_length=15, primary_key=True)
    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    distinguished_by = models.CharField(_("told apart by"), max_length=WORD_LIMIT, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    beyond_village = False
    """Whether it stands in a list that reaches beyond one village: ``label`` says which then."""

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
        """The name as people say it: 金塘村村委会 is 金塘村; with the word that tells it apart."""
        word = f"（{self.distinguished_by}）" if self.distinguished_by else ""
        for official, said in SUFFIXES:
            if self.name.endswith(official):
                return self.name.removesuffix(official) + said + word
        return self.name + word

    @property
    def label(self) -> str:
        """The name in a row: “岗东村·罗家洲” where its list reaches beyond the village."""
        return f"{self.parent}·{self}" if self.beyond_village and self.parent else str(self)

    @property
    def ended(self) -> str:
        """Why nothing new can lie there; empty for a place that is open."""
        if self.closed_on is None:
            return ""
        told = {"place": self, "day": self.closed_on.isoformat()}
        return gettext("%(place)s was closed on %(day)s. Nothing new is written there.") % told

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


class FormerName(models.Model):
    """A name that a place bore until a day; ``merged``: the name of another one, now part of it."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=NAME_LIMIT)
    until = models.DateField()
    merged = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.name} → {self.region_id}"
