from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class JobsConfig(AppConfig):
    name = "genxu.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Every app's ``tasks.py`` names its kinds of jobs; heavy libraries are loaded within."""
        for app in apps.get_app_configs():
            if app.name.startswith("genxu.") and find_spec(f"{app.name}.tasks"):
                import_module(f"{app.name}.tasks")
