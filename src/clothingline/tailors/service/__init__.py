"""What is done with a workshop's time and profile."""

from clothingline.tailors.service.closing import add_day_off, close_season, open_season, remove_day_off
from clothingline.tailors.service.holding import book_time, hold_time, release_time, send_time, unbook_time
from clothingline.tailors.service.opening import ensure_weeks
from clothingline.tailors.service.updating import update_tailor

__all__ = [
    "add_day_off",
    "book_time",
    "close_season",
    "ensure_weeks",
    "hold_time",
    "open_season",
    "release_time",
    "remove_day_off",
    "send_time",
    "unbook_time",
    "update_tailor",
]
