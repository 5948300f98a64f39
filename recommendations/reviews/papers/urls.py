"""Addresses of the papers of a review."""

from django.urls import path

from recommendations.reviews.papers import views

urlpatterns = [
    path("pack/", views.pack, name="pack"),
    path("pack/word/", views.pack_file, name="pack_file"),
    path("minutes/", views.minutes_file, name="minutes_file"),
]
