"""Addresses of the board."""

from django.urls import path

from .views import AssignView, BoardView

urlpatterns = [
    path("", BoardView.as_view(), name="board"),
    path("results/", BoardView.as_view(results_only=True), name="board_results"),
    path("who/<int:page_id>/<slug:language>/", AssignView.as_view(), name="assign"),
]
