"""A page's editor as a browser holds it open: filled once, saved again and again."""

import re
from html import unescape

from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from wagtail.api.v3.form_data import flatten_block_value
from wagtail.blocks.base import BlockField

from cms.pages.form_merging import SHOWN

_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')


class OpenForm:
    """What a person sees in the editor. `data`: what the browser would send."""

    def __init__(self, client, user, page, *, host, path=None):
        self.client, self.page, self.host = client, page, host
        self.path = path or reverse("wagtailadmin_pages:edit", args=[page.pk])
        self.errors = {}
        client.force_login(user)
        self.open()

    def open(self):
        response = self.client.get(self.path, headers={"host": self.host, "accept-language": "en"})
        assert response.status_code == 200
        self.html = response.content.decode()
        form = response.context["form"]
        self.names = set(form.fields)
        self.data = MultiValueDict()
        _fill(self.data, form)
        for tag in _HIDDEN.findall(self.html):
            name = re.search(r'name="([^"]*)"', tag)
            if name and name[1] in (SHOWN, "loaded_revision_id", "loaded_revision_created_at"):
                self.data[name[1]] = unescape(re.search(r'value="([^"]*)"', tag)[1])

    def type(self, **words):
        for name, value in words.items():
            self.data[name] = value
        return self

    def save(self, **words):
        """A click on "Save draft", which opens the form anew."""
        response = self.save_and_leave(**words)
        if response.status_code == 302:
            self.open()
        return response

    def save_and_leave(self, **words):
        """A click on "Save draft" by somebody who then goes elsewhere."""
        self.type(**words)
        response = self.client.post(
            self.path, self._sent(), headers={"host": self.host, "accept-language": "en"}
        )
        if response.status_code != 302:
            form = response.context["form"]
            self.errors = dict(form.errors)
            self.errors |= {name: one.errors for name, one in form.formsets.items()}
        return response

    def autosave(self, **words):
        """What Wagtail's script does: send, then take what it is answered into the form."""
        self.type(**words)
        response = self.client.post(
            self.path, self._sent(), headers={"host": self.host, "accept": "application/json"}
        )
        told = response.json()
        if told.get("success"):
            self.data["overwrite_revision_id"] = str(told["revision_id"])
            for name, value in told["field_updates"].items():
                self.data[name] = value
        return response

    def _sent(self):
        return dict(self.data.lists())


def _fill(data, form):
    for name, field in form.fields.items():
        value = form[name].value()
        html_name = form.add_prefix(name)
        if isinstance(field, BlockField):
            flatten_block_value(field.block, value.get_prep_value(), html_name, data)
            for index, block in enumerate(value):
                data[f"{html_name}-{index}-id"] = block.id
        elif isinstance(value, bool):
            if value:
                data[html_name] = "on"
        elif isinstance(value, list | tuple):
            data.setlist(html_name, list(value))
        elif name != SHOWN:
            shown = field.widget.format_value(value)
            if isinstance(shown, list):
                data.setlist(html_name, shown)
            else:
                data[html_name] = "" if shown is None else str(shown)
    for formset in getattr(form, "formsets", {}).values():
        for key, value in formset.management_form.initial.items():
            data[f"{formset.management_form.prefix}-{key}"] = str(value)
        for position, child in enumerate(formset.forms):
            _fill(data, child)
            if formset.can_order:
                data[child.add_prefix("ORDER")] = str(position + 1)
