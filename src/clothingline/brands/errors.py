"""What brands refuse."""

from clothingline.kit.errors import Conflict, NotFound


class BrandNotFound(NotFound):
    """Merek ini tidak ditemukan. Periksa kembali tautan atau namanya.

    en: This brand was not found. Check the link or the name.
    """


class BrandFull(Conflict):
    """Merek ini tinggal dapat mengerjakan {free_pieces} potong di minggu {monday}. Pilih minggu atau merek lain.

    en: The brand can take {free_pieces} more pieces in the week of {monday}. Choose another week or another brand.
    """


class WeekIsFuller(Conflict):
    """Minggu {monday} sudah terisi lebih banyak dari kapasitas yang baru. Pilih kapasitas yang lebih besar.

    en: More pieces are booked in the week of {monday} than the new capacity holds. Choose a larger capacity.
    """
