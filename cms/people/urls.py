"""The public page on which an invitation is taken up; before the pages', like signing in."""

from django.urls import re_path

from cms.languages.codes import CODES

from .views.joining import InvitationView, TakenView

_LANGUAGE = f"(?P<language>{'|'.join(CODES)})"

urlpatterns = [
    re_path(rf"^{_LANGUAGE}/invitation/accepted/$", TakenView.as_view(), name="invitation_taken"),
    re_path(
        rf"^{_LANGUAGE}/invitation/(?P<token>[\w-]{{20,100}})/$",
        InvitationView.as_view(),
        name="invitation",
    ),
]
