"""The rooms, each with its addresses; those that begin with a report's code come last."""

from django.urls import include, path

ROOMS = ("home", "reviews", "importing", "annual", "register", "tracking", "reports")

urlpatterns = [path("", include(f"recommendations.{room}.urls")) for room in ROOMS]
