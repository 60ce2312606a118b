"""What becomes of the bytes of a photo."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from clothingline.production.errors import PictureTooLarge, PictureUnreadable
from clothingline.production.pictures import LONGEST_SIDE, redraw
from tests.production.camera import shot

SCRIPT = b"<script>alert(1)</script>"


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_jpeg_without_any_metadata(kind: str) -> None:
    picture = redraw(shot(kind=kind))
    with Image.open(io.BytesIO(picture.content)) as shown:
        assert (shown.format, shown.size, shown.mode) == ("JPEG", (640, 480), "RGB")
        assert (dict(shown.getexif()), shown.info.keys() & {"exif", "icc_profile", "comment", "xmp"}) == ({}, set())
    assert b"RAHASIA-PABRIK" not in picture.content


def test_a_photo_is_turned_upright() -> None:
    picture = redraw(shot(640, 480, upside=6))
    assert (picture.width, picture.height) == (480, 640)


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (6000, 900)])
def test_a_large_photo_is_made_small_and_keeps_its_shape(size: tuple[int, int]) -> None:
    picture = redraw(shot(*size))
    assert max(picture.width, picture.height) == LONGEST_SIDE
    assert abs(picture.width * size[1] - picture.height * size[0]) <= max(size)


def test_see_through_parts_become_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(written, "PNG")
    with Image.open(io.BytesIO(redraw(written.getvalue()).content)) as shown:
        assert shown.getpixel((10, 10)) == (255, 255, 255)


def test_what_was_hidden_in_a_picture_is_gone() -> None:
    hidden = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(hidden, "JPEG", comment=SCRIPT)
    assert SCRIPT in hidden.getvalue()
    assert SCRIPT not in redraw(hidden.getvalue() + SCRIPT).content


@pytest.mark.parametrize("size", [(50_000, 50_000), (8_000, 5_001), (12_000, 10_000)])
def test_a_picture_that_claims_too_many_pixels_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(PictureTooLarge):
        redraw(bomb(*size))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?php echo 1;",
        b"GIF89a" + bytes(40),
        b"II*\x00" + bytes(40),
        b"SIMPLE  =                    T",
        b"\xff\xd8\xff" + SCRIPT,
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        bomb(10, 10),
    ],
    ids=["empty", "svg", "php", "gif", "tiff", "fits", "polyglot", "webp-head", "png-without-rows"],
)
def test_what_is_not_a_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        redraw(content)


def test_a_torn_photo_is_refused() -> None:
    whole = shot()
    with pytest.raises(PictureUnreadable):
        redraw(whole[: len(whole) // 2])


def test_damaged_photos_are_redrawn_or_refused_and_nothing_else() -> None:
    seed = 20261121
    chance, whole, outcomes = random.Random(seed), shot(64, 48), set()
    print(f"seed {seed}")
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            outcomes.add(redraw(bytes(damaged)).content[:2])
        except (PictureUnreadable, PictureTooLarge) as refusal:
            outcomes.add(refusal.code.encode())
    assert outcomes <= {b"\xff\xd8", b"picture_unreadable", b"picture_too_large"}
    assert b"\xff\xd8" in outcomes
