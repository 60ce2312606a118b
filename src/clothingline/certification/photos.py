"""Photos of certificates: what is kept of one, and whether a person could read it. Pure."""

import io
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageFilter, ImageStat

Fault = Literal["small", "dark", "blurred"]

SIDES = ("front", "units")
FOLDER = "certificates"
# Assumed, until officers have sent back some hundred photos: A4 across 700 pixels is the least that can be read.
LEAST_SIDE = 700
LOOKED_AT = 640
DARKEST = 60
LEAST_EDGES = 60
_EDGES = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


@dataclass(frozen=True)
class Kept:
    """A redrawn photo in the file store."""

    path: str
    sha256: bytes
    width: int
    height: int
    size: int


def fault_of(content: bytes) -> Fault | None:
    """Why a person could not read the certificate in this JPEG; None where they could.

    Brightness is the mean of the greys, sharpness the variance of their second differences (Laplacian), both of the
    picture at 640 pixels, so that they mean the same for every camera.
    """
    with Image.open(io.BytesIO(content)) as picture:
        if min(picture.size) < LEAST_SIDE:
            return "small"
        grey = picture.convert("L")
    grey.thumbnail((LOOKED_AT, LOOKED_AT))
    if ImageStat.Stat(grey).mean[0] < DARKEST:
        return "dark"
    edges = grey.filter(_EDGES).crop((1, 1, grey.width - 1, grey.height - 1))
    return "blurred" if ImageStat.Stat(edges).var[0] < LEAST_EDGES else None
