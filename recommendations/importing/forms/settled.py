"""The preview of an import as a form that is sent."""

from django.http import QueryDict

from krscp.forms.careful import CarefulForm
from recommendations.importing.forms.importing import PreviewSheet


class SettledForm(CarefulForm):
    """The preview as it was settled; what was written there and is not the report's is looked through."""

    def __init__(self, sent: QueryDict | None, *, sheet: PreviewSheet) -> None:
        super().__init__(sent)
        self.sheet = sheet

    def free_text(self) -> str:
        return "\n".join(text for form in self.sheet.kept for text in form.written)
