"""What is done with papers."""

from clothingline.papers.service.lettering import write_income_letter
from clothingline.papers.service.wishing import Belonging, note_failed, note_made, wish

__all__ = ["Belonging", "note_failed", "note_made", "wish", "write_income_letter"]
