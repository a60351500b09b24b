from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "genxu.imports"
    label = "imports"
