"""Which settings are in force."""

import os

MODES = ("demo", "test", "production")


def choose() -> str:
    """Point Django at the settings of ``GENXU_MODE``; demonstration unless told otherwise."""
    mode = os.environ.get("GENXU_MODE", "demo")
    if mode not in MODES:
        raise SystemExit(f"GENXU_MODE must be one of {', '.join(MODES)}, not {mode!r}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"genxu.config.settings.{mode}")
    return mode
