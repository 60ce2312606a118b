"""A stored picture as a page shows it: whoever may see it keeps it for a day, and nobody in between does."""

from fastapi.responses import StreamingResponse

from clothingline.kit import storage

HEADERS = {"Content-Disposition": "inline", "Cache-Control": "private, max-age=86400, immutable", "Vary": "Cookie"}


def picture(path: str, size: int) -> StreamingResponse:
    """A stored JPEG of so many bytes."""
    headers = {**HEADERS, "Content-Length": str(size)}
    return StreamingResponse(storage.current().read(path), headers=headers, media_type="image/jpeg")
