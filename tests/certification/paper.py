"""Photos of a certificate as telephones take them: clear, dark, shaken or from too far away."""

import io

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

LINES = ("SERTIFIKAT KOMPETENSI", "Nining Yuningsih", "14111 7531 0005487 2025", "Menjahit dengan Mesin")


def certificate(side: int = 1400) -> Image.Image:
    """A sheet with print on it, four to three."""
    sheet = Image.new("RGB", (side, side * 3 // 4), (236, 232, 220))
    pen = ImageDraw.Draw(sheet)
    for number in range(12):
        pen.text((side // 12, side // 20 + number * side // 18), LINES[number % 4], "black", font_size=side // 28)
    return sheet


def dark() -> Image.Image:
    """In a room without light."""
    return ImageEnhance.Brightness(certificate()).enhance(0.15)


def shaken() -> Image.Image:
    """With a hand that moved."""
    return certificate().filter(ImageFilter.GaussianBlur(14))


def jpeg(picture: Image.Image) -> bytes:
    """As a phone writes it: with the maker of the phone and a place in it."""
    exif = Image.Exif()
    exif[0x010F] = "RAHASIA-PABRIK"
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=90, exif=exif)
    return written.getvalue()
