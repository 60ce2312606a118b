"""What routing refuses."""

from clothingline.kit.errors import Conflict, NotFound


class OfferNotFound(NotFound):
    """Tawaran ini tidak ditemukan. Lihat daftar tawaran Anda.

    en: This offer was not found. See the list of your offers.
    """


class PlanNotFound(NotFound):
    """Rencana ini tidak ditemukan. Lihat penawaran terbaru pesanan.

    en: This plan was not found. See the newest quote of the order.
    """


class OfferExpired(Conflict):
    """Tawaran ini sudah berakhir. Waktunya habis {expired_at}; lihat tawaran lain, nilai Anda tidak berubah.

    en: This offer has ended. Its time was over at {expired_at}; see your other offers, your standing is not affected.
    """


class OfferAlreadyAccepted(Conflict):
    """Tawaran ini sudah diterima. Lihat pekerjaan di kalender Anda.

    en: This offer has already been accepted. See the job in your calendar.
    """


class OfferMovedMeanwhile(Conflict):
    """Tawaran ini baru saja berubah. Muat ulang, lalu jawab sekali lagi.

    en: The offer has changed this very moment. Reload, then answer once more.
    """

    retryable = True


class OfferClosed(Conflict):
    """Tawaran ini sudah ditutup. Keadaannya {state}; lihat tawaran lain.

    en: This offer is closed. It is {state}; see your other offers.
    """


class UndoTooLate(Conflict):
    """Waktu untuk membatalkan penerimaan sudah lewat. Hubungi merek bila Anda berhalangan.

    en: The time to take the acceptance back is over. Call the brand if you cannot do it.
    """


class OfferNotAccepted(Conflict):
    """Tawaran ini belum diterima, jadi tidak ada yang dibatalkan. Muat ulang untuk melihat keadaannya.

    en: This offer is not accepted, so there is nothing to take back. Reload to see where it stands.
    """


class NoMoreExtensions(Conflict):
    """Waktu berpikir tidak bisa ditambah lagi. Terima atau tolak tawaran ini.

    en: There is no more time to give. Accept or decline this offer.
    """


class CertificateEndsBeforeDueDay(Conflict):
    """Sertifikat Anda berakhir sebelum tanggal selesai. Untuk {skills} sertifikat harus berlaku pada {due_on};
    perpanjang dulu.

    en: Your certificate ends before the due day. For {skills} it must be in force on {due_on}; renew it first.
    """


class NoPlan(Conflict):
    """Tidak ada rencana yang cocok dengan tanggal, kain, dan harga ini. Lihat apa yang bisa membantu.

    en: No plan fits this date, cloth and price. See what would help.
    """


class PlanNotOnOffer(Conflict):
    """Rencana ini bukan bagian dari penawaran yang berlaku. Pilih dari penawaran terbaru.

    en: This plan is not part of the live quote. Choose from the newest quote.
    """
