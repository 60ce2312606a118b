"""Pictures on their way into the file store: redrawn beside the event loop, before a transaction begins."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from clothingline.kit import storage
from clothingline.production.pictures import Picture, redraw

FOLDER = "photos"
# Two at a time: a picture of 40 megapixels may take 120 MB while it is decoded.
_DECODERS = ThreadPoolExecutor(2, "pictures")


@dataclass(frozen=True)
class Stored:
    """A redrawn picture and where its bytes are."""

    path: str
    picture: Picture


async def redraw_and_store(
    content: bytes, *, folder: str = FOLDER, judge: Callable[[bytes], None] | None = None
) -> Stored:
    """A new picture of these bytes, in the file store, unless `judge` raises what is wrong with it.

    Raises `PictureTooLarge` or `PictureUnreadable`.
    """
    picture = await asyncio.get_running_loop().run_in_executor(_DECODERS, _judged, content, judge)
    path = await storage.current().put(folder, picture.content, ending="jpg")
    return Stored(path, picture)


def _judged(content: bytes, judge: Callable[[bytes], None] | None) -> Picture:
    picture = redraw(content)
    if judge is not None:
        judge(picture.content)
    return picture
