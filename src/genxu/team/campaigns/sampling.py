"""Which parts are looked at by whom: pure, drawn by a random that is handed in."""

from collections.abc import Collection, Mapping, Sequence
from random import Random

ONE_IN = 10


def wanted(spoken: int) -> int:
    """How many of those that have spoken in a township are looked at: about one in ten, one at
    least."""
    return -(-spoken // ONE_IN)


def draw(
    spoken: Mapping[str, Sequence[int]],
    drawn: Mapping[str, int],
    staffed: Collection[str],
    county: str,
    rng: Random,
) -> dict[int, str]:
    """Part → the office that looks at it. ``spoken`` are the parts of each township that have
    spoken and are not drawn yet, ``drawn`` how many are. Each goes to another township that has
    somebody to look, dealt out evenly; to the county where there is none."""
    found: dict[int, str] = {}
    given = dict.fromkeys(sorted(staffed), 0)
    for township in sorted(spoken):
        parts, done = spoken[township], drawn.get(township, 0)
        count = min(len(parts), max(0, wanted(len(parts) + done) - done))
        for part in rng.sample(list(parts), count):
            others = [one for one in given if one != township]
            least = min((given[one] for one in others), default=0)
            free = [one for one in others if given[one] == least]
            found[part] = rng.choice(free) if free else county
            if free:
                given[found[part]] += 1
    return found
