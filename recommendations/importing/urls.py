"""Addresses of bringing in a report."""

from django.urls import path

from recommendations.importing import rows_views, views

urlpatterns = [
    path("import/", views.bring_in, name="import"),
    path("import/rows/", rows_views.take_rows, name="import_rows"),
]
