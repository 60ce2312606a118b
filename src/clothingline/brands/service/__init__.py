"""What is done with a brand's capacity and profile."""

from clothingline.brands.service.holding import book_pieces, hold_pieces, release_pieces, send_pieces
from clothingline.brands.service.opening import ensure_weeks
from clothingline.brands.service.updating import update_brand

__all__ = ["book_pieces", "ensure_weeks", "hold_pieces", "release_pieces", "send_pieces", "update_brand"]
