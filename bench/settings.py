"""The demonstration's settings, with one bare view more to measure against."""

from genxu.config.settings.demo import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
