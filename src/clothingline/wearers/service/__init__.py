"""What coordinators, wearers and makers do with rosters."""

from clothingline.wearers.service.arranging import Tally, close, correct, is_open, open_roster, remove, reopen, tally_of
from clothingline.wearers.service.entering import (
    agree,
    choose_body,
    choose_size,
    doubt_size,
    enter,
    keep_measures,
    leave,
    rename,
)
from clothingline.wearers.service.erasing import erase_over
from clothingline.wearers.service.sewing import Body, bodies_of, claim_bodies, free_bodies, order_roster, release_roster

__all__ = [
    "Body",
    "Tally",
    "agree",
    "bodies_of",
    "choose_body",
    "choose_size",
    "claim_bodies",
    "close",
    "correct",
    "doubt_size",
    "enter",
    "erase_over",
    "free_bodies",
    "is_open",
    "keep_measures",
    "leave",
    "open_roster",
    "order_roster",
    "release_roster",
    "remove",
    "rename",
    "reopen",
    "tally_of",
]
