"""14 October 2025, never 10/14/2025: a date that two readers would read as two days."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j F Y، g:i A"
SHORT_DATETIME_FORMAT = "j M Y، g:i A"
