"""What suppliers refuse."""

from clothingline.kit.errors import NotFound


class SupplierNotFound(NotFound):
    """Pemasok ini tidak ditemukan. Periksa kembali tautan atau namanya.

    en: This supplier was not found. Check the link or the name.
    """
