"""Addresses of signing in. They stand before the admin's, so that `/admin/login/` is no second way
in, and before the pages', whose first segment is a language too."""

from django.urls import path, re_path

from cms.languages.codes import CODES

from .views import account, passwords, sign_in

_LANGUAGE = f"(?P<language>{'|'.join(CODES)})"

urlpatterns = [
    path("_util/login/", sign_in.neutral_sign_in, name="wagtailcore_login"),
    path("admin/login/", sign_in.neutral_sign_in, name="neutral_sign_in"),
    path("_util/logout/", sign_in.sign_out, name="logout"),
    re_path(rf"^{_LANGUAGE}/sign-in/$", sign_in.SignInView.as_view(), name="sign_in"),
    re_path(rf"^{_LANGUAGE}/sign-in/code/$", sign_in.CodeView.as_view(), name="sign_in_code"),
    re_path(
        rf"^{_LANGUAGE}/sign-in/password/$",
        passwords.AskForPasswordView.as_view(),
        name="sign_in_ask_for_password",
    ),
    re_path(
        rf"^{_LANGUAGE}/sign-in/password/sent/$",
        passwords.PasswordSentView.as_view(),
        name="sign_in_password_sent",
    ),
    re_path(
        rf"^{_LANGUAGE}/sign-in/password/(?P<uidb64>[\w-]+)/(?P<token>[\w-]+)/$",
        passwords.NewPasswordView.as_view(),
        name="sign_in_new_password",
    ),
    re_path(rf"^{_LANGUAGE}/account/$", account.AccountView.as_view(), name="account"),
    re_path(
        rf"^{_LANGUAGE}/account/confirm/$", account.ConfirmView.as_view(), name="account_confirm"
    ),
    re_path(
        rf"^{_LANGUAGE}/account/password/$",
        passwords.ChangePasswordView.as_view(),
        name="account_password",
    ),
    re_path(
        rf"^{_LANGUAGE}/account/email/$", account.ChangeEmailView.as_view(), name="account_email"
    ),
    re_path(
        rf"^{_LANGUAGE}/account/second-factor/$",
        account.SecondFactorView.as_view(),
        name="account_second_factor",
    ),
    re_path(
        rf"^{_LANGUAGE}/account/second-factor/remove/$",
        account.RemoveFactorView.as_view(),
        name="account_remove_factor",
    ),
    re_path(
        rf"^{_LANGUAGE}/account/recovery-codes/$",
        account.RecoveryCodesView.as_view(),
        name="account_recovery_codes",
    ),
    re_path(
        rf"^{_LANGUAGE}/account/sessions/end/$",
        account.EndSessionsView.as_view(),
        name="account_end_sessions",
    ),
]
