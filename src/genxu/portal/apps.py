from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "genxu.portal"
    label = "portal"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers itself
