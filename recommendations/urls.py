"""Addresses of reports, recommendations, updates and decisions."""

from django.urls import path

urlpatterns: list = []
