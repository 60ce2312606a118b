"""What the ledger refuses."""

from clothingline.kit.errors import Conflict


class EscrowShort(Conflict):
    """Uang titipan pesanan ini tidak cukup. Tidak ada yang dibayarkan.

    en: The escrow of this order does not suffice. Nothing was paid out.
    """
