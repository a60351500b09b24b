from django.apps import AppConfig
from django.urls import register_converter


class CoreConfig(AppConfig):
    name = "genxu.core"
    label = "core"

    def ready(self) -> None:
        from .pages import KeyInAddress

        register_converter(KeyInAddress, "key")
