"""The editor's tabs: one a language, the source first, each with `lang`, `dir` and its state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import Media
from django.utils.safestring import mark_safe
from wagtail.admin.panels import ObjectList, Panel, TabbedInterface

from . import codes, withheld
from .states import LEGEND, State, is_machine
from .tab_links import TabLink, tab_links


class LanguageTab(ObjectList):
    """The panels of one language. `language`: our code."""

    def __init__(
        self, children: Sequence[Any] = (), *args: Any, language: str = "en", **kwargs: Any
    ):
        super().__init__(children, *args, **kwargs)
        self.language = language
        self.heading = codes.get(language).name

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"language": self.language}

    @property
    def clean_name(self) -> str:
        # The heading is in the language itself, so names made from it would be empty for Arabic.
        return f"language_{self.language}"

    class BoundPanel(ObjectList.BoundPanel):
        template_name = "languages/language_tab.html"

        @property
        def language(self) -> codes.Language:
            return codes.get(self.panel.language)

        @property
        def state(self) -> State:
            if not self.instance.pk:
                is_source = self.language.code == self.source_language
                return State.SOURCE if is_source else State.MISSING
            return self.instance.language_states()[self.language.code]

        @property
        def status(self) -> Any:
            """The form's field that says whether this language may go out; None without one."""
            name = f"translation_status_{self.language.code}"
            return self.form[name] if self.form is not None and name in self.form.fields else None

        @property
        def is_machine(self) -> bool:
            return is_machine(self.instance.translations, self.language.code)

        @property
        def links(self) -> list[TabLink]:
            return tab_links(self.instance, self.language.code, self.request)

        @property
        def source_language(self) -> str:
            return source_language_of(self.instance, self.request)


class SharedTab(ObjectList):
    """A tab of what all languages share. `name`: its id, the same in every admin language."""

    def __init__(self, children: Sequence[Any] = (), *args: Any, name: str = "", **kwargs: Any):
        super().__init__(children, *args, **kwargs)
        self.name = name

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"name": self.name}

    @property
    def clean_name(self) -> str:
        return self.name

    class BoundPanel(ObjectList.BoundPanel):
        template_name = "languages/object_list.html"


class LanguageTabs(TabbedInterface):
    """Tabs whose language tabs stand first, the source before the others."""

    class BoundPanel(TabbedInterface.BoundPanel):
        template_name = "languages/language_tabs.html"
        legend = LEGEND

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            withheld.prepare(self)

        def render_missing_fields(self) -> str:
            """Wagtail's, without what a tab shows itself: a second copy would be the one that
            counts."""
            shown = {child.status.name for child in self.children if getattr(child, "status", None)}
            claimed = shown | {*self.panel.get_form_options().get("fields", ())}
            missing = (str(self.form[name]) for name in self.form.fields if name not in claimed)
            return mark_safe("".join(missing))  # noqa: S308 - widgets escape what they show

        @property
        def is_limited(self) -> bool:
            """Whether the user may write some languages only."""
            return bool(getattr(self.form, "withheld", ()))

        @property
        def ordered_children_with_identifiers(self) -> list[tuple[Panel.BoundPanel, str]]:
            source = source_language_of(self.instance, self.request)
            return sorted(
                self.visible_children_with_identifiers,
                key=lambda pair: getattr(pair[0].panel, "language", None) != source,
            )

        @property
        def media(self) -> Media:
            return super().media + Media(css={"all": ["languages/tabs.css"]})


def source_language_of(instance: Any, request: Any) -> str:
    """The source language of an object in the editor; for a new one its parent's."""
    if instance.source_language:
        return str(instance.source_language)
    parent = instance.get_parent() if getattr(instance, "path", "") else None
    parent = parent or getattr(instance, "_cached_parent_obj", None)
    return getattr(parent, "source_language", "") or codes.active()
