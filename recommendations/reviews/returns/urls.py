"""Addresses of a body's return."""

from django.urls import path

from recommendations.reviews.returns import views
from recommendations.reviews.returns.workbook import views as workbook

urlpatterns = [
    path("", views.fill, name="return"),
    path("check/", views.check, name="return_check"),
    path("workbook/", workbook.workbook, name="return_workbook"),
    path("upload/", workbook.upload, name="return_upload"),
    path("sent/", views.sent, name="return_sent"),
]
