"""Widgets written by functions say what Django's own templates say; a field has all its parts."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from genxu.shell.fields import WRITERS, Renderer, datalist, field

ODD = """<b>"'&amp;"""
CHOICES = [("", "none"), (ODD, ODD), ("农", [(1, "one"), (2, "<two>")])]
FLAT = [("a", "A"), (ODD, ODD)]
WIDGETS = [
    *(forms.TextInput({"type": kind}) for kind in ("text", "search")),
    forms.NumberInput({"inputmode": "numeric"}), forms.EmailInput(), forms.URLInput(),
    forms.PasswordInput(render_value=True), forms.HiddenInput(), forms.TimeInput(),
    forms.DateInput({"type": "date"}, format="%Y-%m-%d"), forms.FileInput({"accept": "image/png"}),
    forms.Textarea({"rows": 2, "data-limit": 300, "title": ODD}), forms.CheckboxInput(),
    forms.Select(choices=CHOICES), forms.SelectMultiple(choices=CHOICES),
    forms.RadioSelect(choices=FLAT), forms.CheckboxSelectMultiple(choices=FLAT),
]  # fmt: skip
VALUES = [None, "", 0, "a", ODD, mark_safe("<i>"), 7, True, False]


class Read(HTMLParser):
    """What a browser reads: tags with their attributes, and the texts between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(data.strip())


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_widget_is_written_as_django_writes_it(widget: forms.Widget, value: Any) -> None:
    attrs = {"id": "id_x", "required": True, "disabled": False, "aria-describedby": ODD}
    ours, theirs = (
        widget.render("x", value, attrs, renderer) for renderer in (Renderer(), DjangoTemplates())
    )
    assert Read(ours).found == Read(theirs).found


class Everything(forms.Form):
    words = forms.CharField(label=ODD, help_text="Help <b>me</b>", required=False)
    yes = forms.BooleanField(label="Yes", help_text="Really")
    one = forms.ChoiceField(label="One", choices=FLAT, widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_a_field_has_its_label_its_help_and_what_is_wrong() -> None:
    form = Everything({"words": ODD})
    words, yes, one = (field(form[name]) for name in ("words", "yes", "one"))
    assert 'for="id_words">&lt;b&gt;&quot;&#x27;&amp;amp; <span class="field-optional">' in words
    assert 'id="id_words_helptext">Help <b>me</b></div>' in words
    assert "field-optional" not in field(form["words"], plain=True)
    for name, html in (("yes", yes), ("one", one)):
        assert 'class="field is-wrong"' in html
        assert f'<ul class="field-error" id="id_{name}_error"><li>' in html
        assert f'aria-describedby="id_{name}' in html
    assert "is-wrong" not in words
    assert one.count('class="choice"') == 2
    assert one.startswith("<fieldset")
    assert Read(field(form["secret"])).found[0][0] == "input"


def test_what_may_be_picked_is_escaped() -> None:
    assert datalist("k", [ODD]) == (
        '<datalist id="k"><option value="&lt;b&gt;&quot;&#x27;&amp;amp;"></option></datalist>'
    )


def test_every_form_is_written_so() -> None:
    assert isinstance(Everything().renderer, Renderer)
    assert {"text", "textarea", "select", "radio_option", "checkbox_option"} <= WRITERS.keys()
