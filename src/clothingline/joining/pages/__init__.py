"""The questions by which a tailor comes in."""
