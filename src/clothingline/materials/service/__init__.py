"""What people do with cloth."""

from clothingline.materials.service.offering import acting_supplier, add_lot, count_stock, receive_stock
from clothingline.materials.service.setting_aside import (
    confirm_cloth,
    cut_cloth,
    hold_cloth,
    refuse_cloth,
    release_cloth,
    request_cloth,
    send_cloth,
    unconfirm_cloth,
)

__all__ = [
    "acting_supplier",
    "add_lot",
    "confirm_cloth",
    "count_stock",
    "cut_cloth",
    "hold_cloth",
    "receive_stock",
    "refuse_cloth",
    "release_cloth",
    "request_cloth",
    "send_cloth",
    "unconfirm_cloth",
]
