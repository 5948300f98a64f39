"""Forms whose fields come out as accessible GOV.UK markup and whose text comes in clean."""

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.http import QueryDict
from django.utils.functional import lazy

from krscp.addresses import OddAddress, normal_address
from krscp.clock import today
from krscp.forms.date_field import PARTS, DateParts, DatePartsInput, PartsDateField
from krscp.text import clean_text, lower_first

__all__ = [
    "AddressField", "Checkboxes", "DateParts", "Form", "PartsDateField", "PlainErrors", "Radios", "Renderer",
    "by_prefix", "date_example",
]  # fmt: skip

CONTROL_CLASSES = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.PasswordInput, "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.widgets.Input, "govuk-input"),
)
CHOSEN_NOT_TYPED = (forms.ChoiceField, forms.FileField, forms.BooleanField)


def _example(before: str = "", day_and_month: str = "30 6", years_ahead: int = 1) -> str:
    return f"{before}For example, {day_and_month} {today().year + years_ahead}"


# A date hint: it is worded when the page is, so that its year is not that in which the process started.
date_example = lazy(_example, str)
# A browser must not cut off pasted text or answer before we do, and a placeholder is no hint.
NEVER_ON_CONTROLS = ("maxlength", "minlength", "placeholder", "cols", "required")


class BoundField(DjangoBoundField):
    """A field with everything its template needs to tie label, hint, error and control together."""

    @property
    def kind(self) -> str:
        """Which template shows it: an input, one checkbox, or a fieldset around several controls."""
        if isinstance(self.field.widget, forms.CheckboxInput):
            return "checkbox"
        return "fieldset" if self.use_fieldset else "input"

    @property
    def template_name(self) -> str:
        return self.field.template_name or f"components/field_{self.kind}.html"  # type: ignore[attr-defined]

    @property
    def is_heading(self) -> bool:
        """Whether its label is the page's main heading (one question on a page)."""
        return getattr(self.form, "heading", "") == self.name

    @property
    def is_date(self) -> bool:
        return isinstance(self.field.widget, DatePartsInput)

    @property
    def is_password(self) -> bool:
        return isinstance(self.field.widget, forms.PasswordInput)

    @property
    def character_limit(self) -> int | None:
        """How much fits in a text box of several lines; None when there is no limit to tell."""
        is_long = isinstance(self.field.widget, forms.Textarea)
        return getattr(self.field, "max_length", None) if is_long else None

    @property
    def aria_describedby(self) -> str:
        wanted = {"info": self.character_limit, "hint": self.help_text, "error": self.errors}
        return " ".join(f"{self.auto_id}-{name}" for name, present in wanted.items() if present)

    @property
    def faulty_parts(self) -> tuple[str, ...]:
        """The boxes of a date to mark: those its errors name, or all."""
        errors = self.errors.as_data()
        named = {part for error in errors for part in (error.params or {}).get("faulty", PARTS)}
        return tuple(part for part in PARTS if part in named)

    @property
    def error_target(self) -> str:
        """The id that the error summary links to: the first control, or the first faulty box of a date."""
        if self.is_date:
            return f"{self.auto_id}_{(self.faulty_parts or PARTS)[0]}"
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id

    def build_widget_attrs(self, attrs, widget=None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        attrs |= dict.fromkeys(NEVER_ON_CONTROLS, False)
        if widget.use_fieldset:
            attrs.pop("aria-invalid", None)
        else:
            attrs["class"] = self._control_classes(widget)
        if self.is_date and self.errors:
            attrs["faulty"] = self.faulty_parts
        if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
            attrs["rows"] = "5"
        return attrs

    def _control_classes(self, widget: forms.Widget) -> str:
        base = next((classes for kind, classes in CONTROL_CLASSES if isinstance(widget, kind)), "")
        error = f"{base.split()[0]}--error" if base and self.errors and self.kind == "input" else ""
        counted = "govuk-js-character-count" if self.character_limit else ""
        return " ".join(filter(None, [base, error, counted, widget.attrs.get("class", "")]))


class Renderer(TemplatesSetting):
    """Named in settings.FORM_RENDERER, so that every form, other packages' too, looks the same."""

    bound_field_class = BoundField
    form_template_name = "components/form.html"


class AddressField(forms.EmailField):
    """An email address, in the one form in which addresses are compared."""

    def to_python(self, value: Any) -> str:
        try:
            return normal_address(str(super().to_python(value) or ""))
        except OddAddress as odd:
            raise forms.ValidationError(str(odd)) from odd


class _Choices(forms.widgets.ChoiceWidget):
    """Choices that may each carry a hint, and may be small (in filters) or side by side."""

    def __init__(self, *args, hints: Mapping[Any, str] | None = None, small=False, inline=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}
        self.small = small
        self.inline = inline

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return context | {"small": self.small, "inline": self.inline}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        hint = self.hints.get(value) or self.hints.get(str(value), "")
        if hint:
            option["hint"] = hint
            option["attrs"]["aria-describedby"] = f"{option['attrs'].get('id', '')}-item-hint"
        return option


class Radios(_Choices, forms.RadioSelect):
    """`Radios(hints={"at_risk": "Owner can recover it"})`."""


class Checkboxes(_Choices, forms.CheckboxSelectMultiple):
    """`Checkboxes(small=True)`."""


class PlainErrors(forms.BaseForm):
    """Mixed into any form class, gives errors that say what to do. Messages given by hand stay."""

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            _use_our_messages(field, str(field.label or pretty_name(name)))
        super().full_clean()


class Form(PlainErrors, forms.Form):
    """The base of every form: clean text in, and errors that say what to do.

    `heading` names the field whose label is the page's main heading.
    """

    heading = ""

    def __init__(self, data=None, *args, **kwargs) -> None:
        super().__init__(clean_data(data), *args, **kwargs)


def clean_data(data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What was sent, each text cleaned of control characters."""
    if data is None:
        return None
    if isinstance(data, QueryDict):
        cleaned = data.copy()
        for name, values in data.lists():
            cleaned.setlist(name, [clean_text(value) for value in values])
        return cleaned
    return {name: _clean_value(value) for name, value in data.items()}


def by_prefix(sent: QueryDict) -> Mapping[str, QueryDict]:
    """What was sent, sorted out by prefix: many forms on a page get their own fields each, and clean no others."""
    found: defaultdict[str, QueryDict] = defaultdict(partial(QueryDict, mutable=True))
    for name, values in sent.lists():
        found[name.partition("-")[0]].setlist(name, values)
    return found


def _clean_value(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    return [_clean_value(item) for item in value] if isinstance(value, list | tuple) else value


def _use_our_messages(field: forms.Field, label: str) -> None:
    """Puts our words where the field still has Django's own; a message given by hand stays."""
    theirs = _django_messages(type(field))
    for code, message in _messages(field, label).items():
        if str(field.error_messages.get(code, "")) == str(theirs.get(code, "")):
            field.error_messages[code] = message


def _django_messages(kind: type[forms.Field]) -> dict[str, Any]:
    messages: dict[str, Any] = {}
    for ancestor in reversed(kind.__mro__):
        messages |= getattr(ancestor, "default_error_messages", {})
    return messages


def _messages(field: forms.Field, label: str) -> dict[str, str]:
    """What each error says. Where Django fills a message in with %, the % of a label is doubled."""
    subject = label.rstrip("?").replace("%", "%%")
    messages = {
        "required": _ask(field, label),
        "invalid_choice": "Select one of the answers listed",
        "invalid_pk_value": "Select one of the answers listed",
        "max_length": f"{subject} must be {_limit(field, 'max_length')} characters or less",
        "min_length": f"{subject} must be {_limit(field, 'min_length')} characters or more",
        "min_value": f"{subject} must be %(limit_value)s or more",
        "max_value": f"{subject} must be %(limit_value)s or less",
        "incomplete": f"{subject} must include %(missing)s",
        "not_real": f"{subject} must be a real date",
    }
    return messages | _format_message(field, label.rstrip("?"))


def _ask(field: forms.Field, label: str) -> str:
    verb = "Select" if isinstance(field, CHOSEN_NOT_TYPED) else "Enter"
    return f"{verb} an answer" if label.endswith("?") else f"{verb} {lower_first(label)}"


def _limit(field: forms.Field, name: str) -> str:
    return f"{getattr(field, name, None) or 0:,}"


def _format_message(field: forms.Field, subject: str) -> dict[str, str]:
    if isinstance(field, forms.EmailField):
        return {"invalid": "Enter an email address in the correct format, like name@example.com"}
    if isinstance(field, forms.URLField):
        return {"invalid": "Enter a web address in the correct format, like https://example.org"}
    if isinstance(field, forms.IntegerField):
        return {"invalid": f"{subject} must be a number"}
    return {}
