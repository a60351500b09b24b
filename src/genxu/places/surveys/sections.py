"""What a household reads on its own page of what it said."""

from genxu.core.sections import Section

from .queries import own_answers, own_incomes

SECTIONS = [
    Section(
        "own",
        40,
        "surveys/_own.html",
        lambda household: {"incomes": own_answers(household)},
        rows=own_incomes,
    )
]
