"""A form's fields written by functions: as templates they were half of what a page with a form
costs (docs/speed.md)."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

NOTHING = mark_safe("")
WIDGETS = "django/forms/widgets/"


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """The attributes of an element; True stands without a value, False not at all."""
    found = [
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    ]
    return mark_safe("".join(found))  # noqa: S308 - names are ours, values are escaped


def _input(widget: Mapping[str, Any]) -> SafeString:
    named = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        named["value"] = widget["value"]
    return format_html("<input{}{}>", attributes(named), attributes(widget["attrs"]))


def _option_input(widget: Mapping[str, Any]) -> SafeString:
    if not widget.get("wrap_label"):
        return _input(widget)
    named = {"for": key} if (key := widget["attrs"].get("id")) else {}
    return format_html("<label{}>{} {}</label>", attributes(named), _input(widget), widget["label"])


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    named = attributes({"name": widget["name"]})
    attrs, value = attributes(widget["attrs"]), widget["value"] or ""
    return format_html("<textarea{}{}>\n{}</textarea>", named, attrs, value)


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = [
        format_html('<optgroup label="{}">{}</optgroup>', group, _options(options))
        if group
        else _options(options)
        for group, options, _index in widget["optgroups"]
    ]
    named, attrs = attributes({"name": widget["name"]}), attributes(widget["attrs"])
    return format_html("<select{}{}>{}</select>", named, attrs, mark_safe("".join(groups)))  # noqa: S308


def _options(options: list[Mapping[str, Any]]) -> SafeString:
    found = [
        f"<option{attributes({'value': one['value'], **one['attrs']})}>{escape(str(one['label']))}"
        for one in options
    ]
    return mark_safe("</option>\n".join([*found, ""]))  # noqa: S308 - escaped


WRITERS = {
    **dict.fromkeys(["text", "number", "email", "tel", "password", "hidden", "date", "time",
                     "search", "file", "checkbox"], _input),
    **dict.fromkeys(["radio_option", "checkbox_option"], _option_input),
    "textarea": _textarea,
    "select": _select,
}  # fmt: skip
"""The widgets that are written here, by the names of Django's templates for them."""


class Renderer(DjangoTemplates):
    """Writes the usual widgets, and leaves the others to Django's templates."""

    def render(self, template_name: str, context: Any, request: Any = None) -> SafeString:
        name = template_name.removeprefix(WIDGETS).removesuffix(".html")
        if name in WRITERS:
            return WRITERS[name](context["widget"])
        return mark_safe(super().render(template_name, context, request))  # noqa: S308


def field(bound: BoundField, *, plain: bool = False) -> SafeString:
    """One field of a form with its label, its help and what is wrong with it; ``plain``: do not
    say that it is optional. Help and errors carry the ids that Django puts in aria-describedby."""
    if bound.is_hidden:
        return bound.as_widget()
    wrong = " is-wrong" if bound.errors else ""
    if bound.widget_type == "checkbox":
        label = format_html('<label class="check">{}<span>{}</span></label>', bound, bound.label)
        parts = [label, _help(bound), _errors(bound)]
        return format_html('<div class="field{}">{}{}{}</div>', wrong, *parts)
    label = _label(bound, plain=plain)
    if bound.use_fieldset:
        described = bound.aria_describedby
        attrs = {"id": bound.auto_id, **({"aria-describedby": described} if described else {})}
        return format_html(
            '<fieldset class="field{}"{}><legend class="field-label">{}</legend>{}{}{}</fieldset>',
            wrong, attributes(attrs), label, _help(bound), _choices(bound), _errors(bound),
        )  # fmt: skip
    return format_html(
        '<div class="field{}"><label class="field-label" for="{}">{}</label>{}{}{}</div>',
        wrong, bound.id_for_label, label, _help(bound), bound, _errors(bound),
    )  # fmt: skip


def datalist(key: str, labels: Iterable[Any]) -> SafeString:
    """What may be picked while one types in a field whose ``list`` is this key; a household is
    offered to whoever types its initials, too (frontend/pick.ts)."""
    options = "".join(_offered(one) for one in labels)
    return format_html('<datalist id="{}">{}</datalist>', key, mark_safe(options))  # noqa: S308


def _offered(one: Any) -> str:
    number = getattr(one, "number", None)
    numbered = f' data-number="{number}"' if number else ""
    initials = escape(getattr(one, "initials", ""))
    return f'<option value="{escape(str(one))}"{numbered}>{initials}</option>'


def _errors(bound: BoundField) -> SafeString:
    """What is wrong with a field, as a list under it."""
    if not bound.errors:
        return NOTHING
    rows = format_html_join("", "<li>{}</li>", ((error,) for error in bound.errors))
    text = '<div role="alert"><ul class="field-error" id="{}_error">{}</ul></div>'
    return format_html(text, bound.auto_id, rows)


def _label(bound: BoundField, *, plain: bool) -> SafeString:
    if bound.field.required or plain or getattr(bound.field, "plain", False):
        return format_html("{}", bound.label)
    return format_html('{} <span class="field-optional">{}</span>', bound.label, _("(optional)"))


def _help(bound: BoundField) -> SafeString:
    if not bound.help_text:
        return NOTHING
    text = '<div class="field-help" id="{}_helptext">{}</div>'
    return format_html(text, bound.auto_id, mark_safe(bound.help_text))  # noqa: S308 - ours


def _choices(bound: BoundField) -> SafeString:
    if bound.widget_type not in ("radioselect", "checkboxselectmultiple"):
        return bound.as_widget()
    found = ((one.id_for_label, one.tag(), one.choice_label) for one in bound)
    pill = '<label class="choice" for="{}">{}<span>{}</span></label>'
    return format_html('<div class="choice-pills">{}</div>', format_html_join("", pill, found))
