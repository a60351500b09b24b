"""Places as spreadsheets name them: by code, by names in several columns, or all in one.

The tree below a place is read once; each way of writing is worked out once and remembered.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from genxu.core.access import under

from .codes import LENGTHS, LEVELS, Level, ancestors_of, level_of, parent_of, short
from .former import codes_now
from .models import FormerName, Region
from .saying import BETWEEN, ENDINGS, said_name, stem_of

CODE = "code"
BELOW = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE, Level.HAMLET)


class Unplaced(ValueError):
    """A place that was not found; ``column`` is the level whose column is wrong, or "code"."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = str(column)


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    level: Level
    said: str
    stem: str


class Places:
    """The places at and below one place, to be found by what a row says."""

    def __init__(self, place: Region) -> None:
        self.place = place
        self._tree: dict[str, Place] = {}
        self._by_name: dict[tuple[Level, str], list[Place]] = defaultdict(list)
        self._by_parent: dict[tuple[str, str], list[Place]] = defaultdict(list)
        rows = Region.objects.filter(
            under(place.code, "code") | Q(code__in=ancestors_of(place.code))
        )
        fields = ("code", "name", "level", "distinguished_by")
        for code, name, level, word in rows.order_by("code").values_list(*fields):
            self._remember(code, name, Level(level), word)
        for code, name, level in self._called_before():
            self._remember_former(code, name, Level(level))
        self._known: dict[tuple[str, ...], str | Unplaced] = {}

    def _remember(self, code: str, name: str, level: Level, word: str) -> None:
        said = said_name(name, level)
        told = f"{said}（{word}）" if word else said
        place = Place(code, name, level, told, stem_of(said, level))
        self._tree[code] = place
        if code.startswith(self.place.code):
            for key in {told, f"{said}({word})", said, place.stem, BETWEEN.sub("", name)}:
                self._by_name[level, key].append(place)
                self._by_parent[parent_of(code) or "", key].append(place)

    def _called_before(self) -> Iterable[tuple[str, str, str]]:
        """The names that places below had before, or that were merged into them."""
        rows = FormerName.objects.filter(under(self.place.code, "region")).order_by("pk")
        return rows.values_list("region_id", "name", "region__level")

    def _remember_former(self, code: str, name: str, level: Level) -> None:
        """A name of before means its place, where no other bears it now."""
        said = said_name(name, level)
        for key in {said, stem_of(said, level)}:
            for known in (self._by_name[level, key], self._by_parent[parent_of(code) or "", key]):
                if not known:
                    known.append(self._tree[code])

    def hamlet(
        self, code: str = "", county: str = "", township: str = "", village: str = "",
        hamlet: str = "",
    ) -> str:  # fmt: skip
        """The code of the hamlet that a row means; ``Unplaced`` says what is wrong with it."""
        key = (code, county, township, village, hamlet)
        found = self._known.get(key)
        if found is None:
            try:
                found = self._find(*key)
            except Unplaced as error:
                found = error
            self._known[key] = found
        if isinstance(found, Unplaced):
            raise found
        return found

    def _find(self, code: str, *names: str) -> str:
        within = self._by_code(code) if code.strip() else self.place.code
        named = dict(zip(BELOW, names, strict=True))
        for level in BELOW:
            if said := BETWEEN.sub("", named[level]):
                within = self._step(within, level, said, named)
        return self._a_hamlet(within, named, coded=bool(code.strip()))

    def _by_code(self, given: str) -> str:
        try:
            code = short(re.sub(r"\.0$", "", re.sub(r"\s", "", given)))
        except ValueError:
            raise Unplaced(CODE, _("“%(code)s” is no place code.") % {"code": given}) from None
        if code not in self._tree:
            code = self._former.get(code, code)
        if not code.startswith(self.place.code):
            above = next((c for c in reversed([*ancestors_of(code), code]) if c in self._far), "")
            raise self._outside(CODE, f"{self._far[above]} ({given})" if above else given)
        if code not in self._tree:
            raise Unplaced(CODE, _("There is no place with the code %(code)s.") % {"code": given})
        return code

    @cached_property
    def _former(self) -> dict[str, str]:
        """Former code → today's, of the places below; read when the first strange code comes."""
        return codes_now(self.place.code)

    @cached_property
    def _far(self) -> dict[str, str]:
        """The names of all places down to the townships, to say whose code a strange one is."""
        rows = Region.objects.filter(level__in=[Level.COUNTY, Level.TOWNSHIP])
        return {one.code: one.short_name for one in rows}

    def _outside(self, column: str, name: str) -> Unplaced:
        message = _("%(name)s does not lie in %(place)s, for which this file is.")
        return Unplaced(column, message % {"name": name, "place": self.place})

    def _step(self, within: str, level: Level, said: str, named: dict[Level, str]) -> str:
        """The place of a level that a name means, seen from a place that is known already."""
        length = LENGTHS[level]
        if length <= len(within):
            return self._confirmed(within, level, said)
        known = self._by_parent.get((within, said_name(said, level)), [])
        if len(known) == 1:
            return known[0].code
        found = [p for p in self._named(level, said) if p.code.startswith(within)]
        if len(found) == 1:
            return found[0].code
        if found:
            raise Unplaced(level, self._which(found, said))
        paths = self._along(within, level, said)
        if len(paths) == 1:
            return paths[0]
        if paths:
            raise Unplaced(level, self._which([self._tree[code] for code in paths], said))
        elsewhere = self._named(level, said)
        if elsewhere and len(within) > len(self.place.code):
            raise Unplaced(level, self._not_there(within, said, elsewhere[0]))
        raise Unplaced(level, self._unknown(within, level, said))

    def _confirmed(self, within: str, level: Level, said: str) -> str:
        """A name for what is known already, by the code or by the place of the file."""
        known = self._tree.get(within[: LENGTHS[level]])
        official = said_name(said, level)
        if known is None or official in (known.said, known.stem):
            return within
        ended = level is not Level.HAMLET and ENDINGS[level].search(official)
        if stem_of(official, level) == known.stem and not ended:
            return within
        if self._along(within, level, said):
            return within
        if len(within) > len(self.place.code):
            message = _("“%(name)s” does not fit the code, which is that of %(place)s.")
            raise Unplaced(level, message % {"name": said, "place": known.said})
        raise self._outside(level, said)

    def _named(self, level: Level, said: str) -> list[Place]:
        """The places of a level with this name; with exactly this name, if there are such."""
        official = said_name(said, level)
        exact = self._by_name.get((level, official), [])
        whole = [place for place in exact if place.said == official]
        if whole or exact:
            return whole or exact
        if ENDINGS[level].search(official) and level is not Level.HAMLET:
            return []
        return self._by_name.get((level, stem_of(official, level)), [])

    def _along(self, within: str, level: Level, said: str) -> list[str]:
        """The places of the level whose name stands last, behind names of places above it."""
        found = set()
        for start in range(1, len(said)):
            for place in self._named(level, said[start:]):
                if place.code.startswith(within[: len(place.code)]) and self._leads(
                    said[:start], place
                ):
                    found.add(place.code)
        return sorted(found)

    def _leads(self, said: str, place: Place) -> bool:
        """Whether a text is nothing but names of places above this one, in their order."""
        for length in LEVELS:
            above = self._tree.get(place.code[:length]) if length < len(place.code) else None
            if above is None:
                continue
            for name in sorted(_ways_to_say(above), key=len, reverse=True):
                if said.startswith(name):
                    said = said[len(name) :]
                    break
        return not said

    def _a_hamlet(self, code: str, named: dict[Level, str], *, coded: bool) -> str:
        if level_of(code) == Level.HAMLET:
            return code
        if coded and not any(named.values()):
            message = _("This is the code of %(place)s. The code of a hamlet has 15 digits.")
            raise Unplaced(CODE, message % {"place": self._tree[code].said})
        raise Unplaced(Level.HAMLET, _("The hamlet is missing."))

    def _which(self, found: list[Place], said: str) -> str:
        places = "、".join(self._whole(place.code) for place in found[:4])
        message = _("There are several %(name)s: %(places)s. Say which one.")
        return message % {"name": said, "places": places + ("…" if len(found) > 4 else "")}

    def _whole(self, code: str) -> str:
        """The names from below the place of the file down to a place."""
        return "".join(
            self._tree[code[:length]].said
            for length in LEVELS
            if len(self.place.code) < length <= len(code)
        )

    def _not_there(self, within: str, said: str, elsewhere: Place) -> str:
        message = _("%(name)s does not lie in %(place)s but in %(other)s.")
        above = elsewhere.code[: len(within)]
        return message % {
            "name": said, "place": self._tree[within].said,
            "other": self._whole(above) or self._tree[above].said,
        }  # fmt: skip

    def _unknown(self, within: str, level: Level, said: str) -> str:
        place = self._tree[within].said
        like = list(self._resembling(within, level, said))
        if like:
            message = _("There is no %(name)s in %(place)s. Is %(like)s meant?")
            return message % {"name": said, "place": place, "like": "、".join(like[:3])}
        return _("There is no %(name)s in %(place)s.") % {"name": said, "place": place}

    def _resembling(self, within: str, level: Level, said: str) -> Iterator[str]:
        """Names that differ by one letter, or hold this one, or are held by it."""
        for place in self._tree.values():
            if place.level == level and place.code.startswith(within):
                same = sum(a == b for a, b in zip(place.said, said, strict=False))
                near = len(place.said) == len(said) and same == len(said) - 1 and same > 1
                if near or place.stem in said or said in place.said:
                    yield place.said


_OFFICES_OF = ("村委会", "村民委员会", "村村委会", "村村民委员会", "居委会", "居民委员会",
               "社区居委会", "社区居民委员会")  # fmt: skip


def _ways_to_say(place: Place) -> set[str]:
    ways = {place.name, place.said, place.stem}
    if place.level is Level.VILLAGE:
        ways |= {place.stem + office for office in _OFFICES_OF}
    return ways
