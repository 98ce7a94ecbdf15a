"""An upload's form, read once it is known who sends it and that they may.

FastAPI reads the body of a declared `File` before any dependency: whoever isn't let in, and whoever
has uploaded enough, could still make it write a hundred megabytes to the disk.
"""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import UploadFile

from server.limits.dependencies import PdfUploader

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
                            "type": "string",
                            "contentMediaType": "application/octet-stream",
                            "description": "A PDF with text.",
                        }
                    },
                }
            }
        },
    }
}
"""For the OpenAPI document, which can't see it in the handler's signature."""


async def uploaded(request: Request, _counted: PdfUploader) -> AsyncIterator[UploadFile]:
    """The field `file`, closed after the answer.

    Raises:
        RequestValidationError: it isn't there, or no file.
        HTTPException: the form is broken (400) or too large (413).
    """
    async with request.form() as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            missing = {"loc": ("body", "file"), "msg": "Send a PDF as a file of a form."}
            raise RequestValidationError([missing])
        yield file


Uploaded = Annotated[UploadFile, Depends(uploaded)]
