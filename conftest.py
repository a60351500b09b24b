"""Makes the cast and its helpers known to the tests of the whole system and of each app."""

pytest_plugins = [
    "tests.cast",
    "tests.database",
    "tests.slips",
    "tests.moulds",
    "tests.selecting",
    "tests.costs",
]
