"""The hamlets of the demonstration and their households."""

from collections.abc import Iterator
from random import Random

from genxu.core.bulk import insert_rows
from genxu.people.models import Household
from genxu.regions.codes import Level
from genxu.regions.models import Region

from .names import hamlet_name, hamlet_surnames, person_name, phone

NAMED = {
    "421221104202": "罗家洲",
    "421222106208": "戴峰山屋场",
    "421221102210": "大屋梁",
    "421202101225": "朱家湾",
    "421221107204": "六组",
    "421223106211": "卢家大屋",
}
"""The hamlets that the article names, by their village."""

GANGDONG, GANGDONG_PEOPLE = "421221104202", 2557
HAMLETS, HOUSEHOLDS = 4405, 320_000
"""1,577 branches and 2,828 party groups, one to a hamlet; households covered (the article)."""
SMALL_HOUSEHOLDS = 73


def make_hamlets(rng: Random, *, small: bool) -> list[Region]:
    """The hamlets: the named ones first of their village, the others spread over the villages."""
    counts = dict.fromkeys(NAMED, 1) if small else _spread(rng)
    hamlets = []
    for village in sorted(counts):
        taken: set[str] = set()
        for number in range(1, counts[village] + 1):
            if number == 1 and village in NAMED:
                name = NAMED[village]
                taken.add(name)
            else:
                name = hamlet_name(rng, taken)
            code = f"{village}{number:03d}"
            hamlets.append(Region(code=code, name=name, level=Level.HAMLET, parent_id=village))
    Region.objects.bulk_create(hamlets, batch_size=2000)
    return hamlets


def _spread(rng: Random) -> dict[str, int]:
    """How many hamlets each village has: one each, then more in villages than in communities."""
    villages = list(
        Region.objects.of_level(Level.VILLAGE).order_by("code").values_list("code", flat=True)
    )
    weights = [4 if village[9] in "23" else 1 for village in villages]
    counts = dict.fromkeys(villages, 1)
    for village in rng.choices(villages, weights, k=HAMLETS - len(villages)):
        counts[village] += 1
    return counts


def make_households(rng: Random, hamlets: list[Region], *, small: bool) -> int:
    """Fill the register: as many households as the article counts, and the people of 港东村."""
    sizes = [SMALL_HOUSEHOLDS] * len(hamlets) if small else _sizes(rng, len(hamlets))
    heads = _people_of_gangdong(hamlets, sizes)
    insert_rows(
        Household,
        ("hamlet", "number", "head_name", "phone", "head_count"),
        _households(rng, hamlets, sizes, heads),
    )
    return sum(sizes)


def _sizes(rng: Random, count: int) -> list[int]:
    """So many hamlets of some 73 households, adding up to the whole."""
    drawn = [max(18, min(190, rng.gauss(73, 26))) for _n in range(count)]
    scale = HOUSEHOLDS / sum(drawn)
    sizes = [max(12, int(size * scale)) for size in drawn]
    left, n = HOUSEHOLDS - sum(sizes), 0
    while left:
        step = 1 if left > 0 else -1
        sizes[n % count] += step
        left -= step
        n += 1
    return sizes


def _people_of_gangdong(hamlets: list[Region], sizes: list[int]) -> dict[str, list[int]]:
    """Head counts for the village whose population the article gives: they add up to it."""
    of_village = [(h.code, s) for h, s in zip(hamlets, sizes, strict=True)
                  if h.parent_id == GANGDONG]  # fmt: skip
    total = sum(size for _code, size in of_village)
    if not total:
        return {}
    base, extra = divmod(GANGDONG_PEOPLE, total)
    found, given = {}, 0
    for code, size in of_village:
        found[code] = [base + (1 if given + n < extra else 0) for n in range(size)]
        given += size
    return found


def _households(
    rng: Random, hamlets: list[Region], sizes: list[int], heads: dict[str, list[int]]
) -> Iterator[tuple[object, ...]]:
    serial = 1000
    random = rng.random
    for hamlet, size in zip(hamlets, sizes, strict=True):
        surnames = hamlet_surnames(rng, hamlet.name)
        counts = heads.get(hamlet.code)
        for n in range(size):
            serial += 1
            name = person_name(rng, surnames[int(random() * len(surnames))])
            count = counts[n] if counts else 1 + int(random() * random() * 8)
            yield hamlet.code, n + 1, name, phone(serial), count
