"""What earnings refuse."""

from clothingline.kit.errors import Conflict


class SplitExceedsPrice(Conflict):
    """Upah, kain dan ongkos kirim melebihi harga pesanan. Hubungi petugas program.

    en: Pay, cloth and transport exceed the price of the order. Tell the programme's officer.
    """
