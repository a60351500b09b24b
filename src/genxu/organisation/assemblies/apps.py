from django.apps import AppConfig


class AssembliesConfig(AppConfig):
    name = "genxu.organisation.assemblies"
    label = "assemblies"
