"""What every form that writes has in common: one token, the version seen, and a check for personal details."""

import uuid
from typing import Any, cast

from django import forms
from django.http import QueryDict

from krscp.forms import Form
from krscp.identity import signs_of_identity
from subgroups.models import Agency, Body, BodyName

LONG = 1000
NO_NAMES = "Do not enter names or details that could identify a child or family."


class WritingForm(Form):
    """A form sent once: the token makes a second sending harmless, the version shows what the writer saw.

    Text that looks personal is saved only when its writer says that it identifies nobody.
    """

    token = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, version: int = 0, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        start = {"token": uuid.uuid4(), "version": version} | (initial or {})
        super().__init__(*args, initial=start, **kwargs)
        self.signs: list[str] = []

    @property
    def seen(self) -> int:
        """The version that the writer saw; 0 matches none."""
        return self.cleaned_data.get("version") or 0

    @property
    def sent(self) -> uuid.UUID:
        """The token of this form."""
        return self.cleaned_data["token"]

    @property
    def identifies_nobody(self) -> bool:
        """The writer has looked and said so, with the button of that name."""
        return "identifies_nobody" in self.data

    def look_again(self, version: int) -> None:
        """Keep what was sent, ready to be saved on top of `version`, which its writer sees now."""
        again = cast(QueryDict, self.data).copy()
        again["version"] = str(version)
        self.data = again

    def is_careful(self, looked_at: bool = False) -> bool:
        """Valid, and free of personal details or confirmed to be. Fills `signs` for the page when not.

        `looked_at`: its writer passed this page before and is on the next one.
        """
        if not self.is_valid():
            return False
        if not (looked_at or self.identifies_nobody):
            self.signs = signs_of_identity(self._free_text(), known_names())
        return not self.signs

    def _free_text(self) -> str:
        return "\n".join(
            str(self.cleaned_data.get(name) or "")
            for name, field in self.fields.items()
            if type(field) is forms.CharField
        )


def known_names() -> list[str]:
    """Names of bodies and agencies, which are not people."""
    bodies = Body.objects.values_list("name", flat=True)
    return [*bodies, *BodyName.objects.values_list("name", flat=True), *Agency.objects.values_list("name", flat=True)]


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
