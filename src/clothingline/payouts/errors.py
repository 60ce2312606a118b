"""What payouts refuse."""

from clothingline.kit.errors import Conflict, NotFound, Unavailable
from clothingline.kit.wording import name_states

name_states(
    {
        "needs_reconciliation": "menunggu kepastian dari penyedia pembayaran",
        "returned": "dikembalikan bank",
    }
)


class PayeeUnknown(NotFound):
    """Penerima ini tidak ditemukan. Periksa kembali nomornya.

    en: This payee was not found. Check its number.
    """


class PayoutUnknown(NotFound):
    """Kiriman uang ini tidak ditemukan. Periksa kembali nomornya.

    en: This payout was not found. Check its number.
    """


class PartyNotYours(NotFound):
    """Usaha ini bukan milik Anda. Pilih usaha yang Anda kelola.

    en: This business is not yours. Choose one that you run.
    """


class PayeeNotReady(Conflict):
    """Rekening penerima belum siap. Lengkapi pendaftarannya; bila baru saja didaftarkan, tunggu sebentar.

    en: The payee's account is not ready. Complete its registration; if it was registered just now, wait a moment.
    """


class AccountJustChanged(Conflict):
    """Rekening baru saja diganti. Demi keamanan uang dikirim paling cepat {from_at}.

    en: The bank account was changed just now. To be safe, money leaves at {from_at} at the earliest.
    """


class NothingAvailable(Conflict):
    """Belum ada penghasilan yang dapat dikirim. Lihat daftar penghasilan untuk waktunya.

    en: Nothing is available to be paid out yet. The list of earnings says when it will be.
    """


class PayoutWaiting(Conflict):
    """Masih ada kiriman yang menunggu. Tunggu sampai kiriman itu berangkat.

    en: A payout is waiting already. Wait until it has left.
    """


class PayoutNotWaiting(Conflict):
    """Kiriman ini tidak lagi menunggu persetujuan. Muat ulang untuk melihat keadaannya.

    en: This payout no longer waits for approval. Reload to see how it stands.
    """


class SecondPersonNeeded(Conflict):
    """Anda sudah menyetujui kiriman ini. Mintalah orang kedua menyetujuinya.

    en: You have approved this payout already. Ask a second person to approve it.
    """


class ProviderAway(Unavailable):
    """Penyedia pembayaran belum menjawab. Tunggu sebentar, lalu coba lagi.

    en: The payment provider does not answer. Wait a moment, then try again.
    """
