"""What is done with a tailor's application."""

from clothingline.joining.service.answering import answer, skip, start, submit
from clothingline.joining.service.banking import open_bank_account
from clothingline.joining.service.deciding import admit, refuse

__all__ = ["admit", "answer", "open_bank_account", "refuse", "skip", "start", "submit"]
