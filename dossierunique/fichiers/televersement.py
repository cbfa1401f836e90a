"""Uploads stay in memory, bounded: Django's temporary files would leave papers in clear on the disk."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from dossierunique.fichiers import reglages


class EnMemoire(FileUploadHandler):
    """Keeps each file in memory up to the limits; past them its bytes are counted and dropped.

    The form then receives a file of the announced size and no content, so that the person reads
    "too heavy" rather than "missing".
    """

    def __init__(self, request=None) -> None:
        super().__init__(request)
        self._total = 0

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self._tampon, self._taille = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._taille += len(raw_data)
        self._total += len(raw_data)
        if self._taille <= reglages.taille_max() and self._total <= reglages.requete_max():
            self._tampon.write(raw_data)
        elif self._tampon.tell():
            self._tampon = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._tampon.seek(0)
        return InMemoryUploadedFile(
            file=self._tampon,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
