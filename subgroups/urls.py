"""Addresses of bodies."""

from django.urls import path

from subgroups.views import bodies

urlpatterns = [
    path("bodies/", bodies.index, name="bodies"),
    path("bodies/<slug:slug>/", bodies.show, name="body"),
]
