"""What payments refuse."""

from clothingline.kit.errors import Conflict, NotFound, Refusal


class PaymentUnknown(NotFound):
    """Pembayaran ini tidak ditemukan. Periksa nomor pesanan Anda.

    en: This payment was not found. Check the order number.
    """


class NoticeNotSigned(Refusal):
    """Tanda tangan pesan ini tidak cocok. Tandatangani isi yang dikirim dengan rahasia bersama, dalam lima menit.

    en: The signature of this message does not fit. Sign the raw bytes with the shared secret, within five minutes.
    """


class PaymentLate(Conflict):
    """Waktu pembayaran sudah habis. Uang dikembalikan; pesan sekali lagi.

    en: The time to pay is over. The money goes back; order once more.
    """
