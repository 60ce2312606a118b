"""What is done with a tailor's application."""

from clothingline.joining.service.answering import answer, skip, start, submit
from clothingline.joining.service.deciding import admit, refuse

__all__ = ["admit", "answer", "refuse", "skip", "start", "submit"]
