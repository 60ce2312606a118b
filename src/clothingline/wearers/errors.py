"""What rosters refuse."""

from clothingline.kit.errors import Conflict, Gone, NotFound, Refusal


class RosterUnknown(NotFound):
    """Tautan kelompok ini tidak ada lagi. Minta tautannya sekali lagi kepada yang mengatur pesanan.

    en: This group link is no longer there. Ask whoever arranges the order for the link once more.
    """


class WearerUnknown(NotFound):
    """Isian ini tidak ada lagi. Buka tautan kelompok untuk mengisi lagi, atau tanya yang mengatur pesanan.

    en: This entry is no longer there. Open the group's link to enter again, or ask whoever arranges the order.
    """


class RosterOver(Gone):
    """Pengisian sudah ditutup. Masih perlu mengisi atau mengubah? Hubungi yang mengatur pesanan.

    en: Entries are closed. Do you still need to enter or change something? Ask whoever arranges the order.
    """


class RosterFull(Conflict):
    """Semua tempat sudah terisi. Jumlahnya {places} orang. Sudah pernah mengisi? Pakai tautan Anda sendiri. Belum?
    Minta yang mengatur pesanan menambah jumlahnya.

    en: All places are taken. There are {places} of them. Entered before? Use your own link. Not yet? Ask whoever
    arranges the order to raise the number.
    """


class TooManyEntries(Refusal):
    """Tautan ini dipakai terlalu sering dalam satu jam. Coba lagi satu jam lagi, atau hubungi yang mengatur pesanan.

    en: This link was used too often within an hour. Try again in an hour, or ask whoever arranges the order.
    """

    status = 429
    retryable = True


class RosterOrdered(Conflict):
    """Ukuran kelompok ini sudah dipesan, jadi isiannya tetap. Lihat pesanannya untuk langkah berikutnya.

    en: The sizes of this group are ordered, so the entries stay as they are. See the order for the next step.
    """


class RosterChanged(Conflict):
    """Isian kelompok berubah sejak dihitung. Buka halaman kelompok, periksa, lalu lanjutkan sekali lagi.

    en: The group's entries have changed since they were counted. Open the group's page, look, and go on once more.
    """


class BodyNeedsConsent(Refusal):
    """Ukuran badan memerlukan persetujuan Anda. Setujui dahulu, atau pilih ukuran jadi.

    en: Body measures need your consent. Agree first, or choose a ready size.
    """

    status = 403
