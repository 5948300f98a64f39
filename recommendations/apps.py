"""WHAT: reports, recommendations, updates, decisions and what is made of them."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "recommendations"
