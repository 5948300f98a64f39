"""Addresses of the annual report's tables."""

from django.urls import path

from recommendations.annual import views

urlpatterns = [
    path("annual-report/", views.builder, name="annual_report"),
    path("annual-report/<int:pk>/", views.page, name="annual_report_page"),
    path("annual-report/<int:pk>/change/", views.change, name="annual_report_change"),
    path("annual-report/<int:pk>/run/", views.run, name="annual_report_run"),
    path("annual-report/<int:pk>/export/<str:file_format>/", views.export, name="annual_report_file"),
    path("annual-report/<int:pk>/tables/<slug:slug>/", views.one_table, name="annual_report_table"),
]
