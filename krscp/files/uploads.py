"""Uploads are judged by their size while they arrive: what is too large is kept neither in memory nor on disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploads(TemporaryFileUploadHandler):
    """Keeps files on disk, and of one no more than a file may hold.

    A file that is larger reaches its form empty, with the size that it had, so that the form can say so at the field
    and keep what else was typed. A request that is larger than any form's is not read at all.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None  # noqa: N803
    ) -> None:
        if content_length > settings.LARGEST_REQUEST:
            raise RequestDataTooBig("The request is larger than settings.LARGEST_REQUEST.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= settings.LARGEST_UPLOAD:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if file_size > settings.LARGEST_UPLOAD:
            self.file.truncate(0)
        return super().file_complete(file_size)
