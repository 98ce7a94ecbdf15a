"""An upload's form, read once it is known who sends it and that they may.

FastAPI reads the body of a declared `File` before any dependency: whoever isn't let in, and whoever
has uploaded enough, could still make it write a hundred megabytes to the disk.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import UploadFile

from knowledge.sources.archives import MAX_MEMBERS
from server.limits.dependencies import FileQuota, UploadQuota
from storage.disk_space import disk_full_is_told

FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "array",
                            "minItems": 1,
                            "items": {
                                "type": "string",
                                "contentMediaType": "application/octet-stream",
                            },
                            "description": "PDFs with text, and ZIP archives of them.",
                        }
                    },
                }
            }
        },
    }
}
"""For the OpenAPI document, which can't see it in the handler's signature."""


@dataclass(frozen=True)
class UploadForm:
    """The files that were sent, and the quota that they count in."""

    files: Sequence[UploadFile]
    quota: FileQuota


async def uploaded(request: Request, quota: UploadQuota) -> AsyncIterator[UploadForm]:
    """The fields `file`, closed after the answer.

    Raises:
        RequestValidationError: none is there, or one is no file.
        OutOfSpaceError: it doesn't fit on the disk.
        HTTPException: the form is broken or has too many files (400), or it is too large (413).
    """
    async with AsyncExitStack() as stack:
        with disk_full_is_told():
            form = await stack.enter_async_context(request.form(max_files=MAX_MEMBERS))
        files = [each for each in form.getlist("file") if isinstance(each, UploadFile)]
        if not files or len(files) < len(form.getlist("file")):
            missing = {"loc": ("body", "file"), "msg": "Send PDFs as files of a form."}
            raise RequestValidationError([missing])
        yield UploadForm(files, quota)


Uploaded = Annotated[UploadForm, Depends(uploaded)]
