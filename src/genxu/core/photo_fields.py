"""The field of a form for pictures: never asked for, any number of them, each one checked."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .errors import Invalid
from .files import clean_photo
from .promises import StrOrPromise

PHOTOS_LIMIT = 9
ACCEPTED = {"accept": "image/jpeg,image/png,image/webp", "multiple": True}


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to nine pictures."""

    def __init__(self, *, label: StrOrPromise, **more: Any) -> None:
        super().__init__(label=label, required=False, widget=ManyFiles(ACCEPTED), **more)

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > PHOTOS_LIMIT:
            message = _("At most %(limit)s pictures fit here.")
            raise forms.ValidationError(message % {"limit": PHOTOS_LIMIT})
        return [self._picture(upload) for upload in files]

    def _picture(self, upload: "UploadedFile[Any]") -> Any:
        try:
            return clean_photo(upload)
        except Invalid as error:
            raise forms.ValidationError(str(error.message)) from error
