from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "genxu.core"
    label = "core"
