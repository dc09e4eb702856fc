from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "cms.translation"
    label = "translation"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.languages.tab_links import register_tab_link

        from .glossary import annotations, keeping_up, policies
        from .machine import checks as _checks  # noqa: F401  (registers them)
        from .machine import entry_points as machine
        from .side_by_side import (
            register_offer,
            register_piece_reader,
            register_source_annotator,
        )
        from .side_by_side.entry_points import tab_link

        register_tab_link(tab_link)
        register_source_annotator(annotations.marks_on)
        register_piece_reader(annotations.notes_on)
        register_offer(machine.offer)
        register_offer(annotations.way_to_the_glossary)
        keeping_up.register()
        policies.register()
