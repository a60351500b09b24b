from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "genxu.demo"
    label = "demo"
