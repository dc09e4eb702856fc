"""What records in six languages share: a State by its code, a text that some language must have."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import codes
from .fields import column

STATE_CODE = RegexValidator(r"^[A-Z]{3}\Z", _("Give the State's ISO code: three capital letters."))


class StateCodeField(models.CharField):
    """A State by its ISO 3166-1 alpha-3 code, for rooms beside the one that keeps the States.

    `cms.languages.names` gives the name in each language.
    """

    default_validators = [STATE_CODE]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 3)
        kwargs.setdefault("help_text", _("ISO code of the State, for example FRA."))
        super().__init__(*args, **kwargs)


def require_one_language(instance: models.Model, field: str) -> None:
    """Raise ValidationError where a translated field is empty in all six languages."""
    if not any(getattr(instance, column(field, code)) for code in codes.CODES):
        raise ValidationError({column(field, "en"): _("Write this in at least one language.")})
