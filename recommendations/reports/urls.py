"""Addresses of reports; a report's own begins with its code."""

from django.urls import path

from recommendations.reports import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/export/<str:file_format>/", views.export, name="reports_export"),
    path("<slug:code>/", views.report, name="report"),
    path("<slug:code>/<slug:number>/reading/", views.reading, name="reading"),
]
