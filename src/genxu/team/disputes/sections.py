"""What a household that is a side reads and says on its own page."""

from genxu.core.sections import Section

from .queries import own_parts, own_sides

SECTIONS = [
    Section(
        "own",
        20,
        "disputes/_own.html",
        lambda household: {"disputes": own_parts(household)},
        rows=own_sides,
    )
]
