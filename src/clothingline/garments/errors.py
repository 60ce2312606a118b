"""What garments refuse."""

from clothingline.kit.errors import Conflict, NotFound


class DesignNotFound(NotFound):
    """Desain ini tidak ditemukan. Lihat katalog.

    en: This design was not found. Look into the catalogue.
    """


class BrandNotYours(NotFound):
    """Merek ini tidak ditemukan di antara merek Anda. Periksa nomornya.

    en: This brand is not one of yours. Check its id.
    """


class SlugTaken(Conflict):
    """Alamat ini sudah dipakai. Pilih alamat lain dari {slug}.

    en: This address is taken. Choose another one than {slug}.
    """


class DesignIncomplete(Conflict):
    """Desain ini belum punya ukuran. Pasang tabel ukuran, atau jual dengan ukuran badan.

    en: This design has no sizes yet. Give it a size chart, or sell it made to measure.
    """


class DesignAlreadyPublished(Conflict):
    """Desain ini sudah terbit. Tarik dulu bila ingin menerbitkan ulang.

    en: This design is published already. Withdraw it first to publish it again.
    """


class DesignNotPublished(Conflict):
    """Desain ini belum terbit, jadi tidak bisa ditarik. Muat ulang daftar desain.

    en: This design is not published, so it cannot be withdrawn. Reload the list of designs.
    """
