"""What brands refuse."""

from clothingline.kit.errors import Conflict, NotFound


class BrandNotFound(NotFound):
    """Merek ini tidak ditemukan. Periksa kembali tautan atau namanya.

    en: This brand was not found. Check the link or the name.
    """


class BrandFull(Conflict):
    """Merek ini tidak sanggup sebanyak itu. Di minggu {monday} tinggal {free_pieces} potong; pilih minggu atau merek
    lain.

    en: The brand cannot make so many. {free_pieces} pieces are left in the week of {monday}; choose another week or
    another brand.
    """


class WeekIsFuller(Conflict):
    """Pekerjaan yang ada tidak muat di kapasitas yang baru. Minggu {monday} sudah terisi lebih banyak; pilih kapasitas
    yang lebih besar.

    en: The booked work does not fit into the new capacity. The week of {monday} holds more; choose a larger capacity.
    """
