"""`cms.languages.formats` as filters, in the language that is active; what is empty stays empty.

A moment is read on the clocks of the time zone around it (`{% timezone page.zone %}`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from cms.languages import formats

register = template.Library()


@register.filter(expects_localtime=True)
def day(value: Any, width: str = "long") -> str:
    """`{{ page.date|day }}` → 9 October 2023; `|day:"short"` in tables."""
    return formats.day(value, width=width) if value else ""


@register.filter(expects_localtime=True)
def weekday(value: Any) -> str:
    """`{{ meeting.date|weekday }}` → Monday."""
    return formats.weekday(value) if value else ""


@register.filter(expects_localtime=True)
def month(value: Any) -> str:
    """`{{ event.start|month }}` → Oct."""
    return formats.month(value) if value else ""


@register.filter(expects_localtime=True)
def clock(value: Any) -> str:
    """`{{ meeting.start|clock }}` → 10.05 a.m."""
    return formats.clock(value) if value is not None and value != "" else ""


@register.filter(expects_localtime=True)
def moment(value: Any, width: str = "long") -> str:
    """`{{ job.created_at|moment }}` → 9 October 2023, 10.05 a.m."""
    return formats.moment(value, width=width) if value else ""


@register.simple_tag
def day_range(first: Any, last: Any = None) -> str:
    """`{% day_range session.opened_on session.closed_on %}` → 9–13 October 2023."""
    return formats.day_range(first, last or None) if first else ""


@register.simple_tag
def clock_range(first: Any, last: Any = None) -> str:
    """`{% clock_range meeting.start meeting.end %}` → 10 a.m. – 1 p.m."""
    return formats.clock_range(first, last or None) if first else ""


@register.filter
def number(value: Any) -> str:
    """`{{ count|number }}` → 12,345."""
    return formats.number(value) if value is not None and value != "" else ""


@register.filter
def percent(value: Any) -> str:
    """`{{ share|percent }}` → 25%."""
    return formats.percent(value) if value is not None and value != "" else ""


@register.filter
def file_size(value: Any) -> str:
    """`{{ file.get_file_size|file_size }}` → 1.2 MB."""
    return formats.file_size(value) if value is not None and value != "" else ""


@register.filter
def listed(values: Iterable[Any]) -> str:
    """`{{ names|listed }}` → a, b and c."""
    return formats.listed(values)
