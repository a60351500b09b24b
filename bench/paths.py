"""Where things lie, and what a subprocess needs to know."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
SCRATCH = BUILD / "bench"
GENXU = str(Path(sys.executable).with_name("genxu"))
SETTINGS = "bench.settings"


def environment(url: str) -> dict[str, str]:
    """The environment in which the program runs on this database, with the bare view."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "GENXU_MODE": "demo",
        "GENXU_VAR": str(SCRATCH / "var"),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
