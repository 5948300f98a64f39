"""What forms that write have in common: one token, the version seen, and a check for personal details."""

import hashlib
import uuid
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.module_loading import import_string

from krscp.days import display_date
from krscp.forms.fields import DateParts, Form
from krscp.forms.tokens import KEEP, VOUCHED, token_of
from krscp.identity import signs_of_identity

LONG = 1000
NO_NAMES = "Do not enter names or details that could identify a child or family."


class PlainForm(Form):
    """What the writing of anything asks of its form; its page adds the token."""

    @property
    def also(self) -> "PlainForm | None":
        """A second page of the form, where that was answered with the first one."""
        return None

    @property
    def sent_data(self) -> QueryDict:
        return cast(QueryDict, self.data)

    def is_careful(self) -> bool:
        """Whether it can be saved as it is."""
        return self.is_valid()

    def typed_at(self, name: str) -> str:
        """What was sent in a field, right or wrong; under the form's own prefix, where it has one."""
        return str(self.data.get(self.add_prefix(name)) or "").strip()

    def typed(self) -> list[tuple[str, str]]:
        """What was sent, field by field in words, for a page that cannot take it."""
        found = ((str(bound.label), as_typed(bound)) for bound in self.visible_fields()) if self.is_bound else ()
        return [*((label, text) for label, text in found if text), *(self.also.typed() if self.also else [])]


class CarefulForm(PlainForm):
    """Text that looks personal is saved only when its writer says that it identifies nobody."""

    signs: Sequence[str] = ()

    @property
    def looked_at(self) -> str:
        """What the button "It identifies nobody" sends: it vouches for this text and no other."""
        return vouching(self.free_text())

    @property
    def careful(self) -> dict[str, Any]:
        """What a page shows that is not the form's own."""
        return {"signs": self.signs, "looked_at": self.looked_at} if self.signs else {}

    def is_careful(self) -> bool:
        """Valid, and free of personal details or confirmed to be. Fills `signs` for the page when not.

        Which text to keep is a question to answer first: what comes with it is not saved.
        """
        if not self.is_valid() or KEEP in self.data:
            return False
        self.signs = signs_in(self.free_text(), self.sent_data)
        return not self.signs

    def free_text(self) -> str:
        """All that was written in words."""
        return "\n".join(
            str(self.cleaned_data.get(name) or "")
            for name, field in self.fields.items()
            if type(field) is forms.CharField
        )


class WritingForm(CarefulForm):
    """A form sent once: the token makes a second sending harmless, the version shows what the writer saw."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, version: int = 0, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        start = {"token": uuid.uuid4(), "version": version} | (initial or {})
        super().__init__(*args, initial=start, **kwargs)

    @property
    def seen(self) -> int:
        """The version that the writer saw; 0 matches none."""
        return self.cleaned_data.get("version") or 0

    @property
    def sent(self) -> uuid.UUID:
        """The token of this form with this content."""
        return cast(uuid.UUID, token_of(self.sent_data))


def as_typed(bound: forms.BoundField) -> str:
    """An answer as it was sent, in words."""
    sent = bound.data
    if isinstance(sent, DateParts):
        return _day_as_typed(bound.field, sent)
    if isinstance(bound.field, forms.ChoiceField):
        labels = {str(value): str(label) for value, label in cast(Any, bound.field).choices if value}
        return ", ".join(labels.get(str(one), "") for one in (sent if isinstance(sent, list) else [sent]))
    if isinstance(bound.field, forms.BooleanField):
        return "Yes" if sent else ""
    return str(sent or "") if isinstance(bound.field, forms.CharField) else ""


def _day_as_typed(field: forms.Field, sent: DateParts) -> str:
    """The day in words; what was typed where it is no day."""
    try:
        return display_date(field.to_python(sent))
    except forms.ValidationError:
        return " ".join(filter(None, sent))


def vouching(text: str) -> str:
    """What the button “It identifies nobody” sends for this text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def signs_in(text: str, sent: QueryDict) -> list[str]:
    """What the text may identify, unless its writer says that it identifies nobody."""
    return (
        []
        if vouching(text) in sent.getlist(VOUCHED)
        else signs_of_identity(text, import_string(settings.KNOWN_NAMES)())
    )


def long_text(label: str, *, required: str = "", hint: str = "", rows: int = 4) -> forms.CharField:
    """A text of up to 1,000 characters; without `required` it may stay empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONG,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required} if required else None,
    )
