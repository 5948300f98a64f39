"""Addresses of reviews, and of earlier days in their layout."""

from django.urls import include, path

from recommendations.reviews import running, views

urlpatterns = [
    path("reviews/", views.index, name="reviews"),
    path("reviews/new/", running.new, name="review_new"),
    path("reviews/export/<str:file_format>/", views.export, name="reviews_export"),
    path("reviews/now/list/", views.now_list, name="now_list"),
    path("reviews/now/list/export/<str:file_format>/", views.export_now_list, name="now_list_export"),
    path("reviews/<slug:slug>/", views.review, name="review"),
    path("reviews/<slug:slug>/change/", running.change, name="review_change"),
    path("reviews/<slug:slug>/ask/", running.ask, name="review_ask"),
    path("reviews/<slug:slug>/start/", running.start, name="review_start"),
    path("reviews/<slug:slug>/list/", views.listing, name="review_list"),
    path("reviews/<slug:slug>/list/export/<str:file_format>/", views.export_listing, name="review_list_export"),
    path("reviews/<slug:slug>/decisions/", views.log, name="review_decisions"),
    path("reviews/<slug:slug>/decisions/export/<str:file_format>/", views.export_log, name="decisions_export"),
    path("reviews/<slug:slug>/learning/", running.learning, name="review_learning"),
    path("reviews/<slug:slug>/learning/<int:pk>/remove/", running.learning_off, name="review_learning_off"),
    path("reviews/<slug:slug>/attendance/", running.attendance, name="review_attendance"),
    path("reviews/<slug:slug>/", include("recommendations.reviews.meeting.urls")),
    path("reviews/<slug:slug>/", include("recommendations.reviews.papers.urls")),
    path("reviews/<slug:slug>/", include("recommendations.reviews.reminders.urls")),
    path("reviews/<slug:slug>/returns/<slug:body>/", include("recommendations.reviews.returns.urls")),
    path("", include("recommendations.reviews.as_at.urls")),
]
