"""One production for the tests of a process; those that break it open their own."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.moulds import Moulds

from .site import Site, open_site

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]

BUILT = Path(__file__).parents[2] / "src" / "genxu" / "static_build" / "manifest.json"


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, moulds: Moulds
) -> Iterator[Site]:
    assert BUILT.exists(), "The front end is not built yet: run npm run build, or make test."
    name = f"genxu_production_{os.getpid()}_{worker_id}"
    yield from open_site(tmp_path_factory.mktemp("production"), name, moulds)
