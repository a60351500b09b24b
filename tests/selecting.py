"""Which tests run on which database, and in which order.

SQLite runs all. PostgreSQL runs what asks for a database (its own fixtures say so: without them
pytest-django lets nothing near one), and of the browser's stories those that cross the whole
program; what is marked ``once`` is proved on SQLite for both.
"""

import pytest

from .moulds import ON_POSTGRES

ASKS = {"db", "transactional_db", "moulds"}


def runs_here(item: pytest.Item) -> bool:
    if not ON_POSTGRES:
        return True
    if item.get_closest_marker("once"):
        return False
    if item.get_closest_marker("e2e"):
        return item.get_closest_marker("crossing") is not None
    asked = bool(ASKS & set(getattr(item, "fixturenames", ())))
    return asked or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The stories first: one process walks them while another does the rest."""
    left = [item for item in items if not runs_here(item)]
    if left:
        config.hook.pytest_deselected(items=left)
    here = [item for item in items if runs_here(item)]
    items[:] = sorted(here, key=lambda item: item.get_closest_marker("e2e") is None)
