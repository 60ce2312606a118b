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
    """Tawaran ini sudah berakhir pada {expired_at}. Lihat tawaran lain; tidak ada pengaruh pada nilai Anda.

    en: This offer ended at {expired_at}. See your other offers; your standing is not affected.
    """


class OfferAlreadyAccepted(Conflict):
    """Tawaran ini sudah diterima. Lihat pekerjaan di kalender Anda.

    en: This offer has already been accepted. See the job in your calendar.
    """


class OfferClosed(Conflict):
    """Tawaran ini sudah ditutup ({state}). Lihat tawaran lain.

    en: This offer is closed ({state}). See your other offers.
    """


class UndoTooLate(Conflict):
    """Waktu untuk membatalkan penerimaan sudah lewat. Hubungi merek bila Anda berhalangan.

    en: The time to take the acceptance back is over. Call the brand if you cannot do it.
    """


class OfferNotAccepted(Conflict):
    """Tawaran ini belum diterima, jadi tidak ada yang dibatalkan.

    en: This offer is not accepted, so there is nothing to take back.
    """


class NoMoreExtensions(Conflict):
    """Waktu berpikir tidak bisa ditambah lagi. Terima atau tolak tawaran ini.

    en: There is no more time to give. Accept or decline this offer.
    """


class CertificateEndsBeforeDueDay(Conflict):
    """Sertifikat Anda untuk {skills} tidak berlaku pada tanggal selesai {due_on}. Perpanjang sertifikat, lalu terima tawaran.

    en: Your certificate for {skills} is not in force on the due day {due_on}. Renew it, then accept the offer.
    """


class NoPlan(Conflict):
    """Tidak ada rencana yang cocok dengan tanggal, kain, dan harga ini. Lihat apa yang bisa membantu.

    en: No plan fits this date, cloth and price. See what would help.
    """


class PlanNotOnOffer(Conflict):
    """Rencana ini bukan bagian dari penawaran yang berlaku. Pilih dari penawaran terbaru.

    en: This plan is not part of the live quote. Choose from the newest quote.
    """
