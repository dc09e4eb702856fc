"""The codes that a person's telephone would show."""

from django_otp.oath import TOTP

from cms.signin.encryption import unseal


def code_of(app, *, step=0):
    """The six digits of an app now, or `step` times 30 s later."""
    totp = TOTP(bytes.fromhex(unseal(app.sealed_secret)), drift=step)
    return f"{totp.token():06d}"
