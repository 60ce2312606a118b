"""What the ledger refuses."""

from clothingline.kit.errors import Conflict


class EscrowShort(Conflict):
    """Uang titipan pesanan ini tidak cukup. Tidak ada yang dibayarkan.

    en: The escrow of this order does not suffice. Nothing was paid out.
    """


class Overdrawn(Conflict):
    """Saldo akun buku besar tidak cukup untuk pencatatan ini. Tidak ada yang dicatat; muat ulang lalu coba lagi.

    en: The balance of a ledger account does not suffice for this. Nothing was booked; load it again, then try again.
    """


class Unbalanced(ValueError):
    """The lines of a transaction do not sum to zero, or one of them is zero, or there are none."""


class WrongAccount(ValueError):
    """An account stands under this code in another currency or for another owner."""


class NothingToReverse(LookupError):
    """No such transaction was booked."""
