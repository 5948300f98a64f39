"""A file to upload: asked for, and judged by its size before anything reads it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from krscp.forms.fields import Form
from recommendations.importing.guard import MAX_BYTES, TOO_LARGE
from recommendations.importing.problems import ImportProblem


class BoundedFile(forms.FileField):
    """A file whose size is judged before anything reads it."""

    def __init__(self, *, largest: int, too_large: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.largest, self.too_large = largest, too_large

    def to_python(self, data: Any) -> Any:
        if data is not None and (data.size or 0) > self.largest:
            raise forms.ValidationError(self.too_large)
        return super().to_python(data)


def file_field(label: str, hint: str, missing: str, accept: str) -> BoundedFile:
    """A file input that says which kinds are taken."""
    return BoundedFile(
        label=label,
        largest=MAX_BYTES,
        too_large=TOO_LARGE,
        help_text=hint,
        widget=forms.FileInput(attrs={"accept": accept}),
        error_messages={
            "required": missing,
            "missing": missing,
            "empty": "The selected file is empty",
            "max_length": "The name of the selected file is too long",
        },
    )


class UploadForm(Form):
    """The base of forms with one file, named `file`."""

    @property
    def content(self) -> bytes:
        return self.cleaned_data["file"].read()

    def refuse(self, problem: ImportProblem) -> None:
        """Say at the file what is wrong with it."""
        self.add_error("file", str(problem))


class WorkbookForm(UploadForm):
    """The workbook of a return, filled in."""

    file = file_field(
        "Your filled-in workbook",
        "The Excel workbook (.xlsx) that you downloaded for this return, smaller than 10MB",
        "Select the workbook",
        ".xlsx",
    )

    def clean_file(self) -> Any:
        sent: UploadedFile = self.cleaned_data["file"]
        if not (sent.name or "").lower().endswith((".xlsx", ".xls", ".xlsm")):
            raise forms.ValidationError("The selected file must be an Excel workbook (.xlsx)")
        return sent
