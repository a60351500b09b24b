from django.apps import AppConfig


class BranchesConfig(AppConfig):
    name = "genxu.organisation.branches"
    label = "branches"
