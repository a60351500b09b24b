"""Makes the cast and its helpers known to the tests of the whole system and of each app."""

from hypothesis import settings

pytest_plugins = [
    "tests.moulds",
    "tests.cast",
    "tests.database",
    "tests.slips",
    "tests.selecting",
    "tests.costs",
]

# A property is a law, not a race: on a busy machine any example may take its time.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
