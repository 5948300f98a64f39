"""Addresses of the list of recommendations."""

from django.urls import path

from recommendations.register import views

urlpatterns = [
    path("recommendations/", views.register, name="recommendations"),
    path("recommendations/export/<str:file_format>/", views.export, name="recommendations_export"),
]
