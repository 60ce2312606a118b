"""What earnings refuse."""

from clothingline.kit.errors import Conflict


class EarningsMoved(Conflict):
    """Sebagian penghasilan ini sudah masuk kiriman uang lain. Muat ulang daftarnya.

    en: Some of these earnings have gone into another payout meanwhile. Load the list again.
    """

    retryable = True


class FundShort(Conflict):
    """Dana jaminan tidak cukup untuk jumlah ini. Minta petugas program menambah dana jaminan, lalu coba lagi.

    en: The guarantee fund does not suffice for this amount. Ask the programme's officer to add to it, then try again.
    """
