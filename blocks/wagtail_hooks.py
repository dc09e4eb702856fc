"""Registration with Wagtail's admin."""

from wagtail import hooks
from wagtail.admin.rich_text.converters.editor_html import WhitelistRule
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.whitelist import allow_without_attributes


@hooks.register("register_rich_text_features", order=1)
def keep_superscript_and_subscript(features: FeatureRegistry) -> None:
    """Let the sanitiser keep what the editor offers.

    Wagtail 8.0 tells only its editor about these two features: text that is written by API, or
    checked when it is saved, would lose them.
    """
    for feature, tag in (("superscript", "sup"), ("subscript", "sub")):
        features.register_converter_rule(
            "editorhtml", feature, [WhitelistRule(tag, allow_without_attributes)]
        )
