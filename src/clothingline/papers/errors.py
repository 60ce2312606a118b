"""What papers refuse."""

from clothingline.kit.errors import Conflict, NotFound


class DocumentNotFound(NotFound):
    """Dokumen ini tidak ditemukan. Periksa kembali alamat atau nomornya.

    en: This document was not found. Check the address or the number.
    """


class DocumentNotMade(Conflict):
    """Dokumen ini sedang dibuat. Tunggu beberapa detik, lalu unduh lagi.

    en: This document is being made. Wait a few seconds, then download it again.
    """


class PayeeNotFound(NotFound):
    """Usaha ini tidak ditemukan. Sebutkan usaha Anda sendiri.

    en: This business was not found. Name a business of your own.
    """


class NothingEarned(Conflict):
    """Belum ada penghasilan pada bulan-bulan itu. Pilih bulan lain, sesudah pekerjaan lolos periksa.

    en: Nothing was earned in these months. Choose others, after work has passed inspection.
    """
