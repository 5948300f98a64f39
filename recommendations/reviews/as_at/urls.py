"""Addresses of how things stood on an earlier day or in a review."""

from django.urls import path

from recommendations.reviews.as_at import views

urlpatterns = [
    path("reviews/<slug:slug>/<slug:code>/<slug:number>/", views.recommendation_in, name="review_recommendation"),
    path("as-at/", views.ask_day, name="as_at_ask"),
    path("as-at/<str:day>/", views.as_at, name="as_at"),
    path("as-at/<str:day>/list/", views.as_at_list, name="as_at_list"),
    path("as-at/<str:day>/list/export/<str:file_format>/", views.export_list, name="as_at_list_export"),
    path("as-at/<str:day>/<slug:code>/<slug:number>/", views.recommendation_at, name="as_at_recommendation"),
]
