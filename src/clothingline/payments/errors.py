"""What payments refuse."""

from clothingline.kit.errors import Conflict, NotFound, Refusal


class PaymentUnknown(NotFound):
    """Pembayaran ini tidak ditemukan. Periksa nomor pesanan Anda.

    en: This payment was not found. Check the order number.
    """


class RefundUnknown(NotFound):
    """Pengembalian dana ini tidak ditemukan. Periksa nomornya.

    en: This refund was not found. Check its number.
    """


class DisputeUnknown(NotFound):
    """Sanggahan ini tidak ditemukan. Periksa nomornya.

    en: This chargeback was not found. Check its number.
    """


class NoticeNotSigned(Refusal):
    """Tanda tangan pesan ini tidak cocok. Tandatangani isi yang dikirim dengan rahasia bersama, dalam lima menit.

    en: The signature of this message does not fit. Sign the raw bytes with the shared secret, within five minutes.
    """


class PaymentLate(Conflict):
    """Waktu pembayaran sudah habis. Uang dikembalikan; pesan sekali lagi.

    en: The time to pay is over. The money goes back; order once more.
    """


class PaymentOver(Conflict):
    """Pembayaran ini sudah selesai atau tidak berlaku lagi. Lihat daftar pembayaran pesanan Anda.

    en: This payment is complete or no longer in force. See the payments of your order.
    """


class PaymentUnderWay(Conflict):
    """Uang Anda sedang diproses. Tunggu hasilnya sebelum memilih cara lain.

    en: Your money is under way. Wait for the outcome before you choose another way.
    """


class MethodNotOffered(Conflict):
    """Cara bayar ini belum tersedia. Pilih salah satu dari: {offered}.

    en: This way to pay is not offered yet. Choose one of: {offered}.
    """


class RefundExceeds(Conflict):
    """Sebanyak itu tidak dapat dikembalikan lagi dari pembayaran ini. Minta paling banyak {left_idr}.

    en: That much of this payment can no longer go back. Ask for {left_idr} at most.
    """


class RefundUnderWay(Conflict):
    """Uang pembayaran ini sedang dikembalikan. Tunggu hasilnya, lalu coba lagi.

    en: Money of this payment is on its way back. Wait for the outcome, then try again.
    """

    retryable = True


class RefundRepeated(Conflict):
    """Pengembalian dengan alasan ini sudah ada. Lihat daftar pengembalian, atau sebutkan alasan lain.

    en: There is a refund for this reason already. See the list of refunds, or name another reason.
    """


class RefundDecided(Conflict):
    """Pengembalian ini sudah diputuskan. Muat ulang untuk melihat keadaannya.

    en: This refund is decided already. Reload to see how it stands.
    """


class SecondOfficerNeeded(Conflict):
    """Jumlah ini perlu disetujui dua orang yang berbeda. Minta petugas lain untuk menyetujui.

    en: This amount needs two different people. Ask another officer to approve.
    """
