"""What sentra refuse."""

from clothingline.kit.errors import NotFound


class SentraNotFound(NotFound):
    """Sentra ini tidak ditemukan. Periksa kembali tautan atau namanya.

    en: This sentra was not found. Check the link or the name.
    """
