"""What the ledger refuses."""

from clothingline.kit.errors import Conflict, NotFound
from clothingline.kit.wording import name_states

name_states(
    {
        "booked": "dibukukan",
    }
)


class EscrowShort(Conflict):
    """Uang titipan pesanan ini tidak cukup. Tidak ada yang dibayarkan.

    en: The escrow of this order does not suffice. Nothing was paid out.
    """


class Overdrawn(Conflict):
    """Saldo akun buku besar tidak cukup untuk pencatatan ini. Tidak ada yang dicatat; muat ulang lalu coba lagi.

    en: The balance of a ledger account does not suffice for this. Nothing was booked; load it again, then try again.
    """


class LedgerAccountNotFound(NotFound):
    """Akun buku besar ini tidak ditemukan. Muat ulang daftar akun.

    en: This ledger account was not found. Reload the list of accounts.
    """


class LedgerTransactionNotFound(NotFound):
    """Catatan buku besar ini tidak ditemukan. Muat ulang daftar catatan.

    en: This transaction of the ledger was not found. Reload the list of transactions.
    """


class CorrectionNotFound(NotFound):
    """Koreksi ini tidak ditemukan. Muat ulang daftarnya.

    en: This correction was not found. Reload the list.
    """


class CorrectionNotWaiting(Conflict):
    """Koreksi ini tidak menunggu persetujuan. Keadaannya {state}; muat ulang daftar.

    en: This correction does not wait for approval. It is {state}; reload the list.
    """


class OwnCorrection(Conflict):
    """Koreksi sendiri tidak dapat disetujui sendiri. Minta pengurus lain memeriksanya.

    en: Nobody approves a correction of their own. Ask another administrator to look at it.
    """


class Unbalanced(ValueError):
    """The lines of a transaction do not sum to zero, or one of them is zero, or there are none."""


class WrongAccount(ValueError):
    """An account stands under this code in another currency or for another owner."""


class NothingToReverse(LookupError):
    """No such transaction was booked."""
