"""What people and the law do with taxes."""

from clothingline.taxes.service.declaring import (
    FREE_A_YEAR_IDR,
    confirm_declaration,
    end_declaration,
    give_declaration,
    note_turnover,
    refuse_declaration,
)
from clothingline.taxes.service.numbering import next_number
from clothingline.taxes.service.registering import register, seller_of
from clothingline.taxes.service.withholding import withheld

__all__ = [
    "FREE_A_YEAR_IDR",
    "confirm_declaration",
    "end_declaration",
    "give_declaration",
    "next_number",
    "note_turnover",
    "refuse_declaration",
    "register",
    "seller_of",
    "withheld",
]
