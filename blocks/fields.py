"""The field that stores a stream of blocks, one column a language."""

from typing import Any

from django.forms import Field
from django.utils.translation import get_language
from wagtail.blocks import StreamBlock
from wagtail.blocks.base import BlockWidget
from wagtail.fields import StreamField

from blocks.body import StandardBody

#: {(block set, language): (description, its scripts)}; see ``DescribedOnce``.
_described: dict[tuple[Any, str | None], tuple[str, Any]] = {}


class DescribedOnce(BlockWidget):
    """Describes its blocks to the browser once a process and language.

    Wagtail 8.0 does so for each field of each form: six times for a page, which took a third of the
    time that its editor needs to open. A description depends on the blocks and on the language of
    their labels, never on a page or on a person.
    """

    def __init__(self, block_def: StreamBlock, *, block_set: Any, **kwargs: Any) -> None:
        super().__init__(block_def, **kwargs)
        self._block_set = block_set

    def _build_block_json(self) -> None:
        key = self._block_set, get_language()
        if key not in _described:
            super()._build_block_json()
            _described[key] = self._block_json, self._js_context
        self._block_json, self._js_context = _described[key]


class ContentField(StreamField):
    """A ``StreamField`` whose block definitions stay out of migrations.

    ``ContentField()`` offers the standard body (``blocks.body.StandardBody``) and may be empty;
    ``ContentField(SomeStreamBlock)`` offers another set. Presence is a matter for the page's
    ``clean``, since any language may be the missing one.

    A page type has six such columns (``body_ar`` … ``body_ru``): with their definitions frozen,
    each change of a block would rewrite all of them in every app. So the field deconstructs
    without its blocks, and in a migration's historical models, which therefore can't know which
    set was meant, the value is the stored JSON (a list of ``{"type", "value", "id"}``), read and
    written as it is: no data migration can lose a block whose type has gone.

    django-modeltranslation accepts the field when ``MODELTRANSLATION_CUSTOM_FIELDS`` names
    ``"ContentField"`` (it compares the class's own name, so ``"StreamField"`` does not cover it).
    """

    def __init__(
        self,
        block_types: StreamBlock | type[StreamBlock] | list | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("blank", True)
        self.is_historical = False
        super().__init__(StandardBody if block_types is None else block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict[str, Any]]:
        """Give name, path and the database's own options: no blocks, no lookup table.

        ``blank`` is written only where it differs from *this* field's default.
        """
        # Past StreamField, which would take every block apart, to Django's field.
        name, _path, _args, kwargs = super(StreamField, self).deconstruct()
        if kwargs.pop("blank", False) is False:
            kwargs["blank"] = False
        return name, "blocks.fields.ContentField", [], kwargs

    def clone(self) -> "ContentField":
        """Copy the field with its blocks, which ``deconstruct`` leaves out."""
        _name, _path, _args, kwargs = self.deconstruct()
        return ContentField(self.block_types_arg, **self.counts, **kwargs)

    @property
    def counts(self) -> dict[str, Any]:
        """The limits given to the constructor (``min_num``, ``max_num``, ``block_counts``…)."""
        return {key: value for key, value in self.block_opts.items() if key != "required"}

    def formfield(self, **kwargs: Any) -> Field:
        """Give the form's field; columns with the same blocks share their description."""
        if isinstance(self.block_types_arg, type):
            block_set = self.block_types_arg, repr(sorted(self.counts.items()))
            kwargs.setdefault("widget", DescribedOnce(self.stream_block, block_set=block_set))
        return super().formfield(**kwargs)

    def contribute_to_class(self, cls: type, name: str, **kwargs: Any) -> None:
        """Join a model, and note whether it is a migration's historical one."""
        self.is_historical = cls.__module__ == "__fake__"
        super().contribute_to_class(cls, name, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Give the stream's value; in a historical model, the stored list itself."""
        if self.is_historical:
            return [] if value is None else value
        return super().to_python(value)

    def get_default(self) -> Any:
        """Give the default as a stream's value; in a historical model, as a list."""
        if self.is_historical:
            return []
        return super().get_default()
