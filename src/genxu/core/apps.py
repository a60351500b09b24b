from django.apps import AppConfig
from django.urls import register_converter

REGISTER_THEMSELVES = ("checks", "tasks")
"""Rooms to be read at the start: what stands there tells Django, or the jobs, of itself."""


class CoreConfig(AppConfig):
    name = "genxu.core"
    label = "core"

    def ready(self) -> None:
        from .declared import rooms
        from .pages import KeyInAddress, PlaceInAddress

        register_converter(KeyInAddress, "key")
        register_converter(PlaceInAddress, "place")
        for name in REGISTER_THEMSELVES:
            rooms(name)
