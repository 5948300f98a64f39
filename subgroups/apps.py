"""WHO: people, agencies, bodies, posts and what each may do."""

from django.apps import AppConfig


class SubgroupsConfig(AppConfig):
    name = "subgroups"
