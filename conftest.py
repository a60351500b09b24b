"""Makes the cast and its helpers known to the tests of the whole system and of each app."""

import gc
from collections.abc import Generator

import pytest
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


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """While all is collected nothing of it becomes garbage, nor later: nobody looks through it
    again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()
