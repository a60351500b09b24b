from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "genxu.shell"
    label = "shell"
