from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "genxu.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Every app's ``tasks.py`` names its kinds of jobs; heavy libraries are loaded within."""
        from genxu.core.declared import rooms

        rooms("tasks")
