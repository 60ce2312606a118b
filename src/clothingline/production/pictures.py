"""Pictures of work as they come from a telephone: checked, made small, and rid of everything but the picture."""

import hashlib
import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from clothingline.production.errors import PictureTooLarge, PictureUnreadable

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
QUALITY = 85
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Picture:
    """A JPEG without metadata, upright, at most 1600 pixels on its longer side."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> bytes:
        """Digest of the bytes."""
        return hashlib.sha256(self.content).digest()


def redraw(content: bytes) -> Picture:
    """A new picture from the bytes of a JPEG, PNG or WebP of at most 40 megapixels.

    Nothing of the original file is kept, so that a place, a serial number or a script in it is gone. Raises
    `PictureTooLarge` before anything is decoded, and `PictureUnreadable` for whatever is not such a picture.
    """
    _check_beginning(content)
    try:
        return _encode(_upright(_opened(content)))
    except PictureTooLarge:
        raise
    except BOMBS as error:
        raise PictureTooLarge(megapixels=MOST_PIXELS // 1_000_000) from error
    except Exception as error:  # a decoder that is fed hostile bytes may raise anything
        raise PictureUnreadable from error


def _check_beginning(content: bytes) -> None:
    """The first bytes say what a file is; its name and its stated type do not."""
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if not (is_webp or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))):
        raise PictureUnreadable


def _opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content), formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise PictureTooLarge(megapixels=MOST_PIXELS // 1_000_000)
    # A JPEG decodes straight to an eighth, quarter or half of its size; the others ignore this.
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image.load()
    return image


def _upright(image: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(image).convert("RGBA" if image.has_transparency_data else "RGB")
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return turned


def _encode(image: Image.Image) -> Picture:
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image, mask=image if image.mode == "RGBA" else None)
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True)
    return Picture(written.getvalue(), *clean.size)
